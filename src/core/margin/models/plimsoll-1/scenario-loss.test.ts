import { describe, expect, test } from 'vitest'
import { wideValue } from '../../../quantity/value.ts'
import { assetId, marketId } from '../../../instrument/identifier.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import { factorsOfContract, type RiskLine, riskLine, sharesOf } from './risk-line.ts'
import { worstHistory, worstScenario } from './scenario-loss.ts'
import { EPOCH, epochWith, MARKETS, wide } from './small-world.test-data.ts'
import { FACTOR, SECTION } from './section.test-data.ts'

const ONE = 10n ** 18n
const row = (id: string, movesPpm: object, dampPpm = 1_000_000, initialOnly = false) => {
  return { id, dampPpm, initialOnly, movesPpm }
}

function coin(worth: number, epoch: PreparedEpoch): RiskLine {
  const factors = { kind: 'asset', price: sharesOf(factorsOfContract(MARKETS.perp))[0]?.factor } as never
  return riskLine(assetId('BTC'), wideValue(wide(worth)), factors, epoch.parameters)
}

function perp(worth: number, epoch: PreparedEpoch): RiskLine {
  return riskLine(marketId('PERP'), wideValue(wide(worth)), factorsOfContract(MARKETS.perp), epoch.parameters)
}

describe('the worst of a list', () => {
  const scenarios = [
    row('half', { BTC: -500_000 }, 300_000),
    row('fall', { BTC: -200_000 }),
    row('fall again', { BTC: -200_000 }),
    row('rise', { BTC: 100_000, 'BTC/basis/perpetual': 100_000 }),
    row('crash', { BTC: -900_000 }, 500_000, true),
  ]
  const epoch = epochWith({ scenarios })
  const worst = (lines: readonly RiskLine[], side: 'both' | 'initialOnly') => {
    const { loss, scenario } = worstScenario({ lines, options: [] }, epoch, side)
    return [loss, scenario?.id]
  }
  const table: [name: string, lines: readonly RiskLine[], side: 'both' | 'initialOnly', want: readonly unknown[]][] = [
    // Half of 100 damped to 30% is 15; a fifth is 20.
    ['a damped row of more is less', [coin(100, epoch)], 'both', [20n * ONE, 'fall']],
    ['a crash is damped and apart', [coin(100, epoch)], 'initialOnly', [45n * ONE, 'crash']],
    // (1.1 * 1.1 - 1) * 100 = 21.
    ['a short perpetual pays for its basis', [perp(-100, epoch)], 'both', [21n * ONE, 'rise']],
    ['its hedge is left with the basis: 21 - 10', [coin(100, epoch), perp(-100, epoch)], 'both', [11n * ONE, 'rise']],
    ['nothing lost is no scenario', [], 'both', [0n, undefined]],
    ['a short gains in a crash', [coin(-100, epoch)], 'initialOnly', [0n, undefined]],
  ]
  test.each(table)('%s', (_name, lines, side, want) => {
    expect(worst(lines, side)).toEqual(want)
  })
})

test('a row may name one market, which goes before its class', () => {
  const factors = { ...SECTION.factors, 'BTC/basis/perpetual/PERP': FACTOR }
  const scenarios = [row('one', { 'BTC/basis/perpetual': -100_000, 'BTC/basis/perpetual/PERP': -300_000 })]
  const epoch = epochWith({ factors, scenarios })
  expect(worstScenario({ lines: [perp(100, epoch)], options: [] }, epoch, 'both').loss).toBe(30n * ONE)
})

test('what earns no offset loses, and its gains count nothing', () => {
  const factors = { ...SECTION.factors, 'BTC/basis/perpetual': { ...FACTOR, earnsOffset: false } }
  const epoch = epochWith({ factors, scenarios: [row('fall', { BTC: -200_000 }), row('rise', { BTC: 100_000 })] })
  const loss = (...lines: readonly RiskLine[]) => worstScenario({ lines, options: [] }, epoch, 'both').loss
  // The perpetual gains 20 in the fall, which does not pay for the coin; in the rise it loses 10, which the coin does pay.
  expect(loss(coin(100, epoch), perp(-100, epoch))).toBe(20n * ONE)
  expect(loss(perp(-100, epoch))).toBe(10n * ONE)
  expect(loss(perp(100, epoch))).toBe(20n * ONE)
})

describe('history', () => {
  // Losses of 100: 1, 2, 3, ... percent, in this order.
  const falls = (count: number) => {
    const column = Array.from({ length: count }, (_, i) => -10_000 * (i % 50))
    return epochWith({ windows: { count, columns: { BTC: column } } })
  }
  const table: [count: number, losses: readonly bigint[]][] = [
    [1, [0n]],
    [50, [49n]],
    [80, [49n]],
    // Window 49 and window 99 both lose 49: two of more than 80, three of more than 160.
    [81, [49n, 48n]],
    [160, [49n, 49n]],
    [161, [49n, 49n, 49n]],
  ]
  test.each(table)('of %i windows', (count, losses) => {
    const epoch = falls(count)
    const { loss, windows } = worstHistory({ lines: [coin(100, epoch)], options: [] }, epoch)
    expect(windows.map(({ profit }) => -profit / 10n ** 72n)).toEqual(losses)
    const sum = losses.reduce((all, one) => all + one, 0n) * ONE
    const many = BigInt(losses.length)
    expect(loss).toBe((sum + many - 1n) / many)
  })
  test('the earlier of equal windows comes first', () => {
    const epoch = falls(160)
    expect(worstHistory({ lines: [coin(100, epoch)], options: [] }, epoch).windows.map((one) => one.row)).toEqual([
      49, 99,
    ])
  })
  test('a factor without a column stands still', () => {
    expect(worstHistory({ lines: [perp(100, EPOCH)], options: [] }, EPOCH).loss).toBe(50n * ONE)
  })
})

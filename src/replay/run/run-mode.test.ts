import { beforeAll, describe, expect, test } from 'vitest'
import { price } from '../../core/quantity/price.ts'
import { rate } from '../../core/quantity/rate.ts'
import { timestamp } from '../../core/quantity/timestamp.ts'
import { ONE } from '../../core/quantity/unit.ts'
import { type AssetId, assetId } from '../../core/instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../../core/ledger/account.ts'
import type { Command } from '../../core/clearing/command.ts'
import type { Decided } from '../../runtime/ports.ts'
import { KEEPER } from '../../runtime/sequencer.ts'
import type { Mode } from '../report/replay-report.ts'
import type { Bar, FundingRow, Tape } from '../tape/bar.ts'
import { isOfPopulation } from './lender.ts'
import { type ModeOutcome, runMode } from './run-mode.ts'

const HOUR = 3_600_000
/** Midnight, so that the eighth bar opens at a settlement. */
const START = Date.UTC(2022, 10, 8)
const [BTC, ETH, SOL, USDT] = ['BTC', 'ETH', 'SOL', 'USDT'].map(assetId) as [AssetId, AssetId, AssetId, AssetId]
const usd = (dollars: number) => price(BigInt(Math.round(dollars * 100)) * (ONE / 100n))

function ohlc(
  kind: Bar['kind'],
  symbol: AssetId,
  hour: number,
  prices: readonly [number, number, number, number],
): Bar {
  const [open, high, low, close] = prices.map(usd) as [never, never, never, never]
  return { kind, symbol, time: timestamp(START + hour * HOUR), prices: { shape: 'ohlc', open, high, low, close } }
}

function closeOnly(symbol: AssetId, hour: number, close: number): Bar {
  return { kind: 'spot', symbol, time: timestamp(START + hour * HOUR), prices: { shape: 'close', close: usd(close) } }
}

/** Ten hours: BTC falls by a fifth in the sixth, ETH has closes only and a gap in the fourth, SOL marks lie under the index. */
const tape: Tape = {
  header: {
    id: 'made-up',
    title: 'Ten hours',
    settlement: USDT,
    intervalMs: HOUR,
    spot: [BTC, ETH, SOL],
    perpetualMarks: [SOL],
    sources: ['made up for a test'],
    notes: [],
  },
  steps: {
    async *[Symbol.asyncIterator]() {
      for (let hour = 0; hour < 10; hour += 1) {
        const btc = hour < 5 ? 20_000 : 16_000
        const bars = [
          ohlc('spot', BTC, hour, [btc, btc + 200, btc - 100, btc]),
          ...(hour === 3 ? [] : [closeOnly(ETH, hour, 1_500)]),
          ohlc('spot', SOL, hour, [30, 30.5, 29, 30]),
          ohlc('perp', SOL, hour, [29, 29.5, 28, 29]),
        ]
        const funding: FundingRow[] =
          hour === 8 ? [{ symbol: BTC, time: timestamp(START + 8 * HOUR), rate: rate(ONE / 10_000n) }] : []
        yield { time: timestamp(START + hour * HOUR), bars, funding }
      }
    },
  },
}

async function run(mode: Mode, accounts = 40) {
  const rows: Decided[] = []
  const bars: number[] = []
  const outcome = await runMode({
    tape,
    accounts,
    seed: 7,
    model: 'standard',
    sections: {},
    openings: undefined,
    mode,
    measureCapital: true,
    journal: { append: (batch) => void rows.push(...batch) },
    onBar: (done) => bars.push(done),
  })
  return { rows, bars, outcome }
}

type Typed<Type extends Command['type']> = Extract<Command, { type: Type }>
function sent<Type extends Command['type']>(rows: readonly Decided[], type: Type) {
  return rows.flatMap(({ sequenced }) => {
    const { command } = sequenced.envelope
    return command.type === type ? [{ hour: (sequenced.time - START) / HOUR, command: command as Typed<Type> }] : []
  })
}

let cross: { rows: readonly Decided[]; bars: readonly number[]; outcome: ModeOutcome }
let isolated: typeof cross
beforeAll(async () => {
  cross = await run('cross')
  isolated = await run('isolated')
})

describe('the commands of a replay', () => {
  test('price each bar four times, at its open, thirds and end', () => {
    const hours = sent(cross.rows, 'reportPrices').map(({ hour }) => hour)
    expect(hours).toHaveLength(40)
    expect(hours.slice(4, 8).map((hour) => hour * HOUR)).toEqual([HOUR, HOUR + 1_200_000, HOUR + 2_400_000, 2 * HOUR])
    expect(cross.bars).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  test('give USDT a dollar, a mark its own series where it has one and else the index, and a gap nothing', () => {
    const [open, , , close] = sent(cross.rows, 'reportPrices').slice(12, 16)
    const assets = (at: typeof open) => at?.command.assets.map(({ asset, price: p }) => [asset, p])
    const marks = (at: typeof open) => at?.command.marks.map(({ market, price: p }) => [market, p])
    expect(assets(open)).toEqual([
      [BTC, usd(20_000)],
      [SOL, usd(30)],
      [USDT, usd(1)],
    ])
    expect(marks(open)).toEqual([
      ['BTC-PERP', usd(20_000)],
      ['SOL-PERP', usd(29)],
    ])
    // The fourth bar has no ETH: not even at its close.
    expect(assets(close)?.map(([asset]) => asset)).toEqual([BTC, SOL, USDT])
  })

  test('take the extreme farther from the close first', () => {
    const [, first, second] = sent(cross.rows, 'reportPrices').slice(4, 7)
    const of = (at: typeof first, asset: AssetId) => at?.command.assets.find((row) => row.asset === asset)?.price
    // BTC: high 200 above the close, low 100 below. SOL: high 0.5 above, low 1 below.
    expect([of(first, BTC), of(second, BTC)]).toEqual([usd(20_200), usd(19_900)])
    expect([of(first, SOL), of(second, SOL)]).toEqual([usd(29), usd(30.5)])
  })

  test('accrue interest with every bar but the first, funding before the open it is due at, and settle every eight hours', () => {
    expect(sent(cross.rows, 'accrueInterest').map(({ hour }) => hour)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(sent(cross.rows, 'accrueFunding').map(({ hour, command }) => [hour, command.market])).toEqual([
      [8, 'BTC-PERP'],
    ])
    expect(sent(cross.rows, 'settle').map(({ hour, command }) => [hour, command.market])).toEqual([
      [8, 'BTC-PERP'],
      [8, 'ETH-PERP'],
      [8, 'SOL-PERP'],
    ])
    const at = (type: Command['type']) =>
      cross.rows.findIndex(({ sequenced }) => sequenced.envelope.command.type === type)
    expect(at('accrueFunding')).toBeLessThan(at('settle'))
  })

  test('are accepted, all of them, and liquidations come from the engine', () => {
    for (const { outcome, rows } of [cross, isolated]) {
      expect(outcome.refused).toEqual([])
      expect(rows.filter(({ decision }) => !decision.ok)).toEqual([])
    }
    const senders = new Set(
      cross.rows
        .filter(({ sequenced }) => sequenced.envelope.command.type === 'liquidate')
        .map(({ sequenced }) => sequenced.envelope.sender),
    )
    expect([...senders]).toEqual([KEEPER])
  })
})

describe('isolated accounts', () => {
  test('have every position in a bucket of its own, and of every deposit all and no more', () => {
    const moved = new Map<string, bigint>()
    for (const { command } of sent(isolated.rows, 'transfer')) {
      expect([command.from, command.to > 0]).toEqual([0, true])
      const key = `${command.account} ${command.asset}`
      moved.set(key, (moved.get(key) ?? 0n) + command.quantity)
    }
    for (const { command } of sent(isolated.rows, 'deposit')) {
      if (isOfPopulation(command.account))
        expect(moved.get(`${command.account} ${command.asset}`)).toBe(command.quantity)
    }
    const buckets = sent(isolated.rows, 'fill').map(({ command }) => {
      const { account, bucket } = command.buyer.account === MARKET_ACCOUNT ? command.seller : command.buyer
      return `${account} ${bucket}`
    })
    expect(new Set(buckets).size).toBe(buckets.length)
  })

  test('share a deposit by what each position needs alone', () => {
    // A spread puts the same notional on BTC and ETH, whose rates are one: each gets half, to the rounding of eight decimals.
    const spread = isolated.outcome.population.drawn.find(({ kind }) => kind.id === 'spread')
    const parts = sent(isolated.rows, 'transfer').filter(({ command }) => command.account === spread?.id)
    expect(parts).toHaveLength(2)
    const [a = 0n, b = 0n] = parts.map(({ command }): bigint => command.quantity)
    expect(a - b < ONE / 100n && b - a < ONE / 100n).toBe(true)
  })

  test('need at least the capital that pooled ones need', () => {
    const [pooled, apart] = [cross.outcome.capitalRequired, isolated.outcome.capitalRequired]
    expect(pooled !== undefined && apart !== undefined && apart >= pooled && pooled > 0n).toBe(true)
  })
})

test('everybody counted is drawn, and the fall of a fifth liquidates somebody', () => {
  expect(cross.outcome.finalValues.size).toBe(40)
  const { liquidations, notionalClosed, penalties } = cross.outcome.tally.sums()
  expect(liquidations).toBeGreaterThan(0)
  expect(notionalClosed > 0n && penalties > 0n).toBe(true)
  expect(cross.outcome.timeline.reduce((sum, point) => sum + point.liquidations, 0)).toBe(liquidations)
})

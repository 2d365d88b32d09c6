import fc from 'fast-check'
import { expect, test } from 'vitest'
import { REFERENCE_ONE, referenceCall } from '../../../simulator/pricing/reference.ts'
import { move } from '../quantity/move.ts'
import { price } from '../quantity/price.ts'
import { rate } from '../quantity/rate.ts'
import { timestamp } from '../quantity/timestamp.ts'
import type { OptionGrid } from './option-grid.ts'
import { type OptionNodes, optionNodes } from './option-nodes.ts'
import type { OptionKind } from './prepared-option.ts'

const ONE = 10n ** 18n
const DAY = 86_400_000
const NOW = 1_780_000_000_000
/** A true value may lie this close to a whole atom. */
const REFERENCE_ERROR = REFERENCE_ONE / 10n ** 20n

const GRID: OptionGrid = {
  priceMoves: [-450_000n, -200_000n, 0n, 200_000n, 450_000n, 1_350_000n].map(move),
  volatilityDown: move(-300_000n),
  volatilityUp: move(500_000n),
  termPowerQuarters: 2,
  volatilityFloor: rate(ONE / 10n),
}

interface Drawn {
  readonly right: OptionKind
  readonly forward: bigint
  readonly strike: bigint
  readonly volatility: bigint
  readonly days: number
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  right: fc.constantFrom<OptionKind>('call', 'put'),
  forward: fc.bigInt({ min: 1n, max: 100_000n * ONE }),
  strike: fc.bigInt({ min: 1n, max: 200_000n * ONE }),
  volatility: fc.bigInt({ min: 0n, max: 3n * ONE }),
  days: fc.integer({ min: -1, max: 400 }),
})

function nodesOf({ right, forward, strike, volatility, days }: Drawn, grid = GRID): OptionNodes {
  const contract = { right, strike: price(strike), expiry: timestamp(NOW + days * DAY) }
  return optionNodes(
    contract,
    { forward: price(forward), volatility: rate(volatility), pricedAt: timestamp(NOW) },
    grid,
  )
}

/** Value of a contract whose forward moved to exactly F (1 + move), times a million so that it is whole; 120 decimals. */
function trueMillion({ right, forward, strike, volatility, days }: Drawn, parts: bigint): bigint {
  const [moved, paid] = [forward * (1_000_000n + parts), strike * 1_000_000n]
  const timeMs = BigInt(days > 0 ? days * DAY : 0)
  const call = referenceCall({ forward: moved, strike: paid, volatility, timeMs }).value
  return right === 'call' ? call : call + (paid - moved) * REFERENCE_ONE
}

test('INV-PRICING-12: every node encloses the true value at the exactly moved forward', () => {
  fc.assert(
    fc.property(drawn, (option) => {
      for (const { move: parts, value } of nodesOf(option).none.slice(1)) {
        const exact = trueMillion(option, parts)
        expect(value.low * 1_000_000n * REFERENCE_ONE <= exact + REFERENCE_ERROR).toBe(true)
        expect(value.high * 1_000_000n * REFERENCE_ONE >= exact - REFERENCE_ERROR).toBe(true)
        expect(value.low >= 0n && value.high - value.low <= 4n).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

test('the node at rest is the base value, exactly as it was priced', () => {
  fc.assert(
    fc.property(drawn, (option) => {
      const { base, none } = nodesOf(option)
      expect(none.find((node) => node.move === 0n)?.value).toEqual(base)
    }),
  )
})

test('the first node is at -100%: a call is worth nothing there and a put its strike', () => {
  const terms = { forward: 100n * ONE, strike: 90n * ONE, volatility: ONE, days: 30 }
  const bottom = (right: OptionKind) => nodesOf({ ...terms, right }).up[0]
  const none = { low: 0n, high: 0n }
  expect(bottom('call')).toEqual({ move: -1_000_000n, value: none, delta: none })
  expect(bottom('put')).toEqual({
    move: -1_000_000n,
    value: { low: 90n * ONE, high: 90n * ONE },
    delta: { low: -ONE, high: -ONE },
  })
})

test('a grid that has -100% itself gets it once', () => {
  const grid = { ...GRID, priceMoves: [-1_000_000n, 0n, 500_000n].map(move) }
  const option: Drawn = { right: 'call', forward: 100n * ONE, strike: 90n * ONE, volatility: ONE, days: 30 }
  expect(nodesOf(option, grid).none.map((node) => node.move)).toEqual([-1_000_000n, 0n, 500_000n])
})

test('at expiry and after it an option is worth its payoff at every node, at every volatility', () => {
  // Forward 100, strike 90, moves -100%, -45%, -20%, 0, 20%, 45%, 135%: forwards 0, 55, 80, 100, 120, 145, 235.
  const payoffs = [0n, 0n, 0n, 10n, 30n, 55n, 145n].map((units) => ({ low: units * ONE, high: units * ONE }))
  for (const days of [0, -1]) {
    const nodes = nodesOf({ right: 'call', forward: 100n * ONE, strike: 90n * ONE, volatility: ONE, days })
    for (const row of [nodes.down, nodes.none, nodes.up]) expect(row.map((node) => node.value)).toEqual(payoffs)
  }
})

test('the volatility nodes are those of the moved volatility for the time to expiry', () => {
  // 120 days: (30/120)^(1/2) = 1/2. 80% becomes 100% and 68%.
  const at = (volatility: bigint) =>
    nodesOf({ right: 'put', forward: 100n * ONE, strike: 90n * ONE, volatility, days: 120 })
  const nodes = at((8n * ONE) / 10n)
  expect(nodes.up).toEqual(at(ONE).none)
  expect(nodes.down).toEqual(at((68n * ONE) / 100n).none)
})

test('a volatility below the floor is priced as it is at rest, and at the floor when it moves', () => {
  const at = (volatility: bigint) =>
    nodesOf({ right: 'call', forward: 100n * ONE, strike: 110n * ONE, volatility, days: 30 })
  const nodes = at(ONE / 20n)
  expect(nodes.down).toEqual(at(ONE / 10n).none)
  expect(nodes.none).not.toEqual(at(ONE / 10n).none)
})

test('refuses a forward that would move to 1e12', () => {
  const option: Drawn = { right: 'call', forward: 10n ** 30n / 2n, strike: ONE, volatility: ONE, days: 30 }
  expect(() => nodesOf(option)).toThrow(RangeError)
})

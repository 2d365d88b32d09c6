import fc from 'fast-check'
import { expect, test } from 'vitest'
import { REFERENCE_ONE, referenceCall } from '../../../simulator/pricing/reference.ts'
import { move } from '../quantity/move.ts'
import { bookProfitDown, deltaExposure, mergeOptionBooks, type OptionBook, vegaExposure } from './option-book.ts'
import {
  bookOf,
  books,
  DAY,
  type Drawn,
  drawn,
  FORWARD,
  GRID,
  MILLION,
  moves,
  nodesOf,
  ONE,
  priceMoves,
} from '../../../simulator/pricing/drawn-books.ts'
import type { OptionKind } from './prepared-option.ts'

const WIDE = 10n ** 54n

function one(option: Drawn, contracts: bigint): OptionBook {
  return bookOf([{ ...option, contracts: contracts * ONE, settlement: ONE }])
}

function profit(book: OptionBook, priceMove: bigint, volatilityMove = 0n): bigint {
  return bookProfitDown(book, { priceMove: move(priceMove), volatilityMove: move(volatilityMove) })
}

/** A million times the true value at F (1 + move), in atoms and 120 decimals: forward and strike are scaled, so all is whole. */
function trueMillion({ right, forward, strike, volatility, days }: Drawn, parts: bigint): bigint {
  const [moved, paid] = [forward * (MILLION + parts), strike * MILLION]
  if (moved === 0n) return right === 'call' ? 0n : paid * REFERENCE_ONE
  const call = referenceCall({ forward: moved, strike: paid, volatility, timeMs: BigInt(days * DAY) }).value
  return right === 'call' ? call : call + (paid - moved) * REFERENCE_ONE
}

test('INV-PRICING-13: no contract earns less than the bound, long or short, between nodes, at them and beyond', () => {
  fc.assert(
    fc.property(drawn, priceMoves, (option, parts) => {
      const gain = trueMillion(option, parts) - trueMillion(option, 0n)
      // A bound is 1e-54 and rounded down, a gain 1e-24 and 120 decimals.
      const scale = WIDE / (ONE * MILLION)
      const slack = scale * (REFERENCE_ONE / 10n ** 20n)
      const [long, short] = [profit(one(option, 1n), parts), profit(one(option, -1n), parts)]
      expect(long * REFERENCE_ONE <= gain * scale + slack).toBe(true)
      expect(short * REFERENCE_ONE <= -gain * scale + slack).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('INV-PRICING-13: at a node, and at rest, the bound is what is known there: four atoms of value a side at most', () => {
  fc.assert(
    fc.property(drawn, fc.constantFrom(...GRID.priceMoves), (option, step) => {
      const [long, short] = [profit(one(option, 1n), step), profit(one(option, -1n), step)]
      expect(-long - short).toBeLessThanOrEqual(6n * 10n ** 36n)
    }),
  )
})

test('INV-PRICING-14: what is held long never loses more than it is worth', () => {
  fc.assert(
    fc.property(drawn, moves, (option, step) => {
      expect(bookProfitDown(one(option, 1n), step)).toBeGreaterThanOrEqual(-nodesOf(option).base.high * 10n ** 36n)
    }),
    { numRuns: 1_000 },
  )
})

test('INV-PRICING-15: two books together lose no more than apart, also where they hold the same option against each other', () => {
  fc.assert(
    fc.property(books, books, moves, fc.boolean(), (first, second, step, isOpposite) => {
      const other = isOpposite ? first.map((held) => ({ ...held, contracts: -held.contracts / 2n })) : second
      const apart = bookProfitDown(bookOf(first), step) + bookProfitDown(bookOf(other), step)
      const merged = mergeOptionBooks(bookOf(first), bookOf(other))
      expect(bookProfitDown(merged, step)).toBeGreaterThanOrEqual(apart)
      const netted = isOpposite
        ? bookOf(first.map((held, i) => ({ ...held, contracts: held.contracts + (other[i]?.contracts ?? 0n) })))
        : bookOf([...first, ...other])
      expect(bookProfitDown(netted, step)).toBeGreaterThanOrEqual(apart)
    }),
  )
})

test('INV-PRICING-15: a book is a sum: order does not matter, merging is the book of both, and twice a book earns twice as much', () => {
  fc.assert(
    fc.property(books, books, moves, (first, second, step) => {
      expect(bookOf([...first, ...second])).toEqual(bookOf([...second, ...first]))
      expect(mergeOptionBooks(bookOf(first), bookOf(second))).toEqual(bookOf([...first, ...second]))
      const twice = bookProfitDown(mergeOptionBooks(bookOf(first), bookOf(first)), step)
      const gap = twice - 2n * bookProfitDown(bookOf(first), step)
      expect(gap === 0n || gap === 1n).toBe(true)
    }),
  )
})

test('INV-PRICING-13: for a move of the volatility the worse of its neighbours counts, beyond the outer ones these', () => {
  const cases: [volatilityMove: bigint, nodes: readonly bigint[]][] = [
    [0n, [0n]],
    [1n, [0n, 500_000n]],
    [499_999n, [0n, 500_000n]],
    [500_000n, [500_000n]],
    [900_000n, [500_000n]],
    [-1n, [0n, -300_000n]],
    [-300_000n, [-300_000n]],
    [-900_000n, [-300_000n]],
  ]
  fc.assert(
    fc.property(books, priceMoves, fc.constantFrom(...cases), (held, parts, [volatilityMove, nodes]) => {
      const book = bookOf(held)
      const atNodes = nodes.map((node) => profit(book, parts, node))
      expect(profit(book, parts, volatilityMove)).toBe(atNodes.reduce((a, b) => (a < b ? a : b)))
    }),
  )
})

// At expiry all is known: forward 100, strike 100, a call pays what the forward is above 100.
const EXPIRED = { forward: 100n * ONE, strike: 100n * ONE, volatility: ONE, days: 0 }
const payoffs: [name: string, right: OptionKind, contracts: bigint, parts: bigint, milliUsd: bigint][] = [
  ['short call, node: pays 15', 'call', -1n, 150_000n, -15_000n],
  ['short call, chord from 0 to 15: a third of the way', 'call', -1n, 50_000n, -5_000n],
  ['short call, beyond the last node: 90 and a unit per unit, to 300', 'call', -1n, 2_000_000n, -200_000n],
  ['short put, beyond the last node: worthless as at the node', 'put', -1n, 2_000_000n, 0n],
  ['short put, below the first node: on the chord from 45 to 100', 'put', -1n, -560_000n, -56_000n],
  ['long call, nearer the node at 15: its tangent', 'call', 1n, 80_000n, 8_000n],
  ['long call, nearer to rest: the low end of a delta of 0 to 1', 'call', 1n, 70_000n, 0n],
  ['long call, beyond the last node: along the tangent', 'call', 1n, 2_000_000n, 200_000n],
  ['long put, at nothing', 'put', 1n, -1_000_000n, 100_000n],
  ['two long puts, nearer to rest: the high end of a delta of -1 to 0', 'put', 2n, -70_000n, 0n],
]
test.each(payoffs)('at expiry: %s', (_name, right, contracts, parts, milliUsd) => {
  expect(profit(one({ ...EXPIRED, right }, contracts), parts)).toBe((milliUsd * WIDE) / 1_000n)
})

test('beyond the last node a long put may have become worthless', () => {
  // Strike 300: at the last node, forward 190, it is worth 110; beyond it all of the 200 it was worth may be gone.
  const put = one({ ...EXPIRED, strike: 300n * ONE, right: 'put' }, 1n)
  expect(profit(put, 900_000n)).toBe(-90n * WIDE)
  expect(profit(put, 900_001n)).toBe(-200n * WIDE)
})

test('profits are counted in USD at the price of the settlement asset', () => {
  const held = { ...EXPIRED, right: 'call' as const, contracts: -2n * ONE, settlement: (99n * ONE) / 100n }
  // Two contracts pay 15 each: 30 * 0.99.
  expect(profit(bookOf([held]), 150_000n)).toBe((-297n * WIDE) / 10n)
})

test('a delta exposure is the central difference per whole return', () => {
  // Call at expiry, 0 at -15% and 15 at +15%: 15 / 0.3 = 50 a contract; a put -50.
  expect(deltaExposure(one({ ...EXPIRED, right: 'call' }, 3n))).toBe(150n * WIDE)
  expect(deltaExposure(one({ ...EXPIRED, right: 'put' }, 3n))).toBe(-150n * WIDE)
})

test('a call less a put of one strike has the exposure of the forward, and none to volatility', () => {
  fc.assert(
    fc.property(drawn, (option) => {
      const whole = { ...option, forward: option.forward * MILLION > 10n ** 29n ? FORWARD : option.forward * MILLION }
      const [call, put] = [one({ ...whole, right: 'call' }, 1n), one({ ...whole, right: 'put' }, -1n)]
      const both = mergeOptionBooks(call, put)
      // Parity holds at both ends of an enclosure, so the forward is left exactly.
      expect(deltaExposure(both)).toBe(whole.forward * 10n ** 36n)
      expect(vegaExposure(both)).toBe(0n)
    }),
  )
})

test('a vega exposure at the money is about F sqrt(T / 2 pi) vol per relative move', () => {
  const option: Drawn = { right: 'call', forward: 100n * ONE, strike: 100n * ONE, volatility: ONE / 5n, days: 30 }
  // T = 30/365, s = 0.2 sqrt(T) = 0.05734; values 2 N(s/2) - 1 at vols 30% and 14%: 100 (0.034304 - 0.016013) / 0.8 = 2.2864.
  const vega = vegaExposure(one(option, 1n))
  expect(vega / 10n ** 50n).toBeGreaterThan(22_855n)
  expect(vega / 10n ** 50n).toBeLessThan(22_873n)
})

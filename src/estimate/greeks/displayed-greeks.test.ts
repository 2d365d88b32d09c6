import fc from 'fast-check'
import { expect, test } from 'vitest'
import { REFERENCE_ONE, referenceNormal } from '../../../simulator/pricing/reference.ts'
import { move } from '../../core/quantity/move.ts'
import { price } from '../../core/quantity/price.ts'
import { rate } from '../../core/quantity/rate.ts'
import { timestamp } from '../../core/quantity/timestamp.ts'
import { preparedDelta } from '../../core/pricing/black76.ts'
import type { OptionGrid } from '../../core/pricing/option-grid.ts'
import { type OptionNode, optionNodes } from '../../core/pricing/option-nodes.ts'
import { type OptionKind, type OptionTerms, prepareOption } from '../../core/pricing/prepared-option.ts'
import { displayedGreeks } from './displayed-greeks.ts'
import { normalShare } from './float-normal.ts'

const ONE = 10n ** 18n
const DAY = 86_400_000
const YEAR = 365 * DAY

const terms: fc.Arbitrary<OptionTerms> = fc.record({
  kind: fc.constantFrom<OptionKind>('call', 'put'),
  forward: fc.bigInt({ min: 80n, max: 120n }).map((units) => price(units * ONE)),
  strike: fc.bigInt({ min: 80n, max: 120n }).map((units) => price(units * ONE)),
  volatility: fc.bigInt({ min: 30n, max: 200n }).map((percent) => rate((percent * ONE) / 100n)),
  timeMs: fc.integer({ min: 20, max: 700 }).map((days) => days * DAY),
})

/** A tenth of a percent either side, and volatility a thousandth of itself at every term. */
const GRID: OptionGrid = {
  priceMoves: [-1_000n, 0n, 1_000n].map(move),
  volatilityDown: move(-1_000n),
  volatilityUp: move(1_000n),
  termPowerQuarters: 0,
  volatilityFloor: rate(0n),
}

function inUnits(atoms: bigint): number {
  return Number(atoms) / 1e18
}

/** Values of the three nodes of a row, in units. */
function valuesOf(row: readonly OptionNode[]): readonly [number, number, number] {
  const [, below = 0, still = 0, above = 0] = row.map(({ value }) => inUnits(value.low))
  return [below, still, above]
}

function expectNear(actual: number, expected: number, relative: number) {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected) + 1e-9)
}

test('agree with the differences of exact node values', () => {
  fc.assert(
    fc.property(terms, (option) => {
      const now = timestamp(1_780_000_000_000)
      const nodes = optionNodes(
        { right: option.kind, strike: option.strike, expiry: timestamp(now + option.timeMs) },
        { forward: option.forward, volatility: option.volatility, pricedAt: now },
        GRID,
      )
      const [below, still, above] = valuesOf(nodes.none)
      const step = inUnits(option.forward) / 1_000
      const greeks = displayedGreeks(option)
      // Errors of a central difference are of the second order of a thousandth, times at most 1 / s^2 < 300.
      expectNear(greeks.delta, (above - below) / (2 * step), 1e-3)
      expectNear(greeks.gamma, (above - 2 * still + below) / step ** 2, 1e-3)
      const points = inUnits(option.volatility) / 10
      expectNear(greeks.vega, (valuesOf(nodes.up)[1] - valuesOf(nodes.down)[1]) / (2 * points), 1e-3)
    }),
  )
})

test('delta is that of the exact enclosure, to 1e-12', () => {
  fc.assert(
    fc.property(terms, (option) => {
      const { low, high } = preparedDelta(prepareOption(option))
      const { delta } = displayedGreeks(option)
      expect(delta).toBeGreaterThan(inUnits(low) - 1e-12)
      expect(delta).toBeLessThan(inUnits(high) + 1e-12)
    }),
  )
})

test("satisfy Black's equation and the identity of vega and gamma", () => {
  fc.assert(
    fc.property(terms, (option) => {
      const { gamma, vega, theta } = displayedGreeks(option)
      const [forward, volatility] = [inUnits(option.forward), inUnits(option.volatility)]
      const years = option.timeMs / YEAR
      // theta = -volatility^2 F^2 gamma / 2 a year; vega = volatility T F^2 gamma a whole point of one.
      expectNear(theta * 365, (-(volatility ** 2) * forward ** 2 * gamma) / 2, 1e-9)
      expectNear(vega * 100, volatility * years * forward ** 2 * gamma, 1e-9)
    }),
  )
})

test('a call at the money, 20% over a year: the textbook numbers', () => {
  // d1 = 0.1: N = 0.5398278373 and p = 0.3969525475 (Abramowitz and Stegun, table 26.1).
  const { delta, gamma, vega, theta } = displayedGreeks({
    kind: 'call',
    forward: price(100n * ONE),
    strike: price(100n * ONE),
    volatility: rate(ONE / 5n),
    timeMs: YEAR,
  })
  expect(delta).toBeCloseTo(0.5398278373, 9)
  expect(gamma).toBeCloseTo(0.3969525475 / 20, 9)
  expect(vega).toBeCloseTo(0.3969525475, 9)
  // -100 * 0.3969525475 * 0.2 / 2 / 365.
  expect(theta).toBeCloseTo(-0.0108754, 6)
})

test('at expiry delta is that of the payoff and nothing else moves', () => {
  const at = (strike: bigint, kind: OptionKind) =>
    displayedGreeks({ kind, forward: price(100n * ONE), strike: price(strike * ONE), volatility: rate(ONE), timeMs: 0 })
  expect(at(90n, 'call')).toEqual({ delta: 1, gamma: 0, vega: 0, theta: 0 })
  expect(at(110n, 'put').delta).toBe(-1)
  expect(at(110n, 'call').delta).toBe(0)
  expect(at(100n, 'put').delta).toBe(-0.5)
})

test('the normal distribution is within 1e-15 of the reference, its tails to twelve digits', () => {
  for (let tenths = -120; tenths <= 120; tenths += 1) {
    const exact = Number((referenceNormal((BigInt(tenths) * REFERENCE_ONE) / 10n) * 10n ** 60n) / REFERENCE_ONE) / 1e60
    expect(Math.abs(normalShare(tenths / 10) - exact)).toBeLessThan(1e-15)
    if (tenths < -50) expect(Math.abs(normalShare(tenths / 10) / exact - 1)).toBeLessThan(1e-12)
  }
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { price } from '../quantity/price.ts'
import { rate } from '../quantity/rate.ts'
import { value } from '../quantity/value.ts'
import { REFERENCE_ONE, referenceCall } from '../../../simulator/pricing/reference.ts'
import { optionValue } from './black76.ts'
import { impliedVolatility } from './implied-volatility.ts'
import type { OptionKind } from './prepared-option.ts'

const ONE = 10n ** 18n
const YEAR = 31_536_000_000
const DAY = 86_400_000

function implied({ kind = 'call' as OptionKind, strike = 100n * ONE, timeMs = YEAR, mark = 0n }) {
  return impliedVolatility({ kind, forward: price(100n * ONE), strike: price(strike), timeMs, mark: value(mark) })
}

const drawn = fc.record({
  kind: fc.constantFrom<OptionKind>('call', 'put'),
  strike: fc.bigInt({ min: 50n * ONE, max: 200n * ONE }),
  volatility: fc.bigInt({ min: ONE / 100n, max: 5n * ONE }),
  timeMs: fc.integer({ min: DAY, max: 2 * YEAR }),
})

test('INV-PRICING-19: the volatility of which a mark was made lies within what the mark implies', () => {
  fc.assert(
    fc.property(drawn, ({ kind, strike, volatility, timeMs }) => {
      const call =
        referenceCall({ forward: 100n * ONE, strike, volatility, timeMs: BigInt(timeMs) }).value / REFERENCE_ONE
      const found = implied({ kind, strike, timeMs, mark: kind === 'call' ? call : call - 100n * ONE + strike })
      // The mark is rounded down to an atom: that of a slightly lower volatility.
      expect(found !== undefined && found.low <= volatility).toBe(true)
      const above = optionValue({
        kind,
        forward: price(100n * ONE),
        strike: price(strike),
        volatility: rate(found?.high ?? 0n),
        timeMs,
      })
      expect(above.high + 1n).toBeGreaterThanOrEqual(kind === 'call' ? call : call - 100n * ONE + strike)
    }),
    { numRuns: 100 },
  )
})

test('INV-PRICING-19: with the low end an option is worth less than its mark, with the high end more', () => {
  fc.assert(
    fc.property(drawn, fc.bigInt({ min: 1n, max: 60n * ONE }), ({ kind, strike, timeMs }, premium) => {
      const payoff = kind === 'call' ? 100n * ONE - strike : strike - 100n * ONE
      const mark = premium + (payoff > 0n ? payoff : 0n)
      const found = implied({ kind, strike, timeMs, mark })
      if (found === undefined) {
        // More than what is delivered less an atom: that is what the largest volatilities give.
        expect(mark > (kind === 'call' ? 100n * ONE : strike) - 2n).toBe(true)
        return
      }
      const worth = (volatility: typeof found.low) =>
        optionValue({ kind, forward: price(100n * ONE), strike: price(strike), volatility, timeMs })
      expect(found.low === 1n || worth(found.low).high < mark).toBe(true)
      expect(found.high === 1_000n * ONE - 1n || worth(found.high).low > mark).toBe(true)
    }),
    { numRuns: 100 },
  )
})

test('a call at the money of which N is known: 2 N(1/2) - 1 implies 100% over a year, to 1e-16', () => {
  // N(0.5) = 0.6914624612740131036 (Abramowitz and Stegun, table 26.1), 100 (2 N - 1) = 38.29249225480262072.
  const found = implied({ mark: 38_292_492_254_802_620_720n })
  // A volatility moves it by 100 p(1/2) = 35.2 times as much, so the 20th digit is below an atom of it.
  for (const end of [found?.low ?? 0n, found?.high ?? 0n]) {
    expect(end - ONE).toBeGreaterThan(-10n)
    expect(end - ONE).toBeLessThan(10n)
  }
})

test('nothing is implied by less than the payoff, more than what is delivered, or without time', () => {
  expect(implied({ strike: 90n * ONE, mark: 10n * ONE - 1n })).toBeUndefined()
  expect(implied({ strike: 90n * ONE, mark: 10n * ONE })).toBeDefined()
  expect(implied({ mark: 100n * ONE + 1n })).toBeUndefined()
  expect(implied({ kind: 'put', strike: 90n * ONE, mark: 90n * ONE + 1n })).toBeUndefined()
  expect(implied({ timeMs: 0, mark: ONE })).toBeUndefined()
})

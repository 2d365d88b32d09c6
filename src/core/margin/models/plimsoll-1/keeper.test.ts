import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ppm } from '../../../quantity/ppm.ts'
import { value, wideValue } from '../../../quantity/value.ts'
import { keeperFeeUp } from './keeper.ts'

const USD = 10n ** 18n
const WIDE = 10n ** 54n

/** Five dollars and 5 basis points. */
const PARAMETERS = { flatFee: value(5n * USD), keeperShare: ppm(500n) }

const fees: [name: string, closed: bigint, want: bigint][] = [
  ['nothing to close costs nothing', 0n, 0n],
  // min(5, 0.01) + 0.0005
  ['a dollar of debt carries a cent, not five dollars', WIDE, 10_500_000_000_000_000n],
  // min(5, 4.99) + 0.2495
  ['one dollar below the limit', 499n * WIDE, 5_239_500_000_000_000_000n],
  // min(5, 5) + 0.25
  ['at the limit', 500n * WIDE, 5_250_000_000_000_000_000n],
  // min(5, 5.01) + 0.2505
  ['one dollar above it', 501n * WIDE, 5_250_500_000_000_000_000n],
  // 5 + 500
  ['a million', 1_000_000n * WIDE, 505n * USD],
  ['the least there is costs an atom', 1n, 1n],
]
test.each(fees)('%s', (_name, closed, want) => {
  expect(keeperFeeUp(wideValue(closed), PARAMETERS)).toBe(want)
})

const amounts = fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 10n ** 66n }))

test('INV-ADD-9: beside its share the fee is at most 1% of N and at most the flat fee, and more never costs less', () => {
  const parameters = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 21n }), fc.bigInt({ min: 0n, max: 10_000n }))
  fc.assert(
    fc.property(amounts, amounts, parameters, (closed, more, [flat, share]) => {
      const fee = (of: bigint) =>
        keeperFeeUp(wideValue(of), { flatFee: value(flat), keeperShare: ppm(share) }) as bigint
      // In millionths of a wide atom, as exact; the rounding adds less than a unit.
      const exact = (fee(closed) - 1n) * 10n ** 42n
      expect(fee(closed) === 0n || exact < closed * (10_000n + share)).toBe(true)
      expect(fee(closed) === 0n || exact < flat * 10n ** 42n + closed * share).toBe(true)
      expect(fee(closed) <= fee(closed + more)).toBe(true)
    }),
  )
})

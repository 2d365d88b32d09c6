import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ppm } from './ppm.ts'
import { type RateRow, rateTiers, tieredShareOf, tierOf } from './tier.ts'
import { value, wideValue } from './value.ts'

const USD = 10n ** 18n
/** A value in atoms at full scale. */
const WIDE = 10n ** 36n

function rows(...table: readonly (readonly [above: bigint, ratePpm: bigint])[]): readonly RateRow[] {
  return table.map(([above, rate]) => ({ above: value(above), rate: ppm(rate) }))
}

/** The charge worked tier by tier, as a tax is: each slice of the notional at its own rate. */
function sliceBySlice(notional: bigint, table: readonly RateRow[]): bigint {
  return table.reduce((sum, { above, rate }, i) => {
    const [from, to] = [above * WIDE, (table[i + 1]?.above ?? notional) * WIDE]
    const end = i + 1 < table.length && to < notional ? to : notional
    return end > from ? sum + (end - from) * rate : sum
  }, 0n)
}

// 2% up to 1,000,000 USD, 5% from there to 5,000,000, 10% above.
const THREE = rows([0n, 20_000n], [1_000_000n * USD, 50_000n], [5_000_000n * USD, 100_000n])

const charges: [name: string, notionalUsd: bigint, chargeUsd: bigint][] = [
  ['nothing is charged on nothing', 0n, 0n],
  ['the first tier is charged at its rate', 500_000n, 10_000n],
  ['a notional at the threshold belongs to the tier below', 1_000_000n, 20_000n],
  // 1,000,000 * 2% + 1,000,000 * 5%
  ['what lies above a threshold is charged at the next rate, marginally', 2_000_000n, 70_000n],
  // 20,000 + 4,000,000 * 5%
  ['a notional at the second threshold has used up two tiers', 5_000_000n, 220_000n],
  // 220,000 + 5,000,000 * 10%
  ['the last tier has no end', 10_000_000n, 720_000n],
]
test.each(charges)('%s', (_name, notionalUsd, chargeUsd) => {
  const charge = tieredShareOf(wideValue(notionalUsd * USD * WIDE), rateTiers(THREE))
  expect(charge).toBe(chargeUsd * USD * WIDE * 1_000_000n)
})

test('one atom across a threshold costs one atom at the new rate: no step', () => {
  const tiers = rateTiers(THREE)
  const threshold = 1_000_000n * USD * WIDE
  const [below, at, above] = [-1n, 0n, 1n].map((atom) => tieredShareOf(wideValue(threshold + atom), tiers))
  expect([(at ?? 0n) - (below ?? 0n), (above ?? 0n) - (at ?? 0n)]).toEqual([20_000n, 50_000n])
})

test('a notional falls into the last tier whose threshold it exceeds', () => {
  const tiers = rateTiers(THREE)
  const threshold = 5_000_000n * USD * WIDE
  const rates = [0n, threshold - 1n, threshold, threshold + 1n].map(
    (notional) => tierOf(wideValue(notional), tiers).rate,
  )
  expect(rates).toEqual([20_000n, 50_000n, 50_000n, 100_000n])
})

test('an empty table is refused', () => {
  expect(() => tierOf(wideValue(0n), [])).toThrow(RangeError)
})

const tables = fc
  .array(fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 26n }), fc.bigInt({ min: 0n, max: 300_000n })), { maxLength: 5 })
  .map((steps) => {
    let [above, rate] = [0n, 10_000n]
    return rows([0n, rate], ...steps.map(([width, rise]): [bigint, bigint] => [(above += width), (rate += rise)]))
  })
const notionals = fc.bigInt({ min: 0n, max: 10n ** 66n })

test('INV-QUANTITY-6: the charge is the sum of its slices, each at its own rate', () => {
  fc.assert(
    fc.property(tables, notionals, (table, notional) => {
      expect(tieredShareOf(wideValue(notional), rateTiers(table))).toBe(sliceBySlice(notional, table))
    }),
  )
})

test('INV-QUANTITY-7: a larger notional is never charged less', () => {
  fc.assert(
    fc.property(tables, notionals, notionals, (table, notional, more) => {
      const tiers = rateTiers(table)
      const [before, after] = [notional, notional + more].map((size) => tieredShareOf(wideValue(size), tiers))
      expect((before ?? 0n) <= (after ?? 0n)).toBe(true)
    }),
  )
})

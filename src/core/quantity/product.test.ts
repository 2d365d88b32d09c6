import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cashFlow } from './cash-flow.ts'
import { advanceFunding, fundingIndex } from './funding-index.ts'
import { ppm } from './ppm.ts'
import { price, PRICE_BOUND } from './price.ts'
import {
  cashFlowOf,
  costOf,
  fundingOf,
  narrowDown,
  narrowShareUp,
  narrowUp,
  payableForUp,
  priceLessDown,
  pricePlusUp,
  quantityDown,
  quantityForDown,
  quantityForUp,
  quantityUp,
  shareOf,
  shareOfQuantityUp,
  shareUp,
  valueDown,
  valueUp,
  widen,
  worthOf,
} from './product.ts'
import { quantity, QUANTITY_BOUND } from './quantity.ts'
import { rate } from './rate.ts'
import { value, wideValue } from './value.ts'

const ONE = 10n ** 18n
const WIDE = 10n ** 36n

test('products keep every digit: 2 units at 3.5 cost 7 and are worth 14 at a price of 2', () => {
  const cost = costOf(quantity(2n * ONE), price((7n * ONE) / 2n))
  expect(cost).toBe(7n * WIDE)
  expect(worthOf(cost, price(2n * ONE))).toBe(14n * WIDE * ONE)
  expect(cashFlowOf(quantity(7n * ONE))).toBe(cost)
  expect(fundingOf(quantity(-2n * ONE), fundingIndex(-ONE))).toBe(2n * WIDE)
  expect(shareOf(wideValue(5n), ppm(20_000n))).toBe(100_000n)
  expect(widen(value(3n))).toBe(3n * WIDE)
})

const narrowings: [name: string, whole: bigint, part: bigint, down: bigint, up: bigint][] = [
  ['zero', 0n, 0n, 0n, 0n],
  ['a whole', 3n, 0n, 3n, 3n],
  ['the least above a whole', 3n, 1n, 3n, 4n],
  ['the least below a whole', 3n, -1n, 2n, 3n],
  ['the least above a negative whole', -3n, 1n, -3n, -2n],
]
test.each(narrowings)(
  '%s is narrowed down for what is owned and up for what is owed',
  (_name, whole, part, down, up) => {
    expect(narrowDown(wideValue(whole * WIDE + part))).toBe(down)
    expect(narrowUp(wideValue(whole * WIDE + part))).toBe(up)
    expect(narrowShareUp(wideValue(whole * WIDE * 1_000_000n + part))).toBe(up)
    expect(quantityDown(cashFlow(whole * ONE + part))).toBe(down)
    expect(quantityUp(cashFlow(whole * ONE + part))).toBe(up)
  },
)

// 7 atoms at 1.5: 10.5
test('worth and shares round as their names say', () => {
  const [amount, at] = [quantity(7n), price((3n * ONE) / 2n)]
  expect([valueDown(amount, at), valueUp(amount, at)]).toEqual([10n, 11n])
  expect(shareUp(value(7n), ppm(500_000n))).toBe(4n)
})

const stepped: [name: string, whole: bigint, sharePpm: bigint, step: bigint, want: bigint][] = [
  ['a share of nothing is nothing', 0n, 500_000n, 10n, 0n],
  ['no share is nothing', 100n, 0n, 10n, 0n],
  ['a share on a step stays there', 100n, 500_000n, 10n, 50n],
  ['a share above a step takes the next', 100n, 500_001n, 10n, 60n],
  ['the least share takes a whole step', 100n, 1n, 10n, 10n],
  ['the whole is never exceeded', 105n, 1_000_000n, 10n, 105n],
  ['a step larger than the whole takes the whole', 7n, 1n, 10n, 7n],
]
test.each(stepped)('%s', (_name, whole, sharePpm, step, want) => {
  expect(shareOfQuantityUp(quantity(whole), ppm(sharePpm), quantity(step))).toBe(want)
})

const conceded: [name: string, at: bigint, sharePpm: bigint, less: bigint, plus: bigint][] = [
  ['no share leaves the price', 1000n, 0n, 1000n, 1000n],
  ['a share on an atom is exact', 1000n, 5_000n, 995n, 1005n],
  // 999 * 0.995 = 994.005, 999 * 1.005 = 1003.995
  ['a seller rounds down and a buyer up', 999n, 5_000n, 994n, 1004n],
  ['a sale at the lowest price keeps an atom of price', 1n, 5_000n, 1n, 2n],
  ['a sale at the worst share keeps an atom of price', 50n, 990_000n, 1n, 100n],
  ['a purchase at the highest price stays a price', PRICE_BOUND - 1n, 1_000_000n, 1n, PRICE_BOUND - 1n],
]
test.each(conceded)('%s', (_name, at, sharePpm, less, plus) => {
  expect([priceLessDown(price(at), ppm(sharePpm)), pricePlusUp(price(at), ppm(sharePpm))]).toEqual([less, plus])
})

test('INV-QUANTITY-14: the least quantity for a worth reaches it and the greatest within it does not exceed it', () => {
  const worths = fc.bigInt({ min: 0n, max: 10n ** 30n })
  fc.assert(
    fc.property(worths, fc.bigInt({ min: 10n ** 12n, max: 10n ** 29n }), (worth, at) => {
      const up = quantityForUp(value(worth), price(at))
      const down = quantityForDown(value(worth), price(at))
      expect(up * at >= worth * ONE && (up - 1n) * at < worth * ONE).toBe(true)
      expect(down * at <= worth * ONE && (down + 1n) * at > worth * ONE).toBe(true)
    }),
  )
})

test('what is payable for a worth is what buys it, of either sign, but no more than any fill moves', () => {
  // 7 USD at 2 and at 3 atoms of a unit; a worth of a dollar at one atom of price is 1e18 units.
  const payable = (worth: bigint, at: bigint) => payableForUp(value(worth), price(at))
  expect([payable(7n, 2n * ONE), payable(-7n, 2n * ONE)]).toEqual([4n, -3n])
  expect([payable(ONE, 1n), payable(-ONE, 1n)]).toEqual([QUANTITY_BOUND - 1n, 1n - QUANTITY_BOUND])
})

test('funding moves the index by rate times mark, rounded down', () => {
  // 0.01% of 3000 is 0.3; a rate of one atom on a mark of 1.5 is 1.5 atoms.
  expect(advanceFunding(fundingIndex(ONE), price(3000n * ONE), rate(ONE / 10_000n))).toBe(ONE + (3n * ONE) / 10n)
  expect(advanceFunding(fundingIndex(0n), price((3n * ONE) / 2n), rate(1n))).toBe(1n)
  expect(advanceFunding(fundingIndex(0n), price((3n * ONE) / 2n), rate(-1n))).toBe(-2n)
})

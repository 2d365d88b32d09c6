import { expect, test } from 'vitest'
import { halfWidthInUp, middleDown, movedForwardDown, strikeInUsdDown } from './option-price.ts'
import { price, PRICE_BOUND } from './price.ts'
import { value } from './value.ts'

const ONE = 10n ** 18n
const usd = (whole: bigint) => price(whole * ONE)

const forwards: [name: string, forward: bigint, from: bigint, to: bigint, quote: bigint, want: bigint][] = [
  ['an index that stands', 50_500n * ONE, 50_000n * ONE, 50_000n * ONE, ONE, 50_500n * ONE],
  ['an index 2% up', 50_500n * ONE, 50_000n * ONE, 51_000n * ONE, ONE, 51_510n * ONE],
  ['in an asset at 0.8', 50_000n * ONE, 50_000n * ONE, 50_000n * ONE, (8n * ONE) / 10n, 62_500n * ONE],
  ['a third rounds down', ONE, 3n * ONE, ONE, ONE, ONE / 3n],
  ['at least an atom', 1n, 2n, 1n, ONE, 1n],
  ['at most the highest price', PRICE_BOUND - 1n, ONE, 2n * ONE, ONE, PRICE_BOUND - 1n],
]
test.each(forwards)('forward: %s', (_name, forward, from, to, quote, want) => {
  const moved = { forward: price(forward), from: price(from), to: price(to), quote: price(quote) }
  expect(movedForwardDown(moved)).toBe(want)
})

test('a strike of 50,000 in an asset at 0.8 is 40,000 USD, to an atom down', () => {
  expect(strikeInUsdDown(usd(50_000n), price((8n * ONE) / 10n))).toBe(40_000n * ONE)
  expect(strikeInUsdDown(price(ONE + 1n), price(ONE - 1n))).toBe(ONE - 1n)
})

const middles: [low: bigint, high: bigint, want: bigint][] = [
  [4n, 6n, 5n],
  [4n, 5n, 4n],
  [0n, 1n, 1n],
  [0n, 0n, 1n],
]
test.each(middles)('the middle of %s and %s is %s', (low, high, want) => {
  expect(middleDown({ low: value(low), high: value(high) })).toBe(want)
})

const widths: [halfWidth: bigint, quote: bigint, around: bigint, want: bigint][] = [
  [500n * ONE, ONE, 600n * ONE, 500n * ONE],
  [500n * ONE, ONE, 499n * ONE, 499n * ONE],
  [400n * ONE, (8n * ONE) / 10n, 600n * ONE, 500n * ONE],
  [1n, 3n * ONE, ONE, 1n],
  [0n, ONE, ONE, 0n],
]
test.each(widths)('a half-width of %s at %s around %s is %s', (halfWidth, quote, around, want) => {
  expect(halfWidthInUp(value(halfWidth), { quote: price(quote), around: price(around) })).toBe(want)
})

import { expect, test } from 'vitest'
import { ppm } from '../quantity/ppm.ts'
import { price, PRICE_BOUND } from '../quantity/price.ts'
import { quantity } from '../quantity/quantity.ts'
import { value } from '../quantity/value.ts'
import { forcedPurchasePrice, forcedSalePrice, forcedTradePrice } from './close-out-price.ts'

const USD = 10n ** 18n
// Half a spread of 0.1%, and 1% of impact for 10,000 USD.
const COST = { halfSpreadPpm: ppm(1_000n), impactPpm: ppm(10_000n), impactNotional: value(10_000n * USD) }

const prices: [name: string, notionalUsd: bigint, saleCents: bigint, purchaseCents: bigint][] = [
  // 100 less and plus 0.1%
  ['nothing traded pays half the spread', 0n, 9_990n, 10_010n],
  // 0.1% + 1%
  ['the reference size pays its impact on top', 10_000n, 9_890n, 10_110n],
  // 0.1% + 2%
  ['four times the size pays twice the impact', 40_000n, 9_790n, 10_210n],
  // At most 99%
  ['no trade is priced further away than 99%', 999_999_999_999n, 100n, 19_900n],
]
test.each(prices)('%s', (_name, notionalUsd, saleCents, purchaseCents) => {
  const [mark, notional] = [price(100n * USD), value(notionalUsd * USD)]
  expect(forcedSalePrice(mark, notional, COST)).toBe((saleCents * USD) / 100n)
  expect(forcedPurchasePrice(mark, notional, COST)).toBe((purchaseCents * USD) / 100n)
})

test('the outside world rounds in its own favour', () => {
  // 999 atoms less 0.1% are 998.001, plus 0.1% 999.999.
  expect(forcedSalePrice(price(999n), value(0n), COST)).toBe(998n)
  expect(forcedPurchasePrice(price(999n), value(0n), COST)).toBe(1000n)
})

test('a forced trade has a price whatever the mark', () => {
  // At the lowest mark a sale was once priced at zero, which stopped the engine.
  expect(forcedSalePrice(price(1n), value(0n), COST)).toBe(1n)
  expect(forcedPurchasePrice(price(PRICE_BOUND - 1n), value(0n), COST)).toBe(PRICE_BOUND - 1n)
})

test('contracts bought are a purchase, contracts sold a sale', () => {
  const [mark, notional] = [price(100n * USD), value(10_000n * USD)]
  expect(forcedTradePrice(quantity(1n), mark, notional, COST)).toBe(forcedPurchasePrice(mark, notional, COST))
  expect(forcedTradePrice(quantity(-1n), mark, notional, COST)).toBe(forcedSalePrice(mark, notional, COST))
})

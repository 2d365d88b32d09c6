import {
  add,
  compare,
  isLess,
  isNegative,
  isPositive,
  isZero,
  negate,
  positivePart,
  smaller,
  subtract,
} from '../quantity/arithmetic.ts'
import type { Ppm } from '../quantity/ppm.ts'
import type { Price } from '../quantity/price.ts'
import { quantityForDown, shareOfQuantityUp, shareUp, valueDown, valueUp } from '../quantity/product.ts'
import { ATOM, type Quantity } from '../quantity/quantity.ts'
import { NO_VALUE, type Value } from '../quantity/value.ts'
import { type AssetId, compareNames } from '../instrument/identifier.ts'
import type { Asset } from '../instrument/asset.ts'
import type { LiquidationParameters } from '../market/epoch.ts'
import type { MarketView } from '../market/listing.ts'
import { balanceOf } from '../ledger/account.ts'
import type { AssetBook } from '../ledger/books.ts'
import type { ReadonlyTable } from '../ledger/table.ts'
import { netLiquidationValue } from '../portfolio/claims.ts'
import { portfolioOf } from '../portfolio/portfolio.ts'
import { type Draft, numbered, take } from './draft.ts'
import { forcedExchange } from './forced-exchange.ts'
import type { BucketAmount } from './step.ts'

interface CollateralInput {
  readonly books: ReadonlyTable<AssetId, AssetBook>
  readonly market: MarketView
  readonly liquidation: LiquidationParameters
}

/** A balance with a price: the sign says whether it is collateral or a debt. */
interface PricedAmount extends BucketAmount {
  readonly terms: Asset
  readonly price: Price
  readonly value: Value
}

/** Meets debts of one bucket from balances of the same asset in another: no trade, no cost. */
export function moveBetweenBuckets(input: CollateralInput, draft: Draft): Draft {
  let result = draft
  for (const debt of debts(input, result)) {
    let owed = negate(debt.quantity)
    for (const source of collateral(input, result)) {
      if (source.asset !== debt.asset || isZero(owed)) continue
      const quantity = smaller(owed, source.quantity)
      const from = { bucket: source.bucket, asset: source.asset, quantity }
      result = take(result, { kind: 'moveBetweenBuckets', from, to: debt.bucket }, input.books)
      owed = subtract(owed, quantity)
    }
  }
  return result
}

/** Repays a share of every debt, each from the most valuable collateral first, as far as it goes. */
export function repayDebts(input: CollateralInput, draft: Draft, share: Ppm): Draft {
  let result = draft
  for (const debt of debts(input, draft)) {
    let left = shareOfQuantityUp(negate(debt.quantity), share, ATOM)
    for (const source of collateral(input, result)) {
      if (isZero(left)) break
      const step = exchange(source, debt, left)
      if (step === undefined) continue
      result = take(result, step, input.books)
      left = subtract(left, step.got.quantity)
    }
  }
  return result
}

/** Takes the penalty on what was closed and repaid from the most valuable collateral first, never more than the NLV left. */
export function payPenalty(input: CollateralInput, draft: Draft): Draft {
  let closed = NO_VALUE
  for (const step of draft.steps) {
    if (step.kind === 'tradeContract' || step.kind === 'tradeOptions') closed = add(closed, step.notional)
    if (step.kind === 'repayDebt') closed = add(closed, step.value)
  }
  const left = netLiquidationValue(portfolioOf(numbered(draft), input.books), input.market)
  let due = smaller(shareUp(closed, input.liquidation.penaltyPpm), positivePart(left))
  let result = draft
  for (const source of collateral(input, draft)) {
    // Compared by value: what a dollar buys of a worthless asset is beyond the bounds of a quantity.
    const isEnough = isLess(due, source.value)
    const quantity = isEnough ? quantityForDown(due, source.price) : source.quantity
    const value = valueDown(quantity, source.price)
    const paid = { bucket: source.bucket, asset: source.asset, quantity }
    if (isPositive(quantity)) result = take(result, { kind: 'payPenalty', paid, value }, input.books)
    // What is left is worth less than one atom of the asset that just paid: it is not hunted through the others.
    if (isEnough) break
    due = subtract(due, value)
  }
  return result
}

/** Collateral for debt: `wanted` of the debt's asset, or less if the source does not reach. Undefined if it buys nothing. */
function exchange(source: PricedAmount, debt: PricedAmount, wanted: Quantity) {
  const sold = { price: source.price, closeOutCost: source.terms.closeOutCost, quantity: source.quantity }
  const trade = forcedExchange(sold, { price: debt.price, closeOutCost: debt.terms.closeOutCost }, wanted)
  if (trade === undefined) return undefined
  const given = { bucket: source.bucket, asset: source.asset, quantity: trade.given }
  const got = { bucket: debt.bucket, asset: debt.asset, quantity: trade.got }
  return { kind: 'repayDebt', given, got, value: trade.value } as const
}

/** Balances that can be sold, the most valuable first; by name, then bucket, among equals. */
function collateral(input: CollateralInput, draft: Draft): readonly PricedAmount[] {
  const held = priced(input, draft).filter(({ quantity }) => isPositive(quantity))
  return held.sort((a, b) => compare(b.value, a.value) || compareNames(a.asset, b.asset) || a.bucket - b.bucket)
}

/** Negative balances by asset name, then bucket. */
function debts(input: CollateralInput, draft: Draft): readonly PricedAmount[] {
  const owed = priced(input, draft).filter(({ quantity }) => isNegative(quantity))
  return owed.sort((a, b) => compareNames(a.asset, b.asset) || a.bucket - b.bucket)
}

function priced(input: CollateralInput, draft: Draft): PricedAmount[] {
  const amounts: PricedAmount[] = []
  for (const { number, bucket } of numbered(draft)) {
    for (const asset of bucket.balances.keys()) {
      const listed = input.market.assets.get(asset)
      const price = listed?.index?.price
      if (listed === undefined || price === undefined) continue
      const quantity = balanceOf(bucket, asset, input.books.get(asset)?.lending)
      amounts.push({ bucket: number, asset, quantity, terms: listed.terms, price, value: valueUp(quantity, price) })
    }
  }
  return amounts
}

import { negate } from '../quantity/arithmetic.ts'
import type { Price } from '../quantity/price.ts'
import { costOf, quantityDown } from '../quantity/product.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Value } from '../quantity/value.ts'
import type { AssetId, MarketId } from '../instrument/identifier.ts'
import { type Bucket, creditBucket, positionOf, withPosition } from '../ledger/account.ts'
import type { AssetBook } from '../ledger/books.ts'
import { type ContractLevel, moveOptions, settledPosition, tradePosition, unsettledCash } from '../ledger/position.ts'
import type { ReadonlyTable } from '../ledger/table.ts'

/** An amount of an asset in one of the netting set's buckets. Always > 0. */
export interface BucketAmount {
  readonly bucket: number
  readonly asset: AssetId
  readonly quantity: Quantity
}

/** One thing a liquidation does. The outside world (the market account) is the other side of trades and cash settlement. */
export type LiquidationStep =
  /** Contracts bought (negative: sold) at a forced price. `notional` is at the mark. */
  | {
      readonly kind: 'tradeContract'
      readonly bucket: number
      readonly market: MarketId
      readonly bought: Quantity
      readonly at: ContractLevel
      readonly notional: Value
    }
  /** Options bought (negative: sold) at a forced price; `cash` is what the member gets for them at once (negative: pays). */
  | {
      readonly kind: 'tradeOptions'
      readonly bucket: number
      readonly market: MarketId
      readonly bought: Quantity
      readonly price: Price
      readonly notional: Value
      readonly settlement: AssetId
      readonly cash: Quantity
    }
  /** Unsettled profit or loss of a closed contract paid in cash (negative: by the member); the market account takes it over. */
  | {
      readonly kind: 'settleContract'
      readonly bucket: number
      readonly market: MarketId
      readonly settlement: AssetId
      readonly cash: Quantity
      readonly at: ContractLevel
    }
  /** An asset moved between buckets of the netting set to meet a debt in the same asset. */
  | { readonly kind: 'moveBetweenBuckets'; readonly from: BucketAmount; readonly to: number }
  /** Collateral given for what is owed. `value` is what changed hands, in USD. */
  | { readonly kind: 'repayDebt'; readonly given: BucketAmount; readonly got: BucketAmount; readonly value: Value }
  | { readonly kind: 'payPenalty'; readonly paid: BucketAmount; readonly value: Value }

/** A netting set's buckets by number while a plan is worked out. */
export type DraftBuckets = ReadonlyMap<number, Bucket>

/** Buckets after a step: the member's side only. Throws RangeError for a bucket that is not in the draft. */
export function applyStep(
  buckets: DraftBuckets,
  step: LiquidationStep,
  books: ReadonlyTable<AssetId, AssetBook>,
): DraftBuckets {
  const credit = (draft: DraftBuckets, { bucket, asset, quantity }: BucketAmount) =>
    replaced(draft, bucket, (before) => creditBucket(before, asset, quantity, books.get(asset)?.lending))
  switch (step.kind) {
    case 'tradeContract':
      return replaced(buckets, step.bucket, (before) =>
        withPosition(before, step.market, tradePosition(positionOf(before, step.market), step.bought, step.at)),
      )
    case 'tradeOptions': {
      const traded = replaced(buckets, step.bucket, (before) =>
        withPosition(before, step.market, moveOptions(positionOf(before, step.market), step.bought)),
      )
      return credit(traded, { bucket: step.bucket, asset: step.settlement, quantity: step.cash })
    }
    case 'settleContract': {
      const settled = replaced(buckets, step.bucket, (before) =>
        withPosition(before, step.market, settledPosition(positionOf(before, step.market), step.at)),
      )
      return credit(settled, { bucket: step.bucket, asset: step.settlement, quantity: step.cash })
    }
    case 'moveBetweenBuckets':
      return credit(credit(buckets, negated(step.from)), { ...step.from, bucket: step.to })
    case 'repayDebt':
      return credit(credit(buckets, negated(step.given)), step.got)
    case 'payPenalty':
      return credit(buckets, negated(step.paid))
    default:
      return step satisfies never
  }
}

/** Cash a member receives (negative: pays) when a contract is settled: rounded down, against the member. */
export function settlementCash(bucket: Bucket, market: MarketId, at: ContractLevel): Quantity {
  return quantityDown(unsettledCash(positionOf(bucket, market), at))
}

/** Cash a member receives (negative: pays) for options bought (negative: sold): rounded down, against the member. */
export function optionCash(bought: Quantity, price: Price): Quantity {
  return quantityDown(costOf(negate(bought), price))
}

function negated(amount: BucketAmount): BucketAmount {
  return { ...amount, quantity: negate(amount.quantity) }
}

function replaced(buckets: DraftBuckets, number: number, change: (before: Bucket) => Bucket): DraftBuckets {
  const before = buckets.get(number)
  if (before === undefined) throw new RangeError(`bucket ${number} is not part of the netting set`)
  return new Map(buckets).set(number, change(before))
}

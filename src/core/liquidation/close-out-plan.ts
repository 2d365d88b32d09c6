import { absolute, isNegative, isZero, negate } from '../quantity/arithmetic.ts'
import { reachesBuffer } from '../quantity/impact.ts'
import { type Ppm, ppm, WHOLE } from '../quantity/ppm.ts'
import { costOf, narrowUp, shareOfQuantityUp, worthOf } from '../quantity/product.ts'
import { subtract } from '../quantity/arithmetic.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import type { AssetId, MarketId } from '../instrument/identifier.ts'
import type { LiquidationParameters } from '../market/epoch.ts'
import { type MarketView, valuedContract } from '../market/listing.ts'
import { positionOf } from '../ledger/account.ts'
import type { AssetBook } from '../ledger/books.ts'
import type { ReadonlyTable } from '../ledger/table.ts'
import type { Requirements, Side } from '../margin/model.ts'
import { type NumberedBucket, portfolioOf } from '../portfolio/portfolio.ts'
import { forcedTradePrice } from './close-out-price.ts'
import { moveBetweenBuckets, payPenalty, repayDebts } from './collateral-use.ts'
import { type Draft, draftOf, numbered, take } from './draft.ts'
import { type LiquidationStep, optionCash, settlementCash } from './step.ts'

/** Everything a plan depends on. */
export interface CloseOutInput {
  readonly buckets: readonly NumberedBucket[]
  readonly books: ReadonlyTable<AssetId, AssetBook>
  readonly market: MarketView
  readonly model: Pick<Requirements<unknown>, 'maintenance'>
  readonly parameters: unknown
  readonly liquidation: LiquidationParameters
  readonly time: Timestamp
}

/** What a liquidation is going to do. `partial`: a fraction of every contract and debt; `full`: nothing is left but collateral. */
export interface CloseOutPlan {
  readonly extent: 'partial' | 'full'
  /** Share of every contract and debt that is closed. */
  readonly fraction: Ppm
  readonly steps: readonly LiquidationStep[]
}

/**
 * The least common fraction of all contracts and debts whose closing, after its own cost and penalty, lifts NLV above MM by
 * the buffer; everything if none is found. What closing relieves grows with the fraction, what impact costs grows faster, so
 * the fractions that do lie in one range: halving from the whole finds one in it if the range spans a factor of two, and
 * bisection over ppm its lower end. A fraction is only returned after its plan was assessed exactly.
 */
export function closeOutPlan(input: CloseOutInput): CloseOutPlan {
  let tooLittle = 0n
  let enough: bigint = WHOLE
  let found = partialPlan(input, WHOLE)
  while (!reachesTarget(input, found)) {
    enough /= 2n
    if (enough === 0n) return { extent: 'full', fraction: WHOLE, steps: fullPlan(input).steps }
    found = partialPlan(input, ppm(enough))
  }
  while (enough - tooLittle > 1n) {
    const middle = (tooLittle + enough) / 2n
    const tried = partialPlan(input, ppm(middle))
    if (reachesTarget(input, tried)) {
      enough = middle
      found = tried
    } else {
      tooLittle = middle
    }
  }
  return { extent: 'partial', fraction: ppm(enough), steps: found.steps }
}

/** Maintenance of the draft's buckets, exactly as clearing will assess them. */
export function draftMaintenance(input: CloseOutInput, draft: Draft): Side {
  const { books, market, model, parameters, time } = input
  return model.maintenance({ portfolio: portfolioOf(numbered(draft), books), orders: [], market, parameters, time })
}

function reachesTarget(input: CloseOutInput, draft: Draft): boolean {
  const { value, requirement, sufficient } = draftMaintenance(input, draft)
  return sufficient && reachesBuffer(subtract(value, requirement), requirement, input.liquidation.bufferPpm)
}

function partialPlan(input: CloseOutInput, fraction: Ppm): Draft {
  const traded = closeContracts(input, moveBetweenBuckets(input, draftOf(input.buckets)), fraction)
  return payPenalty(input, repayDebts(input, traded, fraction))
}

/** All contracts closed and paid in cash, all debts repaid as far as collateral goes. */
function fullPlan(input: CloseOutInput): Draft {
  const settled = settleContracts(input, closeContracts(input, draftOf(input.buckets), WHOLE))
  return payPenalty(input, repayDebts(input, moveBetweenBuckets(input, settled), WHOLE))
}

function closeContracts(input: CloseOutInput, draft: Draft, fraction: Ppm): Draft {
  return everyContract(draft, (before, bucket, market) => {
    const contract = valuedContract(input.market, market)
    const held = positionOf(bucketOf(before, bucket), market).quantity
    if (contract === undefined || isZero(held)) return before
    const size = shareOfQuantityUp(absolute(held), fraction, contract.terms.lot)
    const bought = isNegative(held) ? size : negate(size)
    const notional = narrowUp(worthOf(costOf(size, contract.mark), contract.settlementPrice))
    const price = forcedTradePrice(bought, contract.mark, notional, contract.terms.closeOutCost)
    if (contract.terms.kind === 'option') {
      const { settlement } = contract.terms
      const cash = optionCash(bought, price)
      const step = { kind: 'tradeOptions', bucket, market, bought, price, notional, settlement, cash } as const
      return take(before, step, input.books)
    }
    const at = { price, fundingIndex: contract.fundingIndex }
    return take(before, { kind: 'tradeContract', bucket, market, bought, at, notional }, input.books)
  })
}

function settleContracts(input: CloseOutInput, draft: Draft): Draft {
  return everyContract(draft, (before, bucket, market) => {
    const contract = valuedContract(input.market, market)
    // Options were paid for as they were closed: nothing of them is left.
    if (contract === undefined || contract.terms.kind === 'option') return before
    const at = { price: contract.mark, fundingIndex: contract.fundingIndex }
    const cash = settlementCash(bucketOf(before, bucket), market, at)
    return take(
      before,
      { kind: 'settleContract', bucket, market, settlement: contract.terms.settlement, cash, at },
      input.books,
    )
  })
}

function everyContract(draft: Draft, change: (before: Draft, bucket: number, market: MarketId) => Draft): Draft {
  let result = draft
  for (const { number, bucket } of numbered(draft)) {
    for (const market of bucket.positions.keys()) result = change(result, number, market)
  }
  return result
}

function bucketOf(draft: Draft, number: number) {
  const bucket = draft.buckets.get(number)
  if (bucket === undefined) throw new RangeError(`bucket ${number} is not part of the netting set`)
  return bucket
}

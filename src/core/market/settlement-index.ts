import { add } from '../quantity/arithmetic.ts'
import { averagePriceDown, NO_PRICE_TIME, type PriceTime, priceOver } from '../quantity/price-time.ts'
import type { Price } from '../quantity/price.ts'
import { earlier, elapsedMs, type Timestamp } from '../quantity/timestamp.ts'

/** An index with the time it counts for. */
export interface ObservedIndex {
  /** Of the underlying, in the settlement asset: the ratio of two prices in USD. */
  readonly index: Price
  /** From the later of the two observations on, within the window. */
  readonly from: Timestamp
  /** Until the earlier of the two is stale, unless another comes before; never beyond expiry. Always after `from`. */
  readonly until: Timestamp
}

/** Time-weighted index of a contract that is about to expire. */
export interface SettlementIndex {
  /** Over what came before the latest observation. */
  readonly weighted: PriceTime
  readonly coveredMs: number
  readonly latest: ObservedIndex
}

/** The average with one more observation: it ends the one before. Observations come in the order of `from`. */
export function withObservation(before: SettlementIndex | undefined, latest: ObservedIndex): SettlementIndex {
  if (before === undefined) return { weighted: NO_PRICE_TIME, coveredMs: 0, latest }
  return { ...weighed(before, latest.from), latest }
}

/** The average when the window is over, rounded down to an atom; undefined if nothing was observed in it. */
export function settlementIndexDown(average: SettlementIndex | undefined): Price | undefined {
  if (average === undefined) return undefined
  const { weighted, coveredMs } = weighed(average, average.latest.until)
  return averagePriceDown(weighted, coveredMs)
}

/** The latest observation counts until it is stale or replaced, whichever is first. */
function weighed(
  { weighted, coveredMs, latest }: SettlementIndex,
  replacedAt: Timestamp,
): Omit<SettlementIndex, 'latest'> {
  const ms = elapsedMs({ earlier: latest.from, later: earlier(latest.until, replacedAt) })
  return { weighted: add(weighted, priceOver(latest.index, ms)), coveredMs: coveredMs + ms }
}

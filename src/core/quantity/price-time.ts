import { type Price, PRICE_BOUND, price } from './price.ts'
import { divFloor } from './rounding.ts'
import { type Branded, ONE } from './unit.ts'

/** Sum of prices, each times the milliseconds it was in force: 1e-18 of the quote unit per unit, times milliseconds. Exact. */
export type PriceTime = Branded<'PriceTime:1e-18 quote/unit ms'>

export const NO_PRICE_TIME = 0n as PriceTime

/** A price that was in force for some whole milliseconds, >= 0. */
export function priceOver(at: Price, ms: number): PriceTime {
  return (at * BigInt(ms)) as PriceTime
}

/** Average of prices over the milliseconds they were in force for, > 0. Rounds down: the longs' loss, the shorts' gain. */
export function averagePriceDown(sum: PriceTime, ms: number): Price {
  return price(divFloor(sum, BigInt(ms)))
}

/** Price of one asset in units of another, both given in USD. Rounds down; at least an atom, at most the highest price. */
export function priceInDown(asset: Price, quote: Price): Price {
  const ratio = divFloor(asset * ONE, quote)
  return price(ratio < 1n ? 1n : ratio < PRICE_BOUND ? ratio : PRICE_BOUND - 1n)
}

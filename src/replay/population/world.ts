import { ONE } from '../../core/quantity/unit.ts'
import { quantityForDown } from '../../core/quantity/product.ts'
import type { Price } from '../../core/quantity/price.ts'
import { type Quantity, quantity } from '../../core/quantity/quantity.ts'
import { value } from '../../core/quantity/value.ts'
import type { AssetId } from '../../core/instrument/identifier.ts'

/** What a population is drawn from: the prices of the opening moment and what the venue asks of an opening position. */
export interface World {
  readonly settlement: AssetId
  /** Prices in USD of every asset that trades at the opening. */
  readonly prices: ReadonlyMap<AssetId, Price>
  /** Marks, in the settlement asset, of every perpetual that trades at the opening, by underlying. */
  readonly marks: ReadonlyMap<AssetId, Price>
  /** Share of an asset's value that counts for nothing at opening, ppm. */
  initialHaircutPpm(asset: AssetId): number
  /** Initial margin rate of a small position in the perpetual on an asset, ppm. */
  initialRatePpm(underlying: AssetId): number
  /** Notional in whole USD up to which that rate holds. */
  firstTierUsd(underlying: AssetId): number
}

export interface Amount {
  readonly asset: AssetId
  readonly quantity: Quantity
}

/** Contracts to buy (negative: sell) in the perpetual on an asset. */
export interface Trade {
  readonly underlying: AssetId
  readonly quantity: Quantity
}

/** What an account does when it opens. */
export interface Opening {
  readonly deposits: readonly Amount[]
  readonly trades: readonly Trade[]
  /** Withdrawn beyond what was deposited. */
  readonly borrows: readonly Amount[]
}

/** Eight decimals are the finest step of contracts, six of amounts: every asset of the venue keeps at least as many. */
export const CONTRACT_STEP = ONE / 10n ** 8n
export const AMOUNT_STEP = ONE / 10n ** 6n

/** Amount of an asset worth so many whole USD, rounded down to six decimals. */
export function amountOf(world: World, asset: AssetId, usd: number): Amount {
  return { asset, quantity: steps(usdQuantity(required(world.prices, asset), usd), AMOUNT_STEP) }
}

/** Contracts worth so many whole USD, rounded down to eight decimals; sold when the sign says so. */
export function tradeOf(world: World, underlying: AssetId, usd: number, side: 'long' | 'short'): Trade {
  const size = steps(usdQuantity(required(world.marks, underlying), usd), CONTRACT_STEP)
  return { underlying, quantity: side === 'long' ? size : quantity(-size) }
}

/** So many ppm of a number of whole USD, rounded down. */
export function shareOfUsd(usd: number, shareInPpm: number): number {
  return Number((BigInt(usd) * BigInt(shareInPpm)) / 1_000_000n)
}

function usdQuantity(at: Price, usd: number): Quantity {
  return quantityForDown(value(BigInt(usd) * ONE), at)
}

function steps(amount: Quantity, step: bigint): Quantity {
  return quantity(amount - (amount % step))
}

function required(prices: ReadonlyMap<AssetId, Price>, asset: AssetId): Price {
  const found = prices.get(asset)
  if (found === undefined) throw new RangeError(`${asset} does not trade at the opening`)
  return found
}

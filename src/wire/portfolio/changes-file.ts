import type { AccountId, AssetId, MarketId } from '../../core/instrument/identifier.ts'
import type { Price } from '../../core/quantity/price.ts'
import type { Quantity } from '../../core/quantity/quantity.ts'
import type { Rate } from '../../core/quantity/rate.ts'
import type { FileOrder } from './portfolio-file.ts'

/** What would be done to a portfolio, and what the market would do: `plimsoll changes v1`. */
export interface FileChanges {
  readonly addPositions: readonly AddedPosition[]
  readonly addOrders: readonly AddedOrder[]
  readonly addBalances: readonly AddedBalance[]
  /** A claim's own move is its peg: it moves with its reference beside. */
  readonly priceMoves: ReadonlyMap<AssetId, PriceMove>
  /** By underlying: relative, above -1. */
  readonly volMoves: ReadonlyMap<AssetId, Rate>
  /** Which correlations count; undefined: the worst of all, as always. */
  readonly regime: Regime | undefined
}

export type Regime = 'now' | 'one' | 'break'

/** A bucket of an account; 0 is the pool. */
export interface ChangeTarget {
  readonly account: AccountId
  readonly bucket: number
}

export interface AddedPosition extends ChangeTarget {
  readonly market: MarketId
  /** Contracts; below zero sells. */
  readonly quantity: Quantity
  /** Undefined: at the mark. */
  readonly price: Price | undefined
}

export interface AddedOrder extends ChangeTarget {
  readonly order: FileOrder
}

export interface AddedBalance extends ChangeTarget {
  readonly asset: AssetId
  /** Units; below zero are withdrawn. */
  readonly quantity: Quantity
}

export type PriceMove =
  /** Relative, above -1. */
  { readonly kind: 'by'; readonly fraction: Rate } | { readonly kind: 'to'; readonly price: Price }

import { type AssetId, type FactorId, factorId, type MarketId } from '../../../instrument/identifier.ts'

/**
 * Names of risk factors, the same in exposures and epochs. A basis is named with its market, so that two expiries of one
 * underlying are two factors; an epoch may list it as it is, or its class (`basisClass`) for every market of the kind.
 */

/** Price of an asset, such as `ETH`. */
export function priceFactor(asset: AssetId): FactorId {
  return factorId(asset)
}

/** What a claim is worth of what it stands for, such as `wstETH/peg`. */
export function pegFactor(asset: AssetId): FactorId {
  return factorId(`${asset}/peg`)
}

/** Implied volatility of an underlying, such as `ETH/vol`. */
export function volatilityFactor(underlying: AssetId): FactorId {
  return factorId(`${underlying}/vol`)
}

export type BasisKind = 'perpetual' | 'future'

/** A contract's price against the index, such as `ETH/basis/perpetual/ETH-PERP`. */
export function basisFactor(underlying: AssetId, kind: BasisKind, market: MarketId): FactorId {
  return factorId(`${underlying}/basis/${kind}/${market}`)
}

/** What an epoch says of all contracts of a kind, such as `ETH/basis/perpetual`; undefined for a name that is no contract's. */
export function basisClass(factor: FactorId): FactorId | undefined {
  const found = CONTRACT_BASIS.exec(factor)
  return found?.[1] === undefined ? undefined : factorId(found[1])
}

const CONTRACT_BASIS = /^(.+\/basis\/(?:perpetual|future))\/.+$/

import { isNegative } from '../quantity/arithmetic.ts'
import type { Asset } from '../instrument/asset.ts'
import { type AssetId, compareNames } from '../instrument/identifier.ts'
import type { Contract } from '../instrument/market.ts'
import type { ListingEvidence } from '../collateral/listing-evidence.ts'
import type { Rejection } from './rejection.ts'
import type { ReadonlyState } from './state.ts'

/**
 * Why an asset may not stand for what it says. What it stands for is listed and stands for itself: a claim on a claim would be
 * worth the product of two rates of two ages, and one stale feed would reach through both; it is listed on the last reference
 * instead, its rate the product. Evidence of a peg is given of claims, and of nothing else.
 */
export function backingRejection(
  state: ReadonlyState,
  { backing }: Asset,
  { peg }: ListingEvidence,
): Rejection | undefined {
  if ((peg === undefined) !== (backing === undefined))
    return { reason: 'BadTerms', field: 'evidence.peg', expected: 'given of an asset with a backing, and of no other' }
  if (backing?.reference === undefined) return undefined
  const reference = state.assets.get(backing.reference)
  if (reference === undefined) return { reason: 'UnknownAsset', asset: backing.reference }
  return reference.terms.backing === undefined
    ? undefined
    : { reason: 'BadTerms', field: 'backing.reference', expected: 'an asset that stands for itself' }
}

/** Why evidence cannot be judged: a volume or depth below nothing. */
export function evidenceRejection({ dailyVolumeUsd, depthUsd }: ListingEvidence): Rejection | undefined {
  if (dailyVolumeUsd !== undefined && isNegative(dailyVolumeUsd))
    return { reason: 'BadTerms', field: 'evidence.dailyVolumeUsd', expected: 'a value of 0 or more' }
  return depthUsd !== undefined && isNegative(depthUsd)
    ? { reason: 'BadTerms', field: 'evidence.depthUsd', expected: 'a value of 0 or more' }
    : undefined
}

/** Why a contract may not settle in an asset: a claim on anything but the unit of account would make its profit another risk. */
export function settlementRejection(state: ReadonlyState, { settlement }: Contract): Rejection | undefined {
  return state.assets.get(settlement)?.terms.backing?.reference === undefined
    ? undefined
    : { reason: 'BadTerms', field: 'settlement', expected: 'no claim on another asset' }
}

/** Why an asset may not go: something listed stands for it. Of several the first by name. */
export function referencedRejection(state: ReadonlyState, asset: AssetId): Rejection | undefined {
  const claim = claimsOn(state, asset)[0]
  return claim === undefined ? undefined : { reason: 'StillReferenced', asset, claim }
}

/** Listed claims on an asset, by name. */
export function claimsOn(state: ReadonlyState, asset: AssetId): readonly AssetId[] {
  return [...state.assets.values()]
    .filter(({ terms }) => terms.backing?.reference === asset)
    .map(({ terms }) => terms.id)
    .sort(compareNames)
}

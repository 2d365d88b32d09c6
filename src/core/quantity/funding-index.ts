import type { Branded } from './unit.ts'
import type { Price } from './price.ts'
import type { Rate } from './rate.ts'
import { divFloor } from './rounding.ts'
import { ONE } from './unit.ts'

/** What one contract held long has paid in funding since listing, 1e-18 of the settlement asset per contract. Signed. */
export type FundingIndex = Branded<'FundingIndex:1e-18 unit/contract'>

export const NO_FUNDING = 0n as FundingIndex

/** The index after a funding rate on a mark. The product rounds down; what longs pay is what shorts get, so nobody gains by it. */
export function advanceFunding(index: FundingIndex, mark: Price, fundingRate: Rate): FundingIndex {
  return (index + divFloor(mark * fundingRate, ONE)) as FundingIndex
}

/** Restores an index from its atoms. */
export function fundingIndex(atoms: bigint): FundingIndex {
  return atoms as FundingIndex
}

import { add } from '../../../quantity/arithmetic.ts'
import { type Ppm, WHOLE } from '../../../quantity/ppm.ts'
import { narrowShareNearest, shareOf } from '../../../quantity/product.ts'
import type { Timestamp } from '../../../quantity/timestamp.ts'
import { NO_WIDE_VALUE, type Value, type WideValue } from '../../../quantity/value.ts'
import type { AssetId, FactorId, MarketId } from '../../../instrument/identifier.ts'
import type { DatedFuture, Perpetual } from '../../../instrument/market.ts'
import { factorOf } from './factor-model.ts'
import { basisFactor, pegFactor, priceFactor } from './factor-name.ts'
import type { AssetRisk, Plimsoll1Parameters } from './parameters.ts'

/** What moves an instrument: the product of these, each 1 + its move. */
export type LineFactors =
  | { readonly kind: 'asset'; readonly price: FactorId }
  | { readonly kind: 'claim'; readonly reference: FactorId | undefined; readonly beta: Ppm; readonly peg: FactorId }
  | {
      readonly kind: 'contract'
      readonly price: FactorId
      readonly basis: FactorId
      /** Undefined: a perpetual. */
      readonly expiry: Timestamp | undefined
    }

/** A signed worth in USD that moves in proportion: an asset, or the contracts of one market. Exact. */
export interface RiskLine {
  readonly id: AssetId | MarketId
  readonly worth: WideValue
  readonly factors: LineFactors
  /** Whether all its factors do; if not, its gains count nothing in a scenario or window. */
  readonly earnsOffset: boolean
}

/** What moves an asset, as the epoch has it. */
export function factorsOfAsset(asset: AssetId, { claim }: AssetRisk): LineFactors {
  if (claim === undefined) return { kind: 'asset', price: priceFactor(asset) }
  const { reference, beta } = claim
  return {
    kind: 'claim',
    reference: reference === undefined ? undefined : priceFactor(reference),
    beta,
    peg: pegFactor(asset),
  }
}

/** What moves a perpetual or a dated future: its underlying, and its own basis. */
export function factorsOfContract(terms: Perpetual | DatedFuture): LineFactors {
  const { kind, id, underlying } = terms
  const expiry = terms.kind === 'future' ? terms.expiry : undefined
  return { kind: 'contract', price: priceFactor(underlying), basis: basisFactor(underlying, kind, id), expiry }
}

export function riskLine(
  id: AssetId | MarketId,
  worth: WideValue,
  factors: LineFactors,
  { factorModel }: Plimsoll1Parameters,
): RiskLine {
  const earnsOffset = namesOf(factors).every((factor) => factorOf(factorModel, factor).earnsOffset)
  return { id, worth, factors, earnsOffset }
}

/** Exposures of a line: the share of its worth that moves with each factor. */
export function sharesOf(factors: LineFactors): readonly { readonly factor: FactorId; readonly share: Ppm }[] {
  switch (factors.kind) {
    case 'asset':
      return [{ factor: factors.price, share: WHOLE }]
    case 'claim': {
      const peg = { factor: factors.peg, share: WHOLE }
      return factors.reference === undefined ? [peg] : [{ factor: factors.reference, share: factors.beta }, peg]
    }
    case 'contract':
      return [
        { factor: factors.price, share: WHOLE },
        { factor: factors.basis, share: WHOLE },
      ]
    default:
      return factors satisfies never
  }
}

/** Worths of lines that move with a factor, at full scale and a million times too large. */
export type WideExposures = ReadonlyMap<FactorId, WideValue>

/** Sums of all lines by factor: exact. */
export function wideExposures(lines: readonly RiskLine[]): Map<FactorId, WideValue> {
  const sums = new Map<FactorId, WideValue>()
  for (const { worth, factors } of lines)
    for (const { factor, share } of sharesOf(factors))
      sums.set(factor, add(sums.get(factor) ?? NO_WIDE_VALUE, shareOf(worth, share)))
  return sums
}

/** Each exposure rounded once, to the nearest. */
export function narrowExposures(wide: WideExposures): Map<FactorId, Value> {
  const exposures = new Map<FactorId, Value>()
  for (const [factor, sum] of wide) exposures.set(factor, narrowShareNearest(sum))
  return exposures
}

function namesOf(factors: LineFactors): readonly FactorId[] {
  return sharesOf(factors).map(({ factor }) => factor)
}

import { add, isLess, larger, negate } from '../../../quantity/arithmetic.ts'
import { ppmOfMillionUp } from '../../../quantity/concentration.ts'
import { usefulSizeDown } from '../../../quantity/liquidity.ts'
import { type Ppm, ppm, WHOLE } from '../../../quantity/ppm.ts'
import { NO_QUANTITY, type Quantity } from '../../../quantity/quantity.ts'
import { widen } from '../../../quantity/product.ts'
import { type Value, value } from '../../../quantity/value.ts'
import type { AssetId } from '../../../instrument/identifier.ts'
import { basisFloorUp } from './floors.ts'
import type { MeasuredEpoch } from './measured-epoch.ts'
import type { AssetRisk } from './parameters.ts'
import { sizeFreePart } from './requirement.ts'
import { factorsOfAsset, type RiskLine, riskLine } from './risk-line.ts'
import { figuresOf, sizeFreeMaintenance } from './size-free.ts'
import { underlyingLegs } from './underlying-legs.ts'

/**
 * q*: units of an asset beyond which one more costs its whole value to hold (METHODOLOGY 1); none of what is no collateral
 * or not in the epoch. Rounded down, against the member.
 */
export function usefulSize(risk: AssetRisk | undefined, required: Ppm): Quantity {
  return risk === undefined || !risk.isCollateral ? NO_QUANTITY : usefulSizeDown(required, risk.depth)
}

/** A million USD: what it requires in USD is a share in ppm. */
const MILLION_USD = value(10n ** 24n)

/**
 * w: what the size-free part of MM asks for a worth of the asset, at most the whole, rounded up. Held beside a short contract it may
 * also widen the smaller side of the basis floor, for a claim by beta times its worth: so w is never below what that asks.
 */
export function requiredAlone(asset: AssetId, epoch: MeasuredEpoch): Ppm {
  const risk = epoch.parameters.assets.get(asset)
  if (risk === undefined) return WHOLE
  const line = riskLine(asset, widen(MILLION_USD), factorsOfAsset(asset, risk), epoch.parameters)
  const { asked } = sizeFreePart(figuresOf(sizeFreeMaintenance({ lines: [line], options: [] }, epoch)))
  const required = ppm(ppmOfMillionUp(larger(asked, hedgedInFull(line, epoch))))
  return isLess(required, WHOLE) ? required : WHOLE
}

/** The basis floor of a worth beside as much of a short contract on the same underlying. */
function hedgedInFull(line: RiskLine, { parameters }: MeasuredEpoch): Value {
  const hedged = underlyingLegs({ lines: [line], options: [] }).map((legs) => {
    return { ...legs, perpetual: negate(legs.claims.reduce((sum, claim) => add(sum, claim), legs.spot)) }
  })
  return basisFloorUp(hedged, parameters.basis.maintenance)
}

import { absolute, add, isNegative, larger, negativePart, positivePart, smaller } from '../../../quantity/arithmetic.ts'
import { type Ppm, WHOLE } from '../../../quantity/ppm.ts'
import { shareUp } from '../../../quantity/product.ts'
import { NO_VALUE, type Value } from '../../../quantity/value.ts'
import { NO_WEIGHTED_EXPOSURE, weightedExposure, weightedShareUp } from '../../../quantity/weighted-exposure.ts'

/** Exposures to one underlying in USD, signed, apart by what they are held in: each may part from the others in price. */
export interface UnderlyingLegs {
  readonly spot: Value
  /** One a claim, such as a liquid staking token. */
  readonly claims: readonly Value[]
  readonly perpetual: Value
  /** One an expiry, all contracts of it together. */
  readonly expiries: readonly Value[]
}

/** Exposure to what one claim is worth of what it stands for, USD, signed; and the share lost when its peg slips. */
export interface PegExposure {
  readonly exposure: Value
  readonly slip: Ppm
}

/** How far one price may jump, by how well it is traded. */
export type JumpClass = 'major' | 'large' | 'other'

/** Share of the exposure lost in a jump, long (down) and short (up; may be above the whole). */
export type Jumps = Readonly<Record<JumpClass, { readonly long: Ppm; readonly short: Ppm }>>

/** Exposure to one asset's price in USD, signed. */
export interface JumpExposure {
  readonly exposure: Value
  readonly jumpClass: JumpClass
}

/** Share of the smaller of the long and the short side of each underlying, rounded up once. */
export function basisFloorUp(underlyings: readonly UnderlyingLegs[], share: Ppm): Value {
  return shareUp(
    underlyings.reduce((sum, legs) => add(sum, hedged(legs)), NO_VALUE),
    share,
  )
}

/** Slips of all claims held long, never netted between claims, nothing for a claim held short; rounded up once. */
export function pegFloorUp(claims: readonly PegExposure[]): Value {
  let sum = NO_WEIGHTED_EXPOSURE
  for (const { exposure, slip } of claims) sum = add(sum, weightedExposure(positivePart(exposure), slip))
  return weightedShareUp(sum, WHOLE)
}

/** What the worst jump of a single price loses, rounded up once. */
export function eventChargeUp(exposures: readonly JumpExposure[], jumps: Jumps): Value {
  let worst = NO_WEIGHTED_EXPOSURE
  for (const { exposure, jumpClass } of exposures) {
    const { long, short } = jumps[jumpClass]
    worst = larger(worst, weightedExposure(absolute(exposure), isNegative(exposure) ? short : long))
  }
  return weightedShareUp(worst, WHOLE)
}

/** How much of an underlying is held both long and short, in USD. */
function hedged({ spot, claims, perpetual, expiries }: UnderlyingLegs): Value {
  let [long, short] = [NO_VALUE, NO_VALUE]
  for (const leg of [spot, ...claims, perpetual, ...expiries]) {
    long = add(long, positivePart(leg))
    short = add(short, negativePart(leg))
  }
  return smaller(long, short)
}

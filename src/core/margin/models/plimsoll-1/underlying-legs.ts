import { add } from '../../../quantity/arithmetic.ts'
import { WHOLE } from '../../../quantity/ppm.ts'
import { narrowShareNearest, shareOf } from '../../../quantity/product.ts'
import { NO_WIDE_VALUE, type WideValue } from '../../../quantity/value.ts'
import type { FactorId } from '../../../instrument/identifier.ts'
import { priceFactor } from './factor-name.ts'
import type { UnderlyingLegs } from './floors.ts'
import type { Measured } from './measured.ts'

/** Sums of one underlying while they are collected, a million times too large. */
interface Legs {
  spot: WideValue
  readonly claims: WideValue[]
  perpetual: WideValue
  readonly expiries: Map<number, WideValue>
}

/** What a portfolio has on each underlying, apart by what it is held in; each rounded once, to the nearest. */
export function underlyingLegs({ lines, options }: Measured): readonly UnderlyingLegs[] {
  const underlyings = new Map<FactorId, Legs>()
  const legsOf = (price: FactorId): Legs => {
    const known = underlyings.get(price)
    if (known !== undefined) return known
    const legs = { spot: NO_WIDE_VALUE, claims: [], perpetual: NO_WIDE_VALUE, expiries: new Map() }
    underlyings.set(price, legs)
    return legs
  }
  for (const { worth, factors } of lines) {
    const whole = shareOf(worth, WHOLE)
    switch (factors.kind) {
      case 'asset': {
        const legs = legsOf(factors.price)
        legs.spot = add(legs.spot, whole)
        break
      }
      case 'claim':
        if (factors.reference !== undefined) legsOf(factors.reference).claims.push(shareOf(worth, factors.beta))
        break
      case 'contract': {
        const legs = legsOf(factors.price)
        if (factors.expiry === undefined) legs.perpetual = add(legs.perpetual, whole)
        else addTo(legs.expiries, factors.expiry, whole)
        break
      }
      default:
        factors satisfies never
    }
  }
  for (const { underlying, expiries } of options)
    for (const { expiry, delta } of expiries)
      addTo(legsOf(priceFactor(underlying)).expiries, expiry, shareOf(delta, WHOLE))
  return [...underlyings.values()].map(rounded)
}

function addTo(sums: Map<number, WideValue>, expiry: number, part: WideValue): void {
  sums.set(expiry, add(sums.get(expiry) ?? NO_WIDE_VALUE, part))
}

function rounded({ spot, claims, perpetual, expiries }: Legs): UnderlyingLegs {
  return {
    spot: narrowShareNearest(spot),
    claims: claims.map(narrowShareNearest),
    perpetual: narrowShareNearest(perpetual),
    expiries: [...expiries.values()].map(narrowShareNearest),
  }
}

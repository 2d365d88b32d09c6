import { type Ppm, ppm, WHOLE } from './ppm.ts'
import { type Quantity, quantity } from './quantity.ts'
import { divCeil } from './rounding.ts'
import { MILLION } from './unit.ts'

/** What is borrowed and what is lent of one asset, both >= 0. */
export interface Use {
  readonly borrowed: Quantity
  readonly supplied: Quantity
}

/** Share of what is lent that is borrowed, at most the whole; rounded up, against borrowers. Debts nobody lent for: the whole. */
export function utilisationUp({ borrowed, supplied }: Use): Ppm {
  if (borrowed === 0n) return ppm(0n)
  return borrowed >= supplied ? WHOLE : ppm(divCeil(borrowed * MILLION, supplied))
}

/** Whether more than a share of what is lent is borrowed: exact. Debts nobody lent for are above every share. */
export function isUsedAbove({ borrowed, supplied }: Use, share: Ppm): boolean {
  return borrowed * MILLION > supplied * share
}

/** Whether a larger share is borrowed than in another case: exact, by cross-multiplication. */
export function isUsedMore(use: Use, than: Use): boolean {
  return use.borrowed * than.supplied > than.borrowed * use.supplied
}

/** A point of a curve: its height at a place. */
export interface CurvePoint {
  readonly at: Ppm
  readonly height: Ppm
}

/** Height at a place on the line through two points, rounded up. The second point stands to the right and not lower. */
export function interpolateUp([left, right]: readonly [CurvePoint, CurvePoint], at: Ppm): Ppm {
  return ppm(left.height + divCeil((right.height - left.height) * (at - left.at), right.at - left.at))
}

/** A range of amounts: from the least, in steps, up to but without `below`. */
export interface Steps {
  readonly least: Quantity
  readonly step: Quantity
  readonly below: Quantity
}

/**
 * The largest amount of a range that passes, or zero if its least does not, by halving: exact where everything above the first
 * amount that fails fails too. Throws RangeError unless the step is positive.
 */
export function largestPassing({ least, step, below }: Steps, passes: (amount: Quantity) => boolean): Quantity {
  if (least >= below || !passes(least)) return quantity(0n)
  let passing = 0n
  let failing = divCeil(below - least, step)
  while (failing - passing > 1n) {
    const middle = (passing + failing) >> 1n
    if (passes(quantity(least + middle * step))) passing = middle
    else failing = middle
  }
  return quantity(least + passing * step)
}

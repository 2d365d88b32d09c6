import { add, isLess, isNegative } from '../../../quantity/arithmetic.ts'
import { type Ppm, WHOLE } from '../../../quantity/ppm.ts'
import { shareUp } from '../../../quantity/product.ts'
import { NO_VALUE, type Value } from '../../../quantity/value.ts'
import { invariant } from '../../../ledger/invariant.ts'

/** What a maintenance margin is made of, USD, each >= 0. */
export interface MaintenanceTerms extends SizeFreeTerms, MaintenanceAddOns {}

/** All of these are added to the size-free part. */
export interface MaintenanceAddOns {
  /** Beyond the useful size, no collateral, or not in the epoch. */
  readonly inFull: Value
  readonly liquidity: Value
  readonly keeper: Value
  readonly shortOptionMinimum: Value
}

/** What an initial margin is made of, with open orders at their worst: each term is at least its maintenance counterpart. */
export interface InitialTerms extends MaintenanceTerms, InitialSizeFreeTerms {
  readonly concentration: Value
  readonly oracle: Value
  readonly prudence: Value
  /** What orders would lose by their limits, and what those beyond the jointly tested add. */
  readonly orders: Value
}

/** Only the largest of these counts. */
export interface SizeFreeTerms {
  readonly correlated: Value
  readonly scenario: Value
  readonly history: Value
  readonly basis: Value
  readonly peg: Value
}

export interface InitialSizeFreeTerms extends SizeFreeTerms {
  readonly stress: Value
  readonly event: Value
}

/** What may decide the size-free part of a requirement; stress and event on the initial side only. */
export type BindingTerm = keyof InitialSizeFreeTerms

/** The largest of the terms that are not added up, and the next. */
export interface SizeFreePart {
  /** The first among equals, in the order of `BindingTerm`. */
  readonly binding: BindingTerm
  /** What the binding term asks for; on the initial side with iota. */
  readonly asked: Value
  readonly runnerUp: { readonly term: BindingTerm; readonly asked: Value }
}

/** max(M_cor, M_scn, M_hist, basis, peg) of METHODOLOGY 5. */
export function sizeFreePart({ correlated, scenario, history, basis, peg }: SizeFreeTerms): SizeFreePart {
  return largest([
    ['correlated', correlated],
    ['scenario', scenario],
    ['history', history],
    ['basis', basis],
    ['peg', peg],
  ])
}

/** max(iota max(M_cor, M_scn, M_hist), stress, event, basis, peg), iota >= 1: each product is rounded up. */
export function initialSizeFreePart(terms: InitialSizeFreeTerms, iota: Ppm): SizeFreePart {
  invariant(!isLess(iota, WHOLE), 'INV-ADD-7', () => `iota of ${iota} ppm is less than one`)
  const { correlated, scenario, history, basis, peg, stress, event } = terms
  return largest([
    ['correlated', shareUp(correlated, iota)],
    ['scenario', shareUp(scenario, iota)],
    ['history', shareUp(history, iota)],
    ['basis', basis],
    ['peg', peg],
    ['stress', stress],
    ['event', event],
  ])
}

/** MM: the size-free part and the add-ons. Exact. */
export function maintenanceRequirement(terms: MaintenanceTerms): Value {
  requireTerms(terms)
  return withAddOns(sizeFreePart(terms).asked, terms)
}

/** A size-free part and the add-ons of a maintenance margin. Exact. */
export function withAddOns(asked: Value, { inFull, liquidity, keeper, shortOptionMinimum }: MaintenanceAddOns): Value {
  return sum([asked, inFull, liquidity, keeper, shortOptionMinimum])
}

/** IM: at least the maintenance margin of terms none of which is larger. */
export function initialRequirement(terms: InitialTerms, iota: Ppm): Value {
  requireTerms(terms)
  const { concentration, oracle, prudence, orders } = terms
  const { asked } = initialSizeFreePart(terms, iota)
  return sum([withAddOns(asked, terms), concentration, oracle, prudence, orders])
}

type Candidate = readonly [term: BindingTerm, asked: Value]

function largest(candidates: readonly Candidate[]): SizeFreePart {
  const [first, second] = candidates
  if (first === undefined || second === undefined) throw new RangeError('at least two terms compete')
  let [most, next] = isLess(first[1], second[1]) ? [second, first] : [first, second]
  for (const one of candidates.slice(2)) {
    if (isLess(most[1], one[1])) [most, next] = [one, most]
    else if (isLess(next[1], one[1])) next = one
  }
  return { binding: most[0], asked: most[1], runnerUp: { term: next[0], asked: next[1] } }
}

function sum(terms: readonly Value[]): Value {
  return terms.reduce((all, one) => add(all, one), NO_VALUE)
}

/** A negative term would pay for another. */
function requireTerms(terms: MaintenanceTerms): void {
  for (const [name, term] of Object.entries<Value>({ ...terms }))
    invariant(!isNegative(term), 'INV-ADD-7', () => `${name} is ${term}, which is less than nothing`)
}

import { add, isLess, isNegative } from '../../../quantity/arithmetic.ts'
import { type Ppm, WHOLE } from '../../../quantity/ppm.ts'
import { shareUp } from '../../../quantity/product.ts'
import { NO_VALUE, type Value } from '../../../quantity/value.ts'
import { invariant } from '../../../ledger/invariant.ts'

/** A term with one figure for each requirement. */
export interface SidedTerm {
  readonly maintenance: Value
  readonly initial: Value
}

/** What a requirement is made of, all of one portfolio with one set of open orders filled; USD, each >= 0. */
export interface RequirementTerms {
  readonly correlated: Value
  readonly scenario: Value
  readonly basis: SidedTerm
  readonly peg: SidedTerm
  readonly liquidity: SidedTerm
  readonly keeper: Value
  readonly shortOptionMinimum: Value
  /** From here on in the initial requirement only. */
  readonly stress: Value
  readonly event: Value
  readonly concentration: Value
  readonly oracle: Value
  readonly prudence: Value
}

/** What may decide the size-free part of a requirement; stress and event on the initial side only. */
export type BindingTerm = 'correlated' | 'scenario' | 'stress' | 'event' | 'basis' | 'peg'

/** One requirement, and the largest of the terms that are not added up. */
export interface ComposedSide {
  readonly total: Value
  /** The first among equals, in the order of `BindingTerm`. */
  readonly binding: BindingTerm
  /** What the binding term asks for; on the initial side with iota. */
  readonly sizeFree: Value
}

export interface ComposedRequirement {
  readonly maintenance: ComposedSide
  readonly initial: ComposedSide
}

/**
 * MM and IM of METHODOLOGY 5 for one set of open orders; the worst over sets is the caller's. iota >= 1 raises what the risk
 * measure asks for on the initial side; that product is the only rounding, up.
 */
export function composedRequirement(terms: RequirementTerms, iota: Ppm): ComposedRequirement {
  requireTerms(terms, iota)
  const maintenance = maintenanceSide(terms)
  const initial = initialSide(terms, iota)
  invariant(
    !isLess(initial.total, maintenance.total),
    'INV-ADD-8',
    () => `initial ${initial.total} is less than maintenance ${maintenance.total}`,
  )
  return { maintenance, initial }
}

type Candidate = readonly [binding: BindingTerm, asked: Value]

function maintenanceSide(terms: RequirementTerms): ComposedSide {
  const { correlated, scenario, basis, peg, liquidity, keeper, shortOptionMinimum } = terms
  const [binding, sizeFree] = largest(
    ['correlated', correlated],
    ['scenario', scenario],
    ['basis', basis.maintenance],
    ['peg', peg.maintenance],
  )
  return { total: sum([sizeFree, liquidity.maintenance, keeper, shortOptionMinimum]), binding, sizeFree }
}

function initialSide(terms: RequirementTerms, iota: Ppm): ComposedSide {
  const { correlated, scenario, stress, event, basis, peg, liquidity, keeper, shortOptionMinimum } = terms
  const [measured, risk] = largest(['correlated', correlated], ['scenario', scenario])
  const [binding, sizeFree] = largest(
    [measured, shareUp(risk, iota)],
    ['stress', stress],
    ['event', event],
    ['basis', basis.initial],
    ['peg', peg.initial],
  )
  const { concentration, oracle, prudence } = terms
  const total = sum([sizeFree, liquidity.initial, keeper, shortOptionMinimum, concentration, oracle, prudence])
  return { total, binding, sizeFree }
}

function largest(first: Candidate, ...others: readonly Candidate[]): Candidate {
  return others.reduce((most, one) => (isLess(most[1], one[1]) ? one : most), first)
}

function sum(terms: readonly Value[]): Value {
  return terms.reduce((all, one) => add(all, one), NO_VALUE)
}

/** A negative term would pay for another, and an initial term below its counterpart would let IM fall below MM. */
function requireTerms({ basis, peg, liquidity, ...plain }: RequirementTerms, iota: Ppm): void {
  for (const [name, term] of Object.entries(plain))
    invariant(!isNegative(term), 'INV-ADD-7', () => `${name} is ${term}, which is less than nothing`)
  for (const [name, { maintenance, initial }] of Object.entries({ basis, peg, liquidity }))
    invariant(
      !isNegative(maintenance) && !isLess(initial, maintenance),
      'INV-ADD-7',
      () => `${name}: maintenance ${maintenance} is negative, or more than initial ${initial}`,
    )
  invariant(!isLess(iota, WHOLE), 'INV-ADD-7', () => `iota of ${iota} ppm is less than one`)
}

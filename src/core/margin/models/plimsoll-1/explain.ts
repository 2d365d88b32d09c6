import { add, isNegative, isZero } from '../../../quantity/arithmetic.ts'
import type { Value } from '../../../quantity/value.ts'
import { weightedAway } from '../../../quantity/weighted-exposure.ts'
import { compareNames, type FactorId } from '../../../instrument/identifier.ts'
import type { Attribution, Binding, Explanation, FactorExposure } from '../../explanation.ts'
import type { InitialInput, MarginInput } from '../../model.ts'
import { maintenanceCharge } from './add-on.ts'
import { weightedFactors } from './correlated.ts'
import { correlationTable } from './correlation-table.ts'
import { type ChargedItem, deriveInitial, deriveMaintenance } from './derive-requirement.ts'
import { initialTerms } from './initial-terms.ts'
import { itemExposures } from './item-exposure.ts'
import { maintenanceTerms } from './maintenance-terms.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import { initialSizeFreePart, type SizeFreePart, sizeFreePart } from './requirement.ts'
import { riskBook } from './risk-book.ts'
import type { RiskItem } from './risk-item.ts'
import { scenarioOutcomes } from './scenario-outcome.ts'
import type { SizeFreeInitial, SizeFreeMaintenance } from './size-free.ts'
import { sizeFreeShares } from './size-free-shares.ts'

/** Where the maintenance margin comes from: tree and attribution add up to it, to the last unit. */
export function explainMaintenance({ portfolio, market, parameters: epoch }: MarginInput<PreparedEpoch>): Explanation {
  const { items } = riskBook(portfolio, market, epoch)
  const { terms, sizeFree } = maintenanceTerms({ items }, epoch)
  const part = sizeFreePart(terms)
  const charges = items.map((item) => ({ item, ...maintenanceCharge(item) }))
  const shares = sizeFreeShares(items, part, sizeFree, epoch)
  const { keeper, shortOptionMinimum } = terms
  return {
    derivation: deriveMaintenance(terms, charges, sizeFree, epoch),
    attribution: attributionOf({ held: items, items, shares, charges, addOns: { keeper, shortOptionMinimum } }),
    ...context(items, { sizeFree, part }, epoch),
  }
}

/** Where the initial margin comes from, open orders at their worst: the same. */
export function explainInitial(input: InitialInput<PreparedEpoch>): Explanation {
  const { parameters: epoch } = input
  const { book, items, terms, sizeFree, charges } = initialTerms(input)
  const part = initialSizeFreePart(terms, epoch.parameters.initialFactor)
  const shares = sizeFreeShares(items, part, sizeFree, epoch)
  const { keeper, shortOptionMinimum, concentration, oracle, prudence, orders } = terms
  const addOns = { keeper, shortOptionMinimum, concentration, oracle, prudence, orders }
  return {
    derivation: deriveInitial(terms, charges, sizeFree, epoch),
    attribution: attributionOf({ held: book.items, items, shares, charges, addOns }),
    ...context(items, { sizeFree, part }, epoch),
  }
}

/** Shares of the size-free part and charges by what bears them, then the add-ons nobody bears alone; what is zero is left out. */
function attributionOf({
  held,
  items,
  shares,
  charges,
  addOns,
}: {
  readonly held: readonly RiskItem[]
  readonly items: readonly RiskItem[]
  readonly shares: readonly Value[]
  readonly charges: readonly ChargedItem[]
  readonly addOns: Readonly<Record<string, Value>>
}): readonly Attribution[] {
  const borne = new Map<string, Attribution>()
  const heldIds = new Set(held.map(({ id }) => id))
  const plus = (item: RiskItem, more: Value) => {
    const kind = heldIds.has(item.id) ? kindOf(item) : 'order'
    const before = borne.get(item.id)
    borne.set(item.id, { kind, id: item.id, value: before === undefined ? more : add(before.value, more) })
  }
  items.forEach((item, i) => {
    const share = shares[i]
    if (share !== undefined) plus(item, share)
  })
  for (const { item, closing, inFull } of charges) plus(item, add(closing, inFull))
  const rest = Object.entries(addOns).map(([id, value]): Attribution => ({ kind: 'addOn', id, value }))
  return [...borne.values(), ...rest].filter(({ value }) => !isZero(value))
}

function kindOf(item: RiskItem): Attribution['kind'] {
  switch (item.kind) {
    case 'owned':
      return 'collateral'
    case 'debt':
      return 'borrow'
    case 'contract':
    case 'option':
      return 'position'
    case 'cash':
      return isNegative(item.worth) ? 'borrow' : 'collateral'
    case 'unmeasured':
      return item.sort
    default:
      return item satisfies never
  }
}

function context(
  items: readonly RiskItem[],
  of: { readonly sizeFree: SizeFreeMaintenance | SizeFreeInitial; readonly part: SizeFreePart },
  epoch: PreparedEpoch,
): Pick<Explanation, 'binding' | 'exposures' | 'scenarios' | 'correlations'> {
  const exposures = factorExposures(items, of.sizeFree, epoch)
  const earning = exposures.filter(({ earnsOffset }) => earnsOffset).map(({ factor }) => factor)
  return {
    binding: bindingOf(of.part, of.sizeFree),
    exposures,
    scenarios: scenarioOutcomes(items, epoch),
    get correlations() {
      return correlationTable(earning, epoch.parameters.factorModel)
    },
  }
}

function bindingOf({ binding, runnerUp }: SizeFreePart, sizeFree: SizeFreeMaintenance | SizeFreeInitial): Binding {
  const scenarioOf = (term: string) => {
    if (term === 'scenario') return sizeFree.scenario.scenario?.id
    return term === 'stress' && 'stress' in sizeFree ? sizeFree.stress.scenario?.id : undefined
  }
  return {
    component: binding,
    regime: binding === 'correlated' ? sizeFree.correlated.regime : undefined,
    scenario: scenarioOf(binding),
    runnerUp: { component: runnerUp.term, scenario: scenarioOf(runnerUp.term), value: runnerUp.asked },
  }
}

function factorExposures(
  items: readonly RiskItem[],
  { exposures }: SizeFreeMaintenance,
  epoch: PreparedEpoch,
): readonly FactorExposure[] {
  const from = new Map<FactorId, string[]>()
  for (const item of items)
    for (const { factor, exposure } of itemExposures(item, epoch))
      if (!isZero(exposure)) from.set(factor, [...(from.get(factor) ?? []), item.id])
  const { earned, notEarned } = weightedFactors(exposures, epoch.parameters.factorModel)
  return [...earned, ...notEarned]
    .map(({ id, factor, weighted }): FactorExposure => {
      const { riskWeight, earnsOffset } = factor
      const exposure = exposures.get(id)
      if (exposure === undefined) throw new RangeError(`no exposure to ${id}`)
      return {
        factor: id,
        exposure,
        riskWeight,
        weighted: weightedAway(weighted),
        earnsOffset,
        from: from.get(id) ?? [],
      }
    })
    .sort((a, b) => compareNames(a.factor, b.factor))
}

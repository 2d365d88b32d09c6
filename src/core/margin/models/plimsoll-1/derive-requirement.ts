import { add, isZero } from '../../../quantity/arithmetic.ts'
import type { Ppm } from '../../../quantity/ppm.ts'
import { shareUp } from '../../../quantity/product.ts'
import { NO_VALUE, type Value } from '../../../quantity/value.ts'
import { unitShare } from '../../../quantity/weighted-exposure.ts'
import { type Derivation, given } from '../../derivation.ts'
import type { ItemCharge } from './add-on.ts'
import { deriveCorrelated } from './derive-correlated.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import {
  type BindingTerm,
  type InitialTerms,
  initialRequirement,
  initialSizeFreePart,
  type MaintenanceTerms,
  maintenanceRequirement,
  sizeFreePart,
} from './requirement.ts'
import type { RiskItem } from './risk-item.ts'
import type { SizeFreeInitial, SizeFreeMaintenance } from './size-free.ts'

/** An item with what closing it costs and what of it is charged in full. */
export interface ChargedItem extends ItemCharge {
  readonly item: RiskItem
}

/** MM as a tree. */
export function deriveMaintenance(
  terms: MaintenanceTerms,
  charges: readonly ChargedItem[],
  sizeFree: SizeFreeMaintenance,
  epoch: PreparedEpoch,
): Derivation {
  const part = sizeFreePart(terms)
  const leaves = measuredLeaves(terms, sizeFree, epoch)
  return {
    id: 'maintenanceMargin',
    op: 'sum',
    value: maintenanceRequirement(terms),
    source: 'METHODOLOGY 5',
    note: 'the largest of what may be lost, and what closing costs',
    terms: [largestOf(part.asked, part.binding, leaves), ...addOns(terms, charges)],
  }
}

/** IM as a tree. */
export function deriveInitial(
  terms: InitialTerms,
  charges: readonly ChargedItem[],
  sizeFree: SizeFreeInitial,
  epoch: PreparedEpoch,
): Derivation {
  const iota = epoch.parameters.initialFactor
  const part = initialSizeFreePart(terms, iota)
  const { stress, concentration, oracle, prudence, orders } = terms
  const [correlated, scenario, history, basis, peg] = measuredLeaves(terms, sizeFree, epoch)
  const scaled = [correlated, scenario, history].map((leaf) => timesIota(leaf, iota))
  const worst = sizeFree.stress.scenario?.id ?? 'no named crash loses anything'
  const leaves = [
    ...scaled,
    basis,
    peg,
    { ...given('stress', stress, worst), rounded: 'up' as const },
    { ...given('event', terms.event, 'the worst jump of one price'), rounded: 'up' as const },
  ]
  return {
    id: 'initialMargin',
    op: 'sum',
    value: initialRequirement(terms, iota),
    source: 'METHODOLOGY 5',
    note: 'open orders at their worst side',
    terms: [
      largestOf(part.asked, part.binding, leaves),
      ...addOns(terms, charges),
      given('concentration', concentration, 'what the venue holds too much of'),
      given('oracle', oracle, 'prices of low confidence'),
      given('prudence', prudence, 'mark less the worse of mark, smoothed price, bid and ask'),
      given('orders', orders, 'limits worse than the mark, and markets tried apart'),
    ],
  }
}

type MeasuredLeaves = readonly [Derivation, Derivation, Derivation, Derivation, Derivation]

function measuredLeaves(terms: MaintenanceTerms, sizeFree: SizeFreeMaintenance, epoch: PreparedEpoch): MeasuredLeaves {
  const { scenario, history } = sizeFree
  const count = epoch.parameters.scenarios.filter(({ initialOnly }) => !initialOnly).length
  const windows = epoch.windows.table.rowCount
  const source = 'METHODOLOGY 4'
  const rounded = 'up' as const
  const mean = `mean of the ${history.windows.length} largest losses`
  return [
    deriveCorrelated(sizeFree, epoch),
    {
      ...given('scenario', scenario.loss, scenario.scenario?.id ?? 'no scenario loses anything'),
      op: 'worstLoss',
      count,
      rounded,
      source,
    },
    { ...given('history', history.loss, mean), op: 'worstLoss', count: windows, rounded, source },
    { ...given('basis', terms.basis, 'share of the smaller side of each underlying'), rounded },
    { ...given('peg', terms.peg, 'slip of every claim owned'), rounded },
  ]
}

function timesIota(leaf: Derivation, iota: Ppm): Derivation {
  return {
    id: `${leaf.id}/initial`,
    op: 'scale',
    factor: unitShare(iota),
    value: shareUp(leaf.value, iota),
    rounded: 'up',
    terms: [leaf],
    note: 'iota',
  }
}

function largestOf(asked: Value, binding: BindingTerm, leaves: readonly Derivation[]): Derivation {
  const terms = leaves.map((leaf) =>
    leaf.id === binding || leaf.id === `${binding}/initial` ? { ...leaf, binding: true as const } : leaf,
  )
  return { id: 'larger', op: 'max', value: asked, terms, note: 'only the largest counts' }
}

function addOns(terms: MaintenanceTerms, charges: readonly ChargedItem[]): readonly Derivation[] {
  return [
    itemSum('liquidity', charges, ({ closing }) => closing, 'half the spread, and impact with the root of the size'),
    itemSum(
      'inFull',
      charges,
      ({ inFull }) => inFull,
      'no collateral, too much of it, or not in the epoch: its own value',
    ),
    { ...given('keeper', terms.keeper, 'flat fee and a share of contracts and debts'), rounded: 'up' },
    {
      ...given('shortOptionMinimum', terms.shortOptionMinimum, 'share of the index of net short options'),
      rounded: 'up',
    },
  ]
}

function itemSum(
  id: string,
  charges: readonly ChargedItem[],
  figure: (charge: ChargedItem) => Value,
  note: string,
): Derivation {
  const paid = charges.filter((charge) => !isZero(figure(charge)))
  const value = paid.reduce((sum, charge) => add(sum, figure(charge)), NO_VALUE)
  const terms = paid.map((charge): Derivation => ({
    ...given(`${id}/${charge.item.id}`, figure(charge), ''),
    rounded: 'up',
  }))
  return { id, op: 'sum', value, terms, note }
}

import type { AttributionRow, NettingSetReport } from '../../wire/margin-report.ts'
import { atomsOf } from '../amount.ts'
import { sharedSteps } from '../shared-steps.ts'
import { setFigures } from './set-figures.ts'

/** What one thing bears of both requirements, in figures that add up as shown. */
export interface AttributionShare {
  readonly label: string
  readonly kind: AttributionRow['kind']
  /** Of the maintenance margin. */
  readonly cents: bigint
  /** Of the initial margin. */
  readonly initialCents: bigint
  /** Tenths of a percent of the maintenance margin. */
  readonly tenths: bigint
  readonly isBinding: boolean
  /** Whether it bears any of the maintenance margin at all. */
  readonly isInMaintenance: boolean
}

const ATOMS_PER_CENT = 10n ** 16n

/** Who bears the requirements, the largest share of the maintenance margin first and what protects last. */
export function attributionShares(set: NettingSetReport): readonly AttributionShare[] {
  const { maintenanceMargin, initialMargin } = setFigures(set)
  const maintenance = set.attribution.map((row) => atomsOf(row.maintenanceMargin))
  const initial = set.attribution.map((row) => atomsOf(row.initialMargin))
  const cents = sharedSteps(maintenance, { total: maintenanceMargin, step: ATOMS_PER_CENT })
  const initialCents = sharedSteps(initial, { total: initialMargin, step: ATOMS_PER_CENT })
  const whole = maintenance.reduce((sum, atoms) => sum + atoms, 0n)
  const tenths = sharedSteps(
    maintenance.map((atoms) => atoms * 1_000n),
    { total: 1_000n, step: whole > 0n ? whole : 1n },
  )
  return set.attribution
    .map((row, i) => ({
      label: labelOf(row, set),
      kind: row.kind,
      cents: cents[i] ?? 0n,
      initialCents: initialCents[i] ?? 0n,
      tenths: tenths[i] ?? 0n,
      isBinding: set.binding?.component === row.id,
      isInMaintenance: maintenance[i] !== 0n,
    }))
    .toSorted((a, b) => (a.cents > b.cents ? -1 : a.cents < b.cents ? 1 : 0))
}

function labelOf({ kind, id, maintenanceMargin }: AttributionRow, set: NettingSetReport): string {
  if (maintenanceMargin.startsWith('-')) return `${id}, ${protection(kind, id, set)}`
  switch (kind) {
    case 'borrow':
      return `${id}, owed`
    case 'addOn':
      return ADD_ONS.get(id) ?? id
    case 'order':
      return `${id}, orders`
    case 'collateral':
    case 'position':
      return id
    default:
      return kind satisfies never
  }
}

/** What it does for the others: of an option the side says nothing of the direction. */
function protection(kind: AttributionRow['kind'], id: string, { positions }: NettingSetReport): string {
  if (kind === 'collateral') return 'hedges the short'
  if (kind === 'borrow') return 'hedges the long'
  const held = positions.filter(({ market }) => market === id)
  if (kind !== 'position' || held.length !== 1 || /-[CP]$/.test(id)) return 'protects'
  return held[0]?.quantity.startsWith('-') === true ? 'hedges the long' : 'hedges the short'
}

const ADD_ONS: ReadonlyMap<string, string> = new Map([
  ['keeper/fixed', 'closing fee, fixed'],
  ['keeper', 'closing fee'],
  ['liquidity', 'closing: spread, impact'],
  ['shortOptionMinimum', 'short options, least'],
  ['concentration', 'venue crowded'],
  ['oracle', 'doubtful prices'],
  ['prudence', 'worse prices'],
  ['orders', 'orders at worse limits'],
  ['aboveAccountCap', 'above the cap'],
])

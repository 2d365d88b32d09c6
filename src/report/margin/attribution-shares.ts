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
      label: labelOf(row),
      kind: row.kind,
      cents: cents[i] ?? 0n,
      initialCents: initialCents[i] ?? 0n,
      tenths: tenths[i] ?? 0n,
      isBinding: set.binding?.component === row.id,
      isInMaintenance: maintenance[i] !== 0n,
    }))
    .toSorted((a, b) => (a.cents > b.cents ? -1 : a.cents < b.cents ? 1 : 0))
}

function labelOf({ kind, id, maintenanceMargin }: AttributionRow): string {
  if (maintenanceMargin.startsWith('-')) return `${id}, protects`
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

const ADD_ONS: ReadonlyMap<string, string> = new Map([
  ['keeper/fixed', 'closing fee, fixed'],
  ['keeper', 'closing fee'],
  ['liquidity', 'closing: spread, impact'],
  ['shortOptionMinimum', 'short options, least'],
])

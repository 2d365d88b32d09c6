import { atomsOf, centsDown, centsUp } from '../amount.ts'
import { sharedSteps } from '../shared-steps.ts'
import type { MarginStatus, NettingSetReport } from '../../wire/margin-report.ts'
import type { Role } from '../terminal/pen.ts'

/** What a screen shows of one netting set, in cents that add up as shown. Requirements are rounded up, what is held down. */
export interface SetFigures {
  readonly netLiquidationValue: bigint
  readonly initialMargin: bigint
  readonly maintenanceMargin: bigint
  /** Drawn by the lines of a pool. */
  readonly drawn: bigint
  readonly excess: bigint
  readonly available: bigint
  readonly collateral: readonly bigint[]
  readonly borrows: readonly bigint[]
  readonly positions: readonly bigint[]
}

const ATOMS_PER_CENT = 10n ** 16n

export function setFigures(set: NettingSetReport): SetFigures {
  const netLiquidationValue = centsDown(atomsOf(set.netLiquidationValue))
  const initialMargin = centsUp(atomsOf(set.initialMargin))
  const maintenanceMargin = centsUp(atomsOf(set.maintenanceMargin))
  const drawn = set.line !== null && 'drawnByBuckets' in set.line ? centsUp(atomsOf(set.line.drawnByBuckets)) : 0n
  const rows = [...set.collateral, ...set.borrows, ...set.positions].map(({ value }) => atomsOf(value))
  const cents = sharedSteps(rows, { total: netLiquidationValue, step: ATOMS_PER_CENT })
  const [held, owed] = [set.collateral.length, set.collateral.length + set.borrows.length]
  return {
    netLiquidationValue,
    initialMargin,
    maintenanceMargin,
    drawn,
    excess: netLiquidationValue - maintenanceMargin - drawn,
    available: netLiquidationValue - initialMargin,
    collateral: cents.slice(0, held),
    borrows: cents.slice(held, owed),
    positions: cents.slice(owed),
  }
}

/** Millionths of a ratio in a report. */
export function millionthsOf(ratio: string): bigint {
  return atomsOf(ratio) / 10n ** 12n
}

/** Tenths of a percent, rounded up: `60.5 %`. */
export function percentUp(ratio: string): string {
  const tenths = (millionthsOf(ratio) + 999n) / 1_000n
  return `${tenthsText(tenths)} %`
}

/** Tenths as `60.5`, with commas between thousands. */
export function tenthsText(tenths: bigint): string {
  const size = tenths < 0n ? -tenths : tenths
  const whole = (size / 10n).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  return `${tenths < 0n ? '−' : ''}${whole}.${size % 10n}`
}

/** How a status is painted: as a word, and as the fill of a bar. */
export function statusRoles(status: MarginStatus): { readonly word: Role; readonly fill: Role } {
  switch (status) {
    case 'healthy':
    case 'unencumbered':
      return { word: 'good', fill: 'gain' }
    case 'warning':
    case 'reduce-only':
      return { word: 'caution', fill: 'care' }
    case 'liquidatable':
    case 'insolvent':
      return { word: 'bad', fill: 'loss' }
    default:
      return status satisfies never
  }
}

/** Netting sets that need attention first: to be liquidated, then by what they use, then as the report has them. */
export function worstFirst(sets: readonly NettingSetReport[]): readonly NettingSetReport[] {
  const rank = (set: NettingSetReport): bigint => {
    if (set.liquidatable) return -1n
    if (set.status === 'unencumbered') return 2n
    return set.status === 'insolvent' ? 0n : 1n
  }
  const usage = (set: NettingSetReport) => (set.marginUsage === null ? 0n : millionthsOf(set.marginUsage))
  return sets.toSorted((a, b) => sign(rank(a) - rank(b)) || sign(usage(b) - usage(a)))
}

function sign(n: bigint): number {
  return n < 0n ? -1 : n > 0n ? 1 : 0
}

import { atomsOf, roundedTo } from '../../report/amount.ts'
import { printedCents, printedCount, scaleOf, shortAmount } from '../../report/figure.ts'
import type { ModeRun, ReplayReport } from './replay-report.ts'
import { type Saving, savingOf } from './saving.ts'

export type MeasureId =
  | 'liquidated'
  | 'liquidations'
  | 'notional'
  | 'penalties'
  | 'capital'
  | 'badDebt'
  | 'fund'
  | 'deficit'

/** One thing measured in every run: what the comparison is made of. */
export interface Measure {
  readonly id: MeasureId
  readonly label: string
  readonly unit: 'count' | 'USD'
  /** One per run, in the order of the runs: a count, or atoms (1e-18 USD). */
  readonly values: readonly bigint[]
  /** The values as they are shown. */
  readonly shown: readonly string[]
  /** Cross against isolated, where both were run. */
  readonly saving: Saving | undefined
}

/** In this order; the capital required only where both modes ran. Bad debt is the sum of its two parts as they are shown. */
export function measuresOf({ runs, comparison }: ReplayReport): readonly Measure[] {
  const count = (id: MeasureId, label: string, of: (run: ModeRun) => number): Measure => {
    const values = runs.map((run) => BigInt(of(run)))
    return { id, label, unit: 'count', values, shown: values.map(printedCount), saving: savingIn(runs, values) }
  }
  const usd = (id: MeasureId, label: string, of: (run: ModeRun) => string): Measure => {
    const values = runs.map((run) => atomsOf(of(run)))
    return { id, label, unit: 'USD', values, shown: values.map(shortAmount), saving: savingIn(runs, values) }
  }
  return [
    count('liquidated', 'Accounts liquidated', ({ liquidated }) => liquidated),
    count('liquidations', 'Liquidations carried out', ({ liquidations }) => liquidations),
    usd('notional', 'Notional closed', ({ notionalClosed }) => notionalClosed),
    usd('penalties', 'Penalties paid', ({ penalties }) => penalties),
    ...(comparison === undefined
      ? []
      : [usd('capital', 'Capital required at open', ({ mode }) => comparison.capitalRequired[mode])]),
    ...badDebtMeasures(runs),
  ]
}

/** Losses that liquidated accounts could not pay, in atoms: drawn from the insurance fund, and left after it. */
export function badDebtOf({ insuranceDrawn, deficit }: ModeRun): bigint {
  return atomsOf(insuranceDrawn) + atomsOf(deficit)
}

/** Accounts that were opened in a run. Below the accounts asked for where a kind was left out. */
export function openedAccounts({ kinds }: ModeRun): number {
  return kinds.reduce((sum, { accounts }) => sum + accounts, 0)
}

/** The runs of both modes, if both were made. */
export function pairOf(runs: readonly ModeRun[]): { readonly cross: ModeRun; readonly isolated: ModeRun } | undefined {
  const cross = runs.find(({ mode }) => mode === 'cross')
  const isolated = runs.find(({ mode }) => mode === 'isolated')
  return cross === undefined || isolated === undefined ? undefined : { cross, isolated }
}

function badDebtMeasures(runs: readonly ModeRun[]): readonly Measure[] {
  const funds = runs.map(({ insuranceDrawn }) => atomsOf(insuranceDrawn))
  const deficits = runs.map(({ deficit }) => atomsOf(deficit))
  const totals = runs.map(badDebtOf)
  const { unit, step } = scaleOf(totals)
  const rounded = (atoms: bigint | undefined) => roundedTo(atoms ?? 0n, step)
  const row = (id: MeasureId, label: string, values: readonly bigint[], hundredths: readonly bigint[]): Measure => {
    const shown = hundredths.map((figure) => printedCents(figure) + unit)
    return { id, label, unit: 'USD', values, shown, saving: savingIn(runs, values) }
  }
  const sums = runs.map((_run, i) => rounded(funds[i]) + rounded(deficits[i]))
  return [
    row('badDebt', 'Bad debt', totals, sums),
    row('fund', 'of it from the insurance fund', funds, funds.map(rounded)),
    row('deficit', 'of it left as deficit', deficits, deficits.map(rounded)),
  ]
}

function savingIn(runs: readonly ModeRun[], values: readonly bigint[]): Saving | undefined {
  const cross = values[runs.findIndex(({ mode }) => mode === 'cross')]
  const isolated = values[runs.findIndex(({ mode }) => mode === 'isolated')]
  return cross === undefined || isolated === undefined ? undefined : savingOf({ cross, isolated })
}

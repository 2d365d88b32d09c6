import { atomsOf } from '../../report/amount.ts'
import { printedCount, shortAmount } from '../../report/figure.ts'
import { badDebtOf, type Measure, type MeasureId, measuresOf, openedAccounts } from './measure.ts'
import type { Mode, ModeRun, OtherModel, ReplayReport } from './replay-report.ts'
import { savingInWords, savingOf } from './saving.ts'

/** One run of one model. */
export interface ModelColumn {
  readonly model: string
  readonly mode: Mode
}

/** A measure of the same accounts under both models. */
export interface ModelRow extends Pick<Measure, 'id' | 'label' | 'unit'> {
  /** One per column: a count, or atoms (1e-18 USD). */
  readonly values: readonly bigint[]
  readonly shown: readonly string[]
}

/** Rows of the comparison, in its order. */
const COMPARED: readonly MeasureId[] = ['liquidated', 'notional', 'penalties', 'capital', 'badDebt', 'deficit']

/** The report's own model first, of each model the runs in their order; nothing without another model. */
export function modelColumnsOf({ model, runs, otherModel }: ReplayReport): readonly ModelColumn[] {
  if (otherModel === undefined) return []
  const columns = (name: string, of: readonly ModeRun[]) => of.map(({ mode }) => ({ model: name, mode }))
  return [...columns(model, runs), ...columns(otherModel.model, otherModel.runs)]
}

/** The main figures in these columns; nothing without another model. */
export function modelRowsOf({ runs, comparison, otherModel }: ReplayReport): readonly ModelRow[] {
  if (otherModel === undefined) return []
  const [own, other] = [measuresOf({ runs, comparison }), measuresOf(comparableOf(otherModel))]
  return COMPARED.flatMap((id) => {
    const [left, right] = [own, other].map((measures) => measures.find((measure) => measure.id === id))
    if (left === undefined || right === undefined) return []
    const label = id === 'deficit' ? 'Deficit left' : left.label
    const values = [...left.values, ...right.values]
    return [{ id, label, unit: left.unit, values, shown: [...left.shown, ...right.shown] }]
  })
}

/** How large the accounts are, and what both models made of them, mode by mode, for better or worse. Nothing without another model. */
export function modelSentencesOf(report: ReplayReport): readonly string[] {
  const { model, runs, otherModel } = report
  if (otherModel === undefined) return []
  const facts = runs.flatMap((run) => {
    const other = otherModel.runs.find(({ mode }) => mode === run.mode)
    return other === undefined ? [] : sentencesOfMode(report, otherModel, run, other)
  })
  return [sizesInWords(model, otherModel), ...facts]
}

/** All runs of a report, those of the other model last. */
export function allRunsOf({ runs, otherModel }: Pick<ReplayReport, 'runs' | 'otherModel'>): readonly ModeRun[] {
  return [...runs, ...(otherModel?.runs ?? [])]
}

function comparableOf({ runs, capitalRequired }: OtherModel): Parameters<typeof measuresOf>[0] {
  return { runs, comparison: capitalRequired === undefined ? undefined : { capitalRequired } }
}

function sizesInWords(model: string, { model: other, sizes }: OtherModel): string {
  const count = (counts: (tenths: number) => boolean) =>
    sizes.reduce((sum, { tenths, accounts }) => (counts(tenths) ? sum + accounts : sum), 0)
  const [whole, smaller, none] = [
    count((left) => left === 10),
    count((left) => left > 0 && left < 10),
    count((left) => left === 0),
  ]
  const apart = none === 0 ? '' : `, ${printedCount(none)} with deposits only`
  return (
    `Accounts are drawn to what ${other} allows and sized down until ${model} lets them open too: ${printedCount(whole)} opened as ` +
    `drawn, ${printedCount(smaller)} with some tenths of their trades${apart}. So ${other} starts with room to spare.`
  )
}

function sentencesOfMode(
  { model, comparison }: ReplayReport,
  { model: other, capitalRequired }: OtherModel,
  own: ModeRun,
  others: ModeRun,
): readonly string[] {
  const { mode } = own
  const [debt, otherDebt] = [badDebtOf(own), badDebtOf(others)]
  const unpaid =
    debt === otherDebt
      ? debt === 0n
        ? 'neither left bad debt'
        : `both left bad debt of ${shortAmount(debt)} USD`
      : `bad debt was ${shortAmount(debt)} USD against ${shortAmount(otherDebt)} USD`
  const how = mode === 'cross' ? 'Pooled' : 'Kept apart'
  const liquidated = `${how}, ${model} liquidated ${printedCount(own.liquidated)} of ${printedCount(openedAccounts(own))} accounts, ${other} ${printedCount(others.liquidated)}`
  if (comparison === undefined || capitalRequired === undefined) return [`${liquidated}; ${unpaid}.`]
  const capital = [comparison.capitalRequired[mode], capitalRequired[mode]].map(atomsOf)
  const [asked = 0n, otherAsked = 0n] = capital
  return [
    `${liquidated}; ${model} required ${capitalInWords(asked, otherAsked)}, and ${unpaid}.`,
    verdictInWords(signOf(asked - otherAsked), signOf(debt - otherDebt)),
  ]
}

function capitalInWords(asked: bigint, otherAsked: bigint): string {
  const saving = savingOf({ cross: asked, isolated: otherAsked })
  switch (saving.kind) {
    case 'nothing':
    case 'same':
      return 'the same capital'
    case 'onlyCross':
      return 'capital where the other required none'
    case 'less':
    case 'more':
      return `${savingInWords(saving)} capital`
    default:
      return saving satisfies never
  }
}

/** What more or less capital went with, in bad debt: also where it is no praise. */
function verdictInWords(capital: Sign, debt: Sign): string {
  const asked = { '-1': 'It asked for less', 0: 'It asked for the same', 1: 'It asked for more' }[capital]
  const left = {
    '-1': {
      '-1': 'and left less unpaid: better on both counts',
      0: 'and left no more unpaid',
      1: 'and left more unpaid',
    },
    0: { '-1': 'and left less unpaid', 0: 'and left the same', 1: 'and left more unpaid' },
    1: {
      '-1': 'and left less unpaid',
      0: 'and no bad debt was avoided by it',
      1: 'and still left more unpaid: worse on both counts',
    },
  }[capital][debt]
  return `${asked} ${left}.`
}

type Sign = -1 | 0 | 1

function signOf(difference: bigint): Sign {
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

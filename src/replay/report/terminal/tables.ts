import { atomsOf } from '../../../report/amount.ts'
import { printedCount, shortAmount } from '../../../report/figure.ts'
import { kindRowsOf } from '../kind-row.ts'
import { type Measure, measuresOf } from '../measure.ts'
import { moneyFlowsOf } from '../money-flow.ts'
import type { ModeRun, ReplayReport } from '../replay-report.ts'
import { savingInColumn } from '../saving.ts'
import { wrapped } from '../../../report/terminal/cells.ts'
import type { Layout } from './layout.ts'
import { drawn, from, type Ink, type Piece, upTo } from '../../../report/terminal/pen.ts'

/** Cross beside isolated, or the one run there is. */
export function measureTable(report: ReplayReport, layout: Layout): readonly string[] {
  const { ink, edges, lastEdge } = layout
  const title = report.runs.length > 1 ? 'Same accounts, same tape' : 'What happened'
  const saves = lastEdge === undefined ? [] : [upTo(lastEdge, 'cross saves', 'dim')]
  const rule = '─'.repeat(Math.max(0, (lastEdge ?? edges.at(-1) ?? ink.columns) - 2))
  return [
    drawn([from(2, title), ...modeHeads(report.runs, edges), ...saves], ink),
    drawn([from(2, rule, 'dim')], ink),
    ...measuresOf(report).map((measure) => drawn(measureRow(measure, layout), ink)),
  ]
}

/** Liquidated accounts by kind: how many there are, and how many went in each run. */
export function kindTable(
  { runs, leftOut }: ReplayReport,
  { ink, edges, countEdge, lastEdge }: Layout,
): readonly string[] {
  const saves = lastEdge === undefined ? [] : [upTo(lastEdge, 'cross saves', 'dim')]
  const head = [from(2, 'Who was liquidated'), upTo(countEdge, 'of', 'dim'), ...modeHeads(runs, edges), ...saves]
  const rows = kindRowsOf(runs).map(({ label, accounts, liquidated, saving }) => [
    from(2, label, 'dim'),
    upTo(countEdge, printedCount(accounts)),
    ...liquidated.map((count, i) => upTo(edges[i] ?? 0, printedCount(count))),
    ...(lastEdge === undefined || saving === undefined ? [] : [upTo(lastEdge, savingInColumn(saving))]),
  ])
  return [head, ...rows, ...leftOut.flatMap((kind) => leftOutRows(kind, ink))].map((pieces) => drawn(pieces, ink))
}

/** Penalties, insurance fund, deficit, fees and the other side of everything. */
export function moneyTable({ runs }: ReplayReport, { ink, edges }: Layout): readonly string[] {
  const rows = moneyFlowsOf(runs).map(({ label, shown, isLoss, isPart }) => [
    from(isPart ? 4 : 2, label, 'dim'),
    ...shown.map((figure, i) => upTo(edges[i] ?? 0, figure, isLoss[i] === true ? 'loss' : 'plain')),
  ])
  return [[from(2, 'Where the losses went, USD'), ...modeHeads(runs, edges)], ...rows].map((row) => drawn(row, ink))
}

/** The accounts that lost most by being pooled; nothing where only one mode was run. */
export function worseTable({ comparison, runs }: ReplayReport, { ink, edges, lastEdge }: Layout): readonly string[] {
  if (comparison === undefined) return []
  const { accounts, examples } = comparison.worseUnderCross
  if (accounts === 0) return [drawn([from(2, 'No account ended with less under cross than under isolated.')], ink)]
  const counted = `${printedCount(accounts)} ${accounts === 1 ? 'account' : 'accounts'} worse under cross`
  const last = lastEdge === undefined ? [] : [upTo(lastEdge, 'less by', 'dim')]
  const rows = examples.map(({ account, label, cross, isolated }) => {
    const [pooled, apart] = [atomsOf(cross), atomsOf(isolated)]
    return [
      from(2, `${account}  ${label}`, 'dim'),
      ...[pooled, apart].map((atoms, i) => upTo(edges[i] ?? 0, shortAmount(atoms))),
      ...(lastEdge === undefined ? [] : [upTo(lastEdge, shortAmount(apart - pooled), 'loss')]),
    ]
  })
  const head = [from(2, examples.length === 0 ? counted : `${counted}, USD`), ...modeHeads(runs, edges), ...last]
  return [head, ...rows].map((row) => drawn(row, ink))
}

function modeHeads(runs: readonly ModeRun[], edges: readonly number[]): readonly Piece[] {
  return runs.map(({ mode }, i) => upTo(edges[i] ?? 0, mode.toUpperCase(), 'dim'))
}

function measureRow(
  { id, label, unit, values, shown, saving }: Measure,
  { edges, lastEdge }: Layout,
): readonly Piece[] {
  const isPart = id === 'fund' || id === 'deficit'
  const isLoss = isPart || id === 'badDebt'
  return [
    from(isPart ? 4 : 2, unit === 'USD' && !isPart ? `${label}, USD` : label, 'dim'),
    ...shown.map((figure, i) => upTo(edges[i] ?? 0, figure, isLoss && (values[i] ?? 0n) > 0n ? 'loss' : 'plain')),
    ...(lastEdge === undefined || saving === undefined ? [] : [upTo(lastEdge, savingInColumn(saving))]),
  ]
}

function leftOutRows({ label, reason }: ReplayReport['leftOut'][number], ink: Ink): readonly (readonly Piece[])[] {
  const lines = wrapped(`${label}: left out, ${reason}`, Math.max(1, ink.columns - 5))
  return lines.map((line, i) => [from(i === 0 ? 2 : 4, line, 'dim')])
}

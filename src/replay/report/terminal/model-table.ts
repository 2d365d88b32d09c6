import { type ModelRow, modelColumnsOf, modelRowsOf, modelSentencesOf } from '../model-comparison.ts'
import type { ReplayReport } from '../replay-report.ts'
import { harmless, wrapped } from '../../../report/terminal/cells.ts'
import type { Layout } from './layout.ts'
import { drawn, from, type Ink, type Piece, upTo } from '../../../report/terminal/pen.ts'

/** Right edge of the last column, and cells of each. */
const LAST_EDGE = 78
const COLUMN = 13

/** The same accounts under both models, in words and figures; on a narrow terminal the other model's figures alone. */
export function modelTable(report: ReplayReport, { ink, edges, lastEdge }: Layout): readonly string[] {
  const { otherModel } = report
  if (otherModel === undefined) return []
  const all = modelColumnsOf(report)
  const first = lastEdge === undefined ? report.runs.length : 0
  const columns = all.slice(first)
  const places = lastEdge === undefined ? edges : all.map((_, i) => LAST_EDGE - COLUMN * (all.length - 1 - i))
  const edgeOf = (i: number) => places[i] ?? ink.columns
  const models = columns.flatMap(({ model }, i) =>
    columns[i + 1]?.model === model ? [] : [upTo(edgeOf(i), model.toUpperCase(), 'dim')],
  )
  const modes = columns.map(({ mode }, i) => upTo(edgeOf(i), mode.toUpperCase(), 'dim'))
  const rule = '─'.repeat(Math.max(0, edgeOf(columns.length - 1) - 2))
  return [
    drawn([from(2, `Same accounts under ${otherModel.model}`), ...models], ink),
    drawn([from(2, 'amounts in USD', 'dim'), ...modes], ink),
    drawn([from(2, rule, 'dim')], ink),
    ...modelRowsOf(report).map((row) => drawn(figures(row, first, edgeOf), ink)),
    ...modelSentencesOf(report).flatMap((sentence) => paragraph(sentence, ink)),
  ]
}

function figures(
  { id, label, values, shown }: ModelRow,
  first: number,
  edgeOf: (i: number) => number,
): readonly Piece[] {
  const isLoss = id === 'badDebt' || id === 'deficit'
  const cells = shown
    .slice(first)
    .map((figure, i) => upTo(edgeOf(i), figure, isLoss && (values[first + i] ?? 0n) > 0n ? 'loss' : 'plain'))
  return [from(2, label, 'dim'), ...cells]
}

function paragraph(text: string, ink: Ink): readonly string[] {
  return wrapped(harmless(text), Math.max(1, ink.columns - 4)).map((line) => drawn([from(2, line)], ink))
}

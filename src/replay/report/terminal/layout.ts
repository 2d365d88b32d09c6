import type { Ink } from '../../../report/terminal/pen.ts'

/** Cells of a line, never more, however wide the terminal. */
const WIDEST = 80
/** A narrower terminal loses the bars first, then the last column. */
const WITH_BARS = 80
const WITH_SAVINGS = 78

/** Where figures end on a line, and what there is room for. */
export interface Layout {
  readonly ink: Ink
  readonly hasBars: boolean
  /** Right edges of the runs' columns. */
  readonly edges: readonly number[]
  /** Right edge of the column after them; undefined where it is not drawn. */
  readonly lastEdge: number | undefined
  /** Right edge of a column before them. */
  readonly countEdge: number
}

/** Columns for one run or two. */
export function layoutFor(ink: Ink, runCount: number): Layout {
  const columns = Math.min(ink.columns, WIDEST)
  const isolatedEdge = Math.min(62, columns - 1)
  const edges = runCount > 1 ? [isolatedEdge - 14, isolatedEdge] : [Math.min(48, columns - 1)]
  return {
    ink: { ...ink, columns },
    hasBars: columns >= WITH_BARS,
    edges,
    lastEdge: runCount > 1 && columns >= WITH_SAVINGS ? 77 : undefined,
    countEdge: (edges[0] ?? columns) - 10,
  }
}

import { escaped } from '../../html/escaped.ts'

/** Heads over several columns; an empty text leaves a gap. */
export interface HeadGroup {
  readonly text: string
  readonly span: number
}

/** A head: of figures its text alone; of words, or of a picture with HTML of its own, on the left. */
export type TableHead = string | { readonly words: string } | { readonly html: string }

/** A table of figures in a box of its own: a wide one scrolls there, never the page. */
export interface FigureTable {
  /** What the box holds, for those who hear it. */
  readonly label: string
  readonly groups?: readonly HeadGroup[]
  /** The first is the head of the names. */
  readonly head: readonly TableHead[]
  /** HTML of rows, from `figureRow`. */
  readonly rows: readonly string[]
  readonly className?: string
}

/** End tags a browser supplies itself are left out: there are many cells. */
export function figureTable({ label, groups = [], head, rows, className }: FigureTable): string {
  const over = groups.map(({ text, span }) =>
    text === '' ? `<td colspan="${span}">` : `<th scope="colgroup" colspan="${span}">${escaped(text)}`,
  )
  const heads = head.map(headHtml)
  return `<div class="sx" tabindex="0" role="region" aria-label="${escaped(label)}"><table${
    className === undefined ? '' : ` class="${className}"`
  }><thead>${over.length === 0 ? '' : `<tr class="gr">${over.join('')}`}<tr>${heads.join('')}<tbody>${rows.join('')}</table></div>`
}

function headHtml(head: TableHead): string {
  if (typeof head === 'string') return `<th scope="col">${escaped(head)}`
  return `<th scope="col" class="w">${'html' in head ? head.html : escaped(head.words)}`
}

/** A row: its name as a head, then cells from the functions below. `mark` sets it apart. */
export function figureRow(name: string, cells: readonly string[], mark = ''): string {
  return `<tr${mark === '' ? '' : ` class="${mark}"`}><th scope="row">${escaped(name)}${cells.join('')}`
}

import { escaped } from './escaped.ts'

export interface DataTable {
  /** What a row is, in the summary that opens the table. */
  readonly summary: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Figures of a picture as a table, folded away. End tags a browser supplies itself are left out: there are many cells. */
export function dataTableHtml(tables: readonly DataTable[]): string {
  const [first] = tables
  if (first === undefined) return ''
  return `<details class="tb"><summary>${escaped(first.summary)}</summary><div class="tbs">${tables.map(tableHtml).join('')}</div></details>`
}

function tableHtml({ head, rows }: DataTable): string {
  const heads = head.map((text) => `<th scope="col">${escaped(text)}`).join('')
  const body = rows.map(
    ([time = '', ...cells]) => `<tr><td>${escaped(time)}${cells.map((cell) => `<td>${escaped(cell)}`).join('')}`,
  )
  return `<table><thead><tr>${heads}<tbody>${body.join('')}</table>`
}

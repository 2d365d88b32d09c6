import type { Findings } from './findings.ts'
import { type JsonNode, type Located, shortened } from './json-node.ts'
import { child, type Path, quoted, type Source, type Spot } from './source.ts'
import { unknownField } from './unknown-field.ts'

/** A table of a CSV file: which columns it must and may have, and what they are called as JSON fields. */
export interface TableShape {
  readonly required: readonly string[]
  readonly optional: readonly string[]
  /** Column of a field whose name differs. */
  readonly columns: ReadonlyMap<string, string>
}

/** One row: its cells that are not empty, by column. */
export interface TableRow {
  readonly line: number
  readonly cells: ReadonlyMap<string, Cell>
  /** Where the cell of a column stands; where the row begins if it is empty. */
  spot(column: string): Spot
  /** The cells of some columns as a JSON object of strings, so that rows and objects are read alike. */
  asObject(fields: readonly string[], kindOf: (field: string, text: string) => 'string' | 'number'): Located
}

export interface Cell {
  readonly text: string
  readonly start: number
}

/** Rows of a CSV text with a header, blank lines left out; cells may stand in double quotes. Undefined if the header is wrong. */
export function tableRows(source: Source, shape: TableShape, findings: Findings): readonly TableRow[] | undefined {
  let names: readonly string[] | undefined
  let line = 0
  const rows: TableRow[] = []
  for (let start = 0; start <= source.text.length;) {
    const found = source.text.indexOf('\n', start)
    const end = found < 0 ? source.text.length : found
    const text = source.text.slice(start, end).replace(/\r$/, '')
    line += 1
    if (text.trim() !== '') {
      const cells = cellsOf(text, start)
      const at = { source, line, start, text }
      if (names === undefined) {
        names = header(cells, shape, at, findings)
        if (names === undefined) return undefined
      } else if (cells.length === names.length) rows.push(rowOf(names, cells, at, shape))
      else tellCount(cells, names, at, findings)
    }
    start = end + 1
  }
  if (names === undefined) header([], shape, { source, line: 1, start: 0, text: '' }, findings)
  return names === undefined ? undefined : rows
}

interface Line {
  readonly source: Source
  readonly line: number
  readonly start: number
  readonly text: string
}

function header(
  cells: readonly Cell[],
  { required, optional }: TableShape,
  at: Line,
  findings: Findings,
): readonly string[] | undefined {
  const known = [...required, ...optional]
  const path = rowPath(at, new Map())
  const seen = new Set<string>()
  let isRight = true
  for (const { text, start } of cells) {
    const where = { source: at.source, offset: start, path: child(path, shortened(text)) }
    if (!known.includes(text)) {
      const value: JsonNode = { kind: 'string', start, end: start, text: '' }
      findings.problems.add(where, unknownField({ key: text, keyStart: start, value }, { known, members: [] }))
      isRight = false
    } else if (seen.has(text)) {
      const got = `a second column ${text}`
      findings.problems.add(where, { code: 'DuplicateKey', expected: 'each column once', got, remedy: 'keep one' })
      isRight = false
    }
    seen.add(text)
  }
  for (const name of required) {
    if (seen.has(name) || !isRight) continue
    const where = { source: at.source, offset: at.start, path: child(path, name) }
    const got = at.text === '' ? 'an empty file' : shortened(quoted(at.text.slice(0, 80)))
    const remedy = `the first line names the columns: ${required.join(',')} and, if needed, ${optional.join(',')}`
    findings.problems.add(where, { code: 'MissingField', expected: `a column "${name}"`, got, remedy })
    isRight = false
  }
  return isRight ? cells.map(({ text }) => text) : undefined
}

function rowOf(names: readonly string[], all: readonly Cell[], at: Line, { columns }: TableShape): TableRow {
  const path = rowPath(at, columns)
  const cells = new Map<string, Cell>()
  all.forEach((cell, index) => {
    if (cell.text !== '') cells.set(names[index] ?? '', cell)
  })
  return {
    line: at.line,
    cells,
    spot: (column) => ({ source: at.source, offset: cells.get(column)?.start ?? at.start, path: child(path, column) }),
    asObject: (fields, kindOf) => ({
      source: at.source,
      path,
      node: {
        kind: 'object',
        start: at.start,
        end: at.start,
        members: fields.flatMap((field) => {
          const cell = cells.get(columns.get(field) ?? field)
          return cell === undefined
            ? []
            : [{ key: field, keyStart: cell.start, value: valueOf(cell, kindOf(field, cell.text)) }]
        }),
      },
    }),
  }
}

function valueOf({ text, start }: Cell, kind: 'string' | 'number'): JsonNode {
  const end = start + text.length
  return kind === 'number' ? { kind, start, end, raw: text } : { kind, start, end, text }
}

function tellCount(cells: readonly Cell[], names: readonly string[], at: Line, findings: Findings): void {
  findings.problems.add(
    { source: at.source, offset: at.start, path: rowPath(at, new Map()) },
    {
      code: 'CsvSyntax',
      expected: `${names.length} cells: ${names.join(',')}`,
      got: `${cells.length} cells: ${shortened(quoted(at.text.slice(0, 80)))}`,
      remedy:
        cells.length > names.length ? 'leave commas out of numbers: 2500.5' : 'leave a cell empty, but keep its comma',
    },
  )
}

function rowPath({ source, line }: Line, columns: ReadonlyMap<string, string>): Path {
  return { kind: 'row', text: `${source.name}:${line}`, columns }
}

/** Cells of a line without quotes and blanks around them; a comma between double quotes does not cut. */
function cellsOf(line: string, lineStart: number): readonly Cell[] {
  const cells: Cell[] = []
  let from = 0
  let isQuoted = false
  for (let at = 0; at <= line.length; at += 1) {
    if (line[at] === '"') isQuoted = !isQuoted
    if (at < line.length && (line[at] !== ',' || isQuoted)) continue
    cells.push(cellOf(line.slice(from, at), lineStart + from))
    from = at + 1
  }
  return cells
}

function cellOf(raw: string, start: number): Cell {
  const text = raw.trim()
  const isQuoted = text.length > 1 && text.startsWith('"') && text.endsWith('"')
  return {
    text: isQuoted ? text.slice(1, -1).replaceAll('""', '"').trim() : text,
    start: start + (raw.length - raw.trimStart().length),
  }
}

import type { EpochTable, Figure, FigureChange, RowChange } from '../../wire/epoch-report.ts'
import { isObject } from '../json-object.ts'
import { effectOf, figureKind, relativeChange } from './figure-kind.ts'
import type { OpenedEpoch, PublishedSection } from './open-epoch.ts'
import { touchedBy } from './touched-by.ts'

interface Row {
  readonly table: EpochTable
  readonly id: string
  /** Figures by field, such as `depth.halfSpreadPpm`. */
  readonly figures: ReadonlyMap<string, Figure>
}

/** Rows that only one of two epochs has, and figures that differ in those that both have: largest relative change first. */
export function figureChanges(
  before: OpenedEpoch,
  after: OpenedEpoch,
): { readonly rows: readonly RowChange[]; readonly figures: readonly FigureChange[] } {
  const [old, now] = [rowsOf(before), rowsOf(after)]
  const rows = [
    ...[...now].filter(([key]) => !old.has(key)).map(([, row]) => rowChange(row, 'added')),
    ...[...old].filter(([key]) => !now.has(key)).map(([, row]) => rowChange(row, 'removed')),
  ]
  const figures = [...old].flatMap(([key, row]) => {
    const other = now.get(key)
    return other === undefined ? [] : changesOf(row, other)
  })
  return { rows, figures: figures.toSorted(bySize) }
}

/** Every figure of a JSON value by its path below it, lists of plain figures whole; an object without fields is said as `{}`. */
export function figuresOf(json: unknown, at = ''): readonly (readonly [field: string, figure: Figure])[] {
  if (json === undefined) return []
  if (!isObject(json) && !Array.isArray(json)) return [[at, json as Figure]]
  if (Array.isArray(json) && json.every((part) => typeof part !== 'object')) return [[at, json]]
  const nested = Array.isArray(json)
    ? json.map((part, i): readonly [string, unknown] => [`${at}[${i}]`, part])
    : Object.entries(json).map(([name, part]) => [at === '' ? name : `${at}.${name}`, part] as const)
  if (nested.length === 0) return [[at, '{}']]
  return nested.flatMap(([field, part]) => figuresOf(part, field))
}

/** Whether two figures of JSON say the same. */
export function isSameFigure(a: Figure | undefined, b: Figure | undefined): boolean {
  return a === b || (Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b))
}

function rowsOf({ epoch, house }: OpenedEpoch): ReadonlyMap<string, Row> {
  const { bufferPpm, penaltyPpm } = epoch.liquidation
  const liquidation = { bufferPpm: Number(bufferPpm), penaltyPpm: Number(penaltyPpm) }
  const rows = [...(house === undefined ? [] : houseRows(house)), rowOf('liquidation', '', liquidation)]
  return new Map(rows.map((row) => [`${row.table} ${row.id}`, row]))
}

/** All but scenarios and windows, which are too many to be told one by one, and the source, which is no figure. */
function houseRows(section: PublishedSection): readonly Row[] {
  const {
    factors,
    assets,
    contracts,
    markets = {},
    jumps,
    scenarios: _rows,
    windows: _columns,
    source: _source,
    ...whole
  } = section
  return [
    rowOf('epoch', '', whole),
    ...tableRows('factors', factors),
    ...tableRows('assets', assets),
    ...Object.entries(contracts).flatMap(([id, kinds]) =>
      Object.entries(kinds).map(([kind, row]) => rowOf('contracts', `${id} ${kind}`, row)),
    ),
    ...tableRows('markets', markets),
    ...tableRows('jumps', jumps),
  ]
}

function tableRows(table: EpochTable, rows: Readonly<Record<string, unknown>>): readonly Row[] {
  return Object.entries(rows).map(([id, row]) => rowOf(table, id, row))
}

function rowOf(table: EpochTable, id: string, row: unknown): Row {
  return { table, id, figures: new Map(figuresOf(row)) }
}

/** What an epoch does not name is charged in full; a factor or a market's own depth comes and goes with what is named. */
function rowChange({ table, id }: Row, change: 'added' | 'removed'): RowChange {
  const names = table === 'assets' || table === 'contracts'
  const effect = names ? (change === 'added' ? 'looser' : 'tighter') : 'neither'
  return { table, id, change, effect, touches: touchedBy(table, id) }
}

function changesOf(old: Row, now: Row): readonly FigureChange[] {
  const { table, id } = old
  const fields = [...new Set([...old.figures.keys(), ...now.figures.keys()])]
  return fields.flatMap((field) => {
    const [before, after] = [old.figures.get(field) ?? null, now.figures.get(field) ?? null]
    if (isSameFigure(before, after)) return []
    const kind = figureKind(field)
    const { label, group, unit } = kind
    const relative = relativeChange(unit, before, after)
    const effect = effectOf(kind, before, after)
    return [
      { table, id, field, label, group, unit, before, after, relative, effect, touches: touchedBy(table, id, field) },
    ]
  })
}

/** What has no relative size is no number, or came or went: it stands first. */
function bySize(a: FigureChange, b: FigureChange): number {
  const size = ({ relative }: FigureChange) => (relative === null ? Number.MAX_VALUE : Math.abs(relative))
  return size(b) - size(a) || compare(`${a.table} ${a.id} ${a.field}`, `${b.table} ${b.id} ${b.field}`)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

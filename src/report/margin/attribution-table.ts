import type { NettingSetReport } from '../../wire/margin-report.ts'
import { printedCents } from '../figure.ts'
import { cellsOf, wrapped } from '../terminal/cells.ts'
import { drawn, from, type Ink, type Role, upTo } from '../terminal/pen.ts'
import { type AttributionShare, attributionShares } from './attribution-shares.ts'
import { setFigures, tenthsText } from './set-figures.ts'

const NAME = 2
const BAR = 27
/** Names too long for the room before the bars make them shorter, down to this; longer ones stand on a line of their own. */
const SHORTEST_BAR = 9
const BAR_END = 52
const USD_EDGE = 65
const SHARE_EDGE = 79
const WITH_BARS = 80
const MOST_ROWS = 8

type Shown = Pick<AttributionShare, 'label' | 'cents' | 'tenths' | 'isBinding'>

/** Who bears the maintenance margin, the largest first and what protects last; figures add up as shown. */
export function attributionTable(set: NettingSetReport, ink: Ink): readonly string[] {
  const rows = shownRows(set)
  if (rows.length === 0) return []
  const largest = rows.reduce((most, { cents }) => (magnitude(cents) > most ? magnitude(cents) : most), 1n)
  const total = setFigures(set).maintenanceMargin
  return [
    drawn(
      [
        from(NAME, ink.columns >= WITH_BARS ? 'WHERE THE MAINTENANCE MARGIN COMES FROM' : 'MAINTENANCE MARGIN', 'dim'),
        upTo(USD_EDGE - narrowed(ink), 'USD', 'dim'),
        upTo(SHARE_EDGE - narrowed(ink), 'share', 'dim'),
      ],
      ink,
    ),
    ...rows.flatMap((row) => rowLines(row, largest, barOf(rows), ink)),
    drawn([upTo(USD_EDGE - narrowed(ink), printedCents(total)), upTo(SHARE_EDGE - narrowed(ink), '100.0 %')], ink),
  ]
}

/** Where bars begin: behind the longest name that leaves room for one. */
function barOf(rows: readonly Shown[]): number {
  const longest = Math.max(...rows.map(({ label }) => cellsOf(label)))
  return Math.min(BAR_END - SHORTEST_BAR, Math.max(BAR, NAME + longest + 1))
}

function rowLines(
  { label, cents, tenths, isBinding }: Shown,
  largest: bigint,
  barAt: number,
  ink: Ink,
): readonly string[] {
  const role: Role = cents < 0n ? 'hedge' : isBinding ? 'strong' : 'plain'
  const cells = Number((magnitude(cents) * BigInt(BAR_END - barAt - 1)) / largest)
  const bar = cents < 0n ? `◂${'░'.repeat(cells)}` : cells === 0 ? '▏' : '█'.repeat(cells)
  const hasBars = ink.columns >= WITH_BARS
  const isOwnLine = NAME + cellsOf(label) >= barAt
  return [
    ...(isOwnLine ? wrapped(label, ink.columns - NAME).map((text) => drawn([from(NAME, text, role)], ink)) : []),
    drawn(
      [
        ...(isOwnLine ? [] : [from(NAME, label, role)]),
        ...(hasBars ? [from(barAt, bar, role)] : []),
        upTo(USD_EDGE - narrowed(ink), printedCents(cents), role),
        upTo(SHARE_EDGE - narrowed(ink), `${tenthsText(tenths)} %`, role),
      ],
      ink,
    ),
  ]
}

function shownRows(set: NettingSetReport): readonly Shown[] {
  const sorted = attributionShares(set).filter(({ isInMaintenance }) => isInMaintenance)
  return sorted.length <= MOST_ROWS + 1 ? sorted : folded(sorted)
}

/** The eight largest by size stay; the others become one row. */
function folded(rows: readonly Shown[]): readonly Shown[] {
  const bySize = rows.toSorted((a, b) => (magnitude(a.cents) > magnitude(b.cents) ? -1 : 1))
  const kept = new Set(bySize.slice(0, MOST_ROWS))
  const others = rows.filter((row) => !kept.has(row))
  const sum = (pick: (row: Shown) => bigint) => others.reduce((total, row) => total + pick(row), 0n)
  const rest: Shown = {
    label: `${others.length} more`,
    cents: sum(({ cents }) => cents),
    tenths: sum(({ tenths }) => tenths),
    isBinding: false,
  }
  return [...rows.filter((row) => kept.has(row)), rest]
}

/** Without bars the figures move to the left with the edge of the terminal. */
function narrowed({ columns }: Ink): number {
  return Math.max(0, WITH_BARS - columns)
}

function magnitude(n: bigint): bigint {
  return n < 0n ? -n : n
}

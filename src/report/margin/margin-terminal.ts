import type { MarginReport, NettingSetReport } from '../../wire/margin-report.ts'
import { atomsOf, dollarsUp } from '../amount.ts'
import { printedCount } from '../figure.ts'
import { cellsOf, wrapped } from '../terminal/cells.ts'
import { drawn, from, type Ink, upTo } from '../terminal/pen.ts'
import type { SetLiquidation } from '../../wire/liquidation-report.ts'
import { attributionTable } from './attribution-table.ts'
import { nextLines, noteLines, whyLines } from './closing-lines.ts'
import { gaugeLines, missingLine, momentLine, titleLines, verdictLines } from './head-lines.ts'
import { percentUp, statusRoles, worstFirst } from './set-figures.ts'
import { balanceTable, numberLines, positionTable } from './set-tables.ts'

/** How to print on a terminal. */
export interface MarginStyle {
  /** Cells of a line; no more than 80 are used. */
  readonly columns: number
  readonly color: boolean
  readonly ascii: boolean
  /** Every netting set in full, not only the worst. */
  readonly all: boolean
}

const WIDEST = 80
/** Room for a usage such as `1,234.5 %`. */
const USAGE_CELLS = 10
const MOST_LISTED = 20

/** The report for a terminal, ending in a line break: a line for each netting set, worst first, then the worst in full. */
export function marginTerminal(
  report: MarginReport,
  file: string,
  style: MarginStyle,
  nearest?: SetLiquidation,
): string {
  const ink = { columns: Math.min(style.columns, WIDEST), color: style.color, ascii: style.ascii }
  const sets = worstFirst(report.nettingSets)
  const inFull = style.all ? sets : sets.slice(0, 1)
  const sections = [
    [...titleLines('margin', file, report, ink), momentLine(report, ink)],
    sets.length > 1 ? listLines(sets, style.all, ink) : [],
    ...inFull.flatMap((set) => setSections(set, report, { file, isOneOfMany: sets.length > 1 }, ink)),
    nextLines(file, sets.length - inFull.length, ink, nearest),
    noteLines(report, ink),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function setSections(
  set: NettingSetReport,
  report: MarginReport,
  { file, isOneOfMany }: { readonly file: string; readonly isOneOfMany: boolean },
  ink: Ink,
): readonly (readonly string[])[] {
  return [
    isOneOfMany ? [ruled(setName(set), ink)] : [],
    verdictLines(set, ink),
    [...gaugeLines(set, report, ink), ...missingLine(set, file, ink)],
    numberLines(set, ink),
    balanceTable(set, ink),
    positionTable(set, ink),
    attributionTable(set, ink),
    whyLines(set, ink),
  ]
}

function listLines(sets: readonly NettingSetReport[], isAll: boolean, ink: Ink): readonly string[] {
  const [usage, status] = [ink.columns - 18, ink.columns - 15]
  const listed = isAll ? sets : sets.slice(0, MOST_LISTED)
  const more = sets.length - listed.length
  return [
    drawn([from(2, 'NETTING SETS', 'dim'), upTo(usage, 'usage', 'dim'), from(status, 'status', 'dim')], ink),
    ...listed.flatMap((set) => {
      const figures = [
        upTo(usage, set.marginUsage === null ? '—' : percentUp(set.marginUsage)),
        from(status, set.status.toUpperCase(), statusRoles(set.status).word),
      ]
      const name = setName(set)
      const fits = cellsOf(name) < usage - USAGE_CELLS
      if (fits) return [drawn([from(2, name), ...figures], ink)]
      return [...wrapped(name, ink.columns - 2).map((text) => drawn([from(2, text)], ink)), drawn(figures, ink)]
    }),
    ...(more > 0 ? [drawn([from(2, `${printedCount(more)} more`, 'dim')], ink)] : []),
  ]
}

/** Such as `desk 1 eth-vol  line, 3,985 of 25,000 drawn`: whole dollars, rounded up. */
export function setName({ account, buckets, name, mode, line }: NettingSetReport): string {
  const which = mode === 'cross' ? account : `${account} ${buckets[0] ?? ''}${name === null ? '' : ` ${name}`}`
  if (line !== null && 'limit' in line) return `${which}  line, ${dollars(line.drawn)} of ${dollars(line.limit)} drawn`
  return mode === 'isolated' ? `${which}  isolated` : which
}

function dollars(amount: string): string {
  return printedCount(dollarsUp(atomsOf(amount)))
}

function ruled(text: string, ink: Ink): string {
  return drawn(
    [from(2, text), from(text.length + 3, '─'.repeat(Math.max(0, ink.columns - text.length - 4)), 'dim')],
    ink,
  )
}

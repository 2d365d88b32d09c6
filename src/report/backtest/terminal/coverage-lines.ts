import type { BacktestReport, CoverageRow } from '../../../wire/backtest-report.ts'
import { printedCount } from '../../figure.ts'
import type { Ink } from '../../terminal/pen.ts'
import { chanceText, levelText, NONE, percents, timesText } from '../backtest-figure.ts'
import { resultWord } from '../bar-results.ts'
import { HEADLINE_TARGET, headlineRows, passesByHolm, rowsAt } from '../coverage-rows.ts'
import { roleOf } from './bar-lines.ts'
import { type TerminalCell, type TerminalColumn, tableLines } from './terminal-table.ts'
import { explained, ruled } from './text-lines.ts'

const FULL_LINE = 79

/** One line a type: exceedances at 99.5% over all windows, their tests, the worst, and what netting saves. */
export function headlineLines(report: BacktestReport, ink: Ink): readonly string[] {
  const rows = headlineRows(report)
  if (rows.length === 0) return []
  const column = (head: TerminalColumn['head'], rank: number, cell: (row: CoverageRow) => string): TerminalColumn => {
    return { head, rank, cells: rows.map((row) => ({ text: cell(row) })) }
  }
  const columns = [
    column(['', 'books'], 5, ({ books }) => printedCount(books)),
    column(['', 'n'], 4, ({ n }) => printedCount(n)),
    column(['', 'over'], 0, ({ exceedances }) => printedCount(exceedances)),
    column(['', 'limit'], 2, ({ allowed }) => printedCount(allowed)),
    column(['one-', 'sided'], 1, ({ binomialP }) => shortChance(binomialP)),
    column(['Kup-', 'iec'], 7, ({ kupiecP }) => shortChance(kupiecP)),
    column(['Chr-', 'ist.'], 8, ({ christoffersenP }) => shortChance(christoffersenP)),
    column(['max', 'excess'], 3, ({ worstExceedanceRatio: worst }) => (worst === null ? NONE : timesText(worst))),
    column(['vs', 'iso'], 6, ({ efficiency: { vsIsolated } }) =>
      vsIsolated === null ? NONE : percents(vsIsolated, 0),
    ),
    { head: ['', ''] as const, rank: 0, cells: rows.map(({ holmPasses }) => wordCell(holmPasses)) },
  ]
  return [
    ruled(`At ${levelText(HEADLINE_TARGET)}, all windows`, ink),
    ...tableLines(
      { head: 'type', names: rows.map(({ portfolio }) => portfolio), leastName: leastNameOn(ink), columns },
      ink,
    ),
    ...explained(headlineKey(rows), ink),
  ]
}

/** The same types in calm and in stressed windows. */
export function regimeLines(report: BacktestReport, ink: Ink): readonly string[] {
  const [calm, stressed] = (['calm', 'stressed'] as const).map((regime) =>
    rowsAt(report, { target: HEADLINE_TARGET, regime }),
  )
  const names = [...new Set([...(calm ?? []), ...(stressed ?? [])].map(({ portfolio }) => portfolio))]
  if (names.length === 0) return []
  const columns = [...regimeColumns('calm', names, calm ?? []), ...regimeColumns('stressed', names, stressed ?? [])]
  return [
    ruled(`By regime, at ${levelText(HEADLINE_TARGET)}`, ink),
    ...tableLines({ head: 'type', names, leastName: 22, columns }, ink),
  ]
}

function regimeColumns(
  regime: string,
  names: readonly string[],
  rows: readonly CoverageRow[],
): readonly TerminalColumn[] {
  const column = (head: TerminalColumn['head'], rank: number, cell: (row: CoverageRow) => TerminalCell) => {
    const cells = names.map((name) => {
      const row = rows.find(({ portfolio }) => portfolio === name)
      return row === undefined ? { text: NONE } : cell(row)
    })
    return { head, rank, cells }
  }
  return [
    column(['', 'n'], 3, ({ n }) => ({ text: printedCount(n) })),
    column([regime, 'over'], 0, ({ exceedances }) => ({ text: printedCount(exceedances) })),
    column(['', 'limit'], 2, ({ allowed }) => ({ text: printedCount(allowed) })),
    column(['', 'p'], 1, ({ binomialP }) => ({ text: shortChance(binomialP) })),
    column(['', ''], 0, ({ holmPasses }) => wordCell(holmPasses)),
  ]
}

/** On a full line every test is worth more than a name on one line; on a narrower one columns go. */
function leastNameOn({ columns }: Ink): number {
  return columns < FULL_LINE ? 22 : 12
}

/** What the heads mean, and why a figure may be missing. */
function headlineKey(rows: readonly CoverageRow[]): string {
  const nulls = [
    rows.some(({ christoffersenP }) => christoffersenP === null) ? 'no book has two exceedances (Christoffersen)' : '',
    rows.some(({ worstExceedanceRatio }) => worstExceedanceRatio === null) ? 'none exceeded (max excess)' : '',
    rows.some(({ efficiency }) => efficiency.vsIsolated === null) ? 'nothing to compare with (vs iso)' : '',
  ].filter((text) => text !== '')
  return [
    'over: windows that lost more than the margin; limit: the most that pass; then p of three tests; max excess: beyond the margin, of it; vs iso: margin over the sum of isolated, %.',
    ...(rows.some(passesByHolm) ? ['Above its limit a type may pass: Holm over all types.'] : []),
    ...(nulls.length === 0 ? [] : [`${NONE}: ${nulls.join(', ')}.`]),
  ].join(' ')
}

function wordCell(passes: boolean): TerminalCell {
  return { text: resultWord(passes), role: roleOf(passes) }
}

/** Five cells: `0.364`, `<.001`. */
function shortChance(chance: number | null): string {
  return chance === null ? NONE : chanceText(chance).replace('<0', '<')
}

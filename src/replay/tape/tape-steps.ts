import type { AssetId } from '../../core/instrument/identifier.ts'
import type { Timestamp } from '../../core/quantity/timestamp.ts'
import type { Bar, FundingRow, TapeHeader, TapeStep } from './bar.ts'
import { rateAt, symbolAt } from '../../tables/cell-values.ts'
import { cellAt, cellError, type CsvRow, csvRow } from '../../tables/csv-row.ts'
import { barPricesAt } from './bar-prices.ts'
import { isoTimeAt, printedTime } from '../../tables/table-time.ts'
import type { TextLine } from '../../tables/text-lines.ts'

/** Columns of the rows of a tape, in this order. */
export const COLUMNS = ['kind', 'symbol', 'time', 'open', 'high', 'low', 'close'] as const

const [KIND, SYMBOL, TIME, OPEN, HIGH, LOW, CLOSE] = [0, 1, 2, 3, 4, 5, 6]
const PRICES = { close: CLOSE, range: { open: OPEN, high: HIGH, low: LOW } }

type TapeRow = { readonly kind: 'bar'; readonly bar: Bar } | { readonly kind: 'funding'; readonly funding: FundingRow }

/** The step being read: at most one row of each series, so it is bounded by the header. */
interface Draft {
  readonly time: Timestamp
  readonly bars: Bar[]
  readonly funding: FundingRow[]
  readonly series: Set<string>
}

/** Steps of a tape from the lines of its rows. Throws TableError for the first row that is not as the format has it. */
export async function* tapeSteps(
  file: string,
  header: TapeHeader,
  batches: AsyncIterable<readonly TextLine[]>,
): AsyncGenerator<TapeStep> {
  const known = knownSeries(header)
  let draft: Draft | undefined
  for await (const lines of batches) {
    for (const line of lines) {
      const row = csvRow(file, line, COLUMNS)
      const time = isoTimeAt(row, TIME)
      if (draft === undefined || time !== draft.time) {
        if (draft !== undefined) {
          requireLater(row, time, draft.time, header.intervalMs)
          yield stepOf(draft)
        }
        draft = { time, bars: [], funding: [], series: new Set() }
      }
      addRow(draft, row, known)
    }
  }
  if (draft !== undefined) yield stepOf(draft)
}

function knownSeries({ spot, perpetualMarks }: TapeHeader): ReadonlySet<string> {
  return new Set([
    ...spot.map((symbol) => `spot ${symbol}`),
    ...perpetualMarks.map((symbol) => `perp ${symbol}`),
    ...[...spot, ...perpetualMarks].map((symbol) => `funding ${symbol}`),
  ])
}

function stepOf({ time, bars, funding }: Draft): TapeStep {
  return { time, bars, funding }
}

function addRow(draft: Draft, row: CsvRow, known: ReadonlySet<string>): void {
  const parsed = tapeRow(row, draft.time)
  const series = `${cellAt(row, KIND)} ${cellAt(row, SYMBOL)}`
  requireKnown(row, series, known)
  requireNew(row, series, draft)
  draft.series.add(series)
  if (parsed.kind === 'bar') draft.bars.push(parsed.bar)
  else draft.funding.push(parsed.funding)
}

function tapeRow(row: CsvRow, time: Timestamp): TapeRow {
  const kind = cellAt(row, KIND)
  const symbol = symbolAt(row, SYMBOL)
  switch (kind) {
    case 'spot':
    case 'perp':
      return { kind: 'bar', bar: { kind, symbol, time, prices: barPricesAt(row, PRICES) } }
    case 'funding':
      return { kind: 'funding', funding: fundingRow(row, symbol, time) }
    default:
      throw cellError(row, KIND, {
        code: 'UnknownKind',
        expected: 'one of: spot, perp, funding',
        remedy: 'spot is an index price, perp the mark of a perpetual',
      })
  }
}

function fundingRow(row: CsvRow, symbol: AssetId, time: Timestamp): FundingRow {
  const filled = [OPEN, HIGH, LOW].find((column) => cellAt(row, column) !== '')
  if (filled === undefined) return { symbol, time, rate: rateAt(row, CLOSE) }
  throw cellError(row, filled, {
    code: 'BadDecimal',
    expected: 'an empty cell: a funding row has its rate under close',
    remedy: 'write it as "funding,BTC,2022-11-06T08:00Z,,,,0.0001"',
  })
}

function requireLater(row: CsvRow, time: Timestamp, before: Timestamp, intervalMs: number): void {
  if (time < before) {
    throw cellError(row, TIME, {
      code: 'TimeBackwards',
      expected: `${printedTime(before)} or later, as in the row before`,
      remedy: 'sort the rows by time',
    })
  }
  if (time - before >= intervalMs) return
  throw cellError(row, TIME, {
    code: 'BarsOverlap',
    expected: `${intervalMs} ms or more after ${printedTime(before)}, the length of a bar`,
    remedy: 'bring all series to one interval, or correct "# interval: …"',
  })
}

function requireKnown(row: CsvRow, series: string, known: ReadonlySet<string>): void {
  if (known.has(series)) return
  throw cellError(row, SYMBOL, {
    code: 'UnknownSeries',
    expected: 'a series that the header names',
    got: series,
    remedy: `add ${cellAt(row, SYMBOL)} to "# ${cellAt(row, KIND) === 'spot' ? 'spot' : 'perp'}: …"`,
  })
}

function requireNew(row: CsvRow, series: string, draft: Draft): void {
  if (!draft.series.has(series)) return
  throw cellError(row, SYMBOL, {
    code: 'DuplicateBar',
    expected: 'each series once at a time',
    got: `a second ${series} at ${printedTime(draft.time)}`,
    remedy: 'keep one',
  })
}

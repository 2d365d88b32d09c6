/**
 * Writes the crash tapes of scenarios/ from downloaded CSV files, byte for byte the same each time.
 *
 *   node tools/make-tape.ts --data DIR          (or PLIMSOLL_DATA=DIR) writes every tape
 *   node tools/make-tape.ts --data DIR --check  writes nothing; exit 1 if a tape differs from what it would write
 *
 * Figures come from exchanges, from CoinGecko and from a Uniswap pool by way of the public repositories that
 * each tape names in its `# source:` lines. They are carried as those repositories have them: only trailing zeros
 * and binary noise (0.0023691999999999997) are dropped, and pool ticks become prices. The files are not part of this project; tools/tape-table.ts says which
 * file, column and window each series is taken from. No figure is filled in: an hour without one has no row.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseArgs } from 'node:util'
import { type Series, type TapePlan, TAPES } from './tape-table.ts'

const HOUR = 3_600_000
const MOST_FIGURES = 8_000
/** Decimal digits that a float64 is sure to hold: what a source prints beyond them is binary noise. */
const FLOAT_DIGITS = 15
const KINDS = ['spot', 'perp', 'funding'] as const

interface Row {
  readonly kind: Series['kind']
  readonly symbol: string
  readonly time: number
  /** open, high, low, close as printed; the first three are empty where only a close or a rate is known. */
  readonly figures: readonly [string, string, string, string]
}

type CsvRecord = ReadonlyMap<string, string>

main()

function main(): void {
  const { values } = parseArgs({ options: { data: { type: 'string' }, check: { type: 'boolean', default: false } } })
  const data = values.data ?? process.env['PLIMSOLL_DATA']
  if (data === undefined) return fail('say where the CSV files are: --data DIR, or PLIMSOLL_DATA')
  for (const plan of TAPES) {
    const text = tapeText(plan, data)
    const path = join(import.meta.dirname, '..', 'scenarios', `${plan.id}.csv`)
    if (!values.check) writeFileSync(path, text)
    else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) fail(`${path} is not what the sources give`)
  }
}

function tapeText(plan: TapePlan, data: string): string {
  const rows = plan.series.flatMap((series) => rowsOf(series, plan, data)).sort(byTimeKindSymbol)
  const figures = rows.flatMap((row) => row.figures).filter((figure) => figure !== '').length
  if (figures > MOST_FIGURES) throw new RangeError(`${plan.id} has ${figures} figures, at most ${MOST_FIGURES}`)
  console.error(`${plan.id}: ${figures} figures, ${rows.length} rows, ${plan.from} to ${plan.until}`)
  return [...headerLines(plan), 'kind,symbol,time,open,high,low,close', ...rows.map(rowLine), ''].join('\n')
}

function headerLines(plan: TapePlan): readonly string[] {
  return [
    '# plimsoll tape v1',
    `# id: ${plan.id}`,
    `# title: ${plan.title}`,
    '# settlement: USDT',
    `# interval: ${HOUR}`,
    `# spot: ${symbolsOf(plan, 'spot')}`,
    `# perp: ${symbolsOf(plan, 'perp')}`,
    ...plan.sources.map((source) => `# source: ${source}`),
    ...plan.notes.map((note) => `# note: ${note}`),
  ]
}

function symbolsOf(plan: TapePlan, kind: Series['kind']): string {
  const symbols = plan.series.filter((series) => series.kind === kind).map((series) => series.symbol)
  return [...new Set(symbols)].sort(byCodeUnit).join(',')
}

function rowLine(row: Row): string {
  return [row.kind, row.symbol, printedTime(row.time), ...row.figures].join(',')
}

function rowsOf(series: Series, plan: TapePlan, data: string): readonly Row[] {
  const from = Date.parse(series.from ?? plan.from)
  const until = Date.parse(series.until ?? plan.until)
  return timedFigures(series, recordsOf(join(data, series.source.file)))
    .filter(({ time }) => time >= from && time < until)
    .map(({ time, figures }) => ({ kind: series.kind, symbol: series.symbol, time, figures }))
}

function timedFigures(series: Series, records: readonly CsvRecord[]): readonly Pick<Row, 'time' | 'figures'>[] {
  const { source } = series
  switch (source.take) {
    case 'bars':
      return records.map((record) => ({
        time: Number(field(record, 'ts')),
        figures: [figure(record, 'open'), figure(record, 'high'), figure(record, 'low'), figure(record, 'close')],
      }))
    case 'closes':
      return records
        .filter((record) => source.pair === undefined || field(record, 'symbol') === source.pair)
        .map((record) => ({ time: Number(field(record, 'ts')), figures: closeOnly(figure(record, 'close')) }))
    case 'observations':
      return lastOfEachHour(records)
    case 'ticks':
      return records.map((record) => ({
        time: Number(field(record, 'ts_s')) * 1000 - HOUR,
        figures: closeOnly(tickPrice(Number(field(record, 'tick')))),
      }))
    case 'funding':
      return records
        .filter((record) => field(record, 'venue') === 'binance' && field(record, 'asset') === series.symbol)
        .map((record) => ({ time: Number(field(record, 'ts')), figures: closeOnly(figure(record, 'funding_rate')) }))
    default:
      return source satisfies never
  }
}

/** An observation belongs to the hour it falls into; one exactly on the hour ends the hour before. */
function lastOfEachHour(records: readonly CsvRecord[]): readonly Pick<Row, 'time' | 'figures'>[] {
  const lastByHour = new Map<number, string>()
  for (const record of records) {
    const hour = Math.floor((Number(field(record, 'ts')) - 1) / HOUR) * HOUR
    lastByHour.set(hour, figure(record, 'price_usd'))
  }
  return [...lastByHour].map(([time, close]) => ({ time, figures: closeOnly(close) }))
}

/** 1.0001^tick to 6 decimals, half up: exact integers, so that every machine prints the same. */
function tickPrice(tick: number): string {
  const [up, down] = [10_001n ** BigInt(Math.abs(tick)), 10_000n ** BigInt(Math.abs(tick))]
  const [dividend, divisor] = tick >= 0 ? [up, down] : [down, up]
  const millionths = (dividend * 2_000_000n + divisor) / (divisor * 2n)
  const digits = millionths.toString().padStart(7, '0')
  return withoutTrailingZeros(`${digits.slice(0, -6)}.${digits.slice(-6)}`)
}

function recordsOf(path: string): readonly CsvRecord[] {
  const [head = '', ...lines] = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split(/\r?\n/)
  const names = head.split(',')
  return lines.map((line) => new Map(line.split(',').map((text, column) => [names[column] ?? '', text])))
}

function field(record: CsvRecord, name: string): string {
  const text = record.get(name)
  if (text === undefined) throw new RangeError(`no column ${name}`)
  return text
}

function figure(record: CsvRecord, name: string): string {
  const text = field(record, name)
  if (!/^-?[0-9]+(\.[0-9]+)?$/.test(text)) throw new RangeError(`${name} is not a plain decimal: ${text}`)
  const significant = text.replace(/[-.]/g, '').replace(/^0+/, '').length
  return withoutTrailingZeros(significant > FLOAT_DIGITS ? Number(text).toPrecision(FLOAT_DIGITS) : text)
}

function withoutTrailingZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}

function closeOnly(close: string): Row['figures'] {
  return ['', '', '', close]
}

function printedTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`
}

function byTimeKindSymbol(a: Row, b: Row): number {
  return a.time - b.time || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || byCodeUnit(a.symbol, b.symbol)
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}

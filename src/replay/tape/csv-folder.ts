import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { assetId, compareNames } from '../../core/instrument/identifier.ts'
import type { Timestamp } from '../../core/quantity/timestamp.ts'
import type { Bar, BarKind, Tape, TapeHeader } from './bar.ts'
import { bytesOf } from '../../tables/byte-source.ts'
import { csvBars, type CsvSeries } from './csv-bars.ts'
import { mergedSteps } from './merged-steps.ts'
import { isCsvName, seriesName } from '../../tables/series-name.ts'
import { TableError } from '../../tables/table-error.ts'
import { textLines } from '../../tables/text-lines.ts'

/** Bars of a file from which its interval is told. */
const BARS_FOR_INTERVAL = 64
const KINDS: readonly BarKind[] = ['spot', 'perp']

/** A series with what its first bars tell. */
interface Probed {
  readonly series: CsvSeries
  readonly quote: string | undefined
  /** Most common spacing of the first bars, the smaller at a tie; undefined with one bar only. */
  readonly spacingMs: number | undefined
}

type Named = Omit<Probed, 'spacingMs'>

/**
 * Opens a folder of tables of bars, plain or `.gz`, one series a file, named after its asset (`seriesName`).
 * Files in the subfolder `perp` are marks; an asset without one is marked at its index.
 * Memory is one piece of each file, whatever their length. Throws TableError: for a folder without tables, two files of one
 * series and intervals that differ at once, for a bad row when it is read.
 */
export async function openCsvFolder(path: string): Promise<Tape> {
  return tapeOf(path, await seriesIn(path))
}

/** Opens one table of bars as a tape of one asset, named after the file. Throws TableError as `openCsvFolder` does. */
export async function openCsvFile(path: string): Promise<Tape> {
  return tapeOf(path, [namedSeries('spot', dirname(path), basename(path))])
}

async function tapeOf(path: string, found: readonly Named[]): Promise<Tape> {
  const probed: Probed[] = []
  for (const named of found) probed.push(await probe(named))
  const header = headerOf(path, probed)
  const readers = probed.map(({ series }) => ({ series, open: () => barsOf(series) }))
  return { header, steps: { [Symbol.asyncIterator]: () => mergedSteps(readers, header.intervalMs) } }
}

function barsOf(series: CsvSeries): AsyncGenerator<readonly Bar[]> {
  return csvBars(series, textLines(bytesOf(series.file), series.file))
}

async function seriesIn(path: string): Promise<readonly Named[]> {
  const entries = await readdir(path, { withFileTypes: true })
  const perps = entries.some((entry) => entry.name === 'perp' && entry.isDirectory())
    ? await readdir(join(path, 'perp'))
    : []
  const spots = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
  const found = [
    ...spots.filter(isCsvName).map((name) => namedSeries('spot', path, name)),
    ...perps.filter(isCsvName).map((name) => namedSeries('perp', join(path, 'perp'), name)),
  ].sort((a, b) => KINDS.indexOf(a.series.kind) - KINDS.indexOf(b.series.kind) || bySymbolThenFile(a, b))
  if (found.length === 0)
    throw noCsv(
      path,
      entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name),
    )
  requireDistinct(found)
  return found
}

function bySymbolThenFile(a: Named, b: Named): number {
  return compareNames(a.series.symbol, b.series.symbol) || compareNames(a.series.file, b.series.file)
}

function namedSeries(kind: BarKind, folder: string, name: string): Named {
  const file = join(folder, name)
  const told = seriesName(name)
  if (told !== undefined) return { series: { file, kind, symbol: told.symbol }, quote: told.quote }
  throw new TableError({
    code: 'BadSymbol',
    place: { file },
    field: 'file name',
    expected: 'a name that starts with the asset, e.g. BTCUSDT_1h.csv',
    got: name,
    remedy: 'rename the file after its asset',
  })
}

function requireDistinct(found: readonly Named[]): void {
  found.forEach(({ series }, index) => {
    const before = found[index - 1]?.series
    if (before?.kind !== series.kind || before.symbol !== series.symbol) return
    throw new TableError({
      code: 'DuplicateSeries',
      place: { file: series.file },
      field: 'file name',
      expected: `one file for ${series.kind} ${series.symbol}`,
      got: `${before.file} and ${series.file}`,
      remedy: 'take one of them out of the folder',
    })
  })
}

async function probe({ series, quote }: Named): Promise<Probed> {
  const times: Timestamp[] = []
  for await (const bars of barsOf(series)) {
    times.push(...bars.slice(0, BARS_FOR_INTERVAL).map(({ time }) => time))
    if (times.length >= BARS_FOR_INTERVAL) break
  }
  return { series, quote, spacingMs: commonSpacing(times) }
}

function commonSpacing(times: readonly Timestamp[]): number | undefined {
  const counts = new Map<number, number>()
  times.slice(1).forEach((time, index) => {
    const spacing = time - (times[index] ?? time)
    counts.set(spacing, (counts.get(spacing) ?? 0) + 1)
  })
  const [most] = [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b)
  return most?.[0]
}

function headerOf(path: string, probed: readonly Probed[]): TapeHeader {
  const name = basename(path)
  const symbolsOf = (kind: BarKind) =>
    probed.filter(({ series }) => series.kind === kind).map(({ series }) => series.symbol)
  const quotes = new Set(probed.map(({ quote }) => quote ?? 'USD'))
  const [quote = 'USD'] = quotes
  return {
    id: name,
    title: name,
    settlement: assetId(quotes.size === 1 ? quote : 'USD'),
    intervalMs: commonInterval(path, probed),
    spot: symbolsOf('spot'),
    perpetualMarks: symbolsOf('perp'),
    sources: probed.map(({ series }) => basename(series.file)),
    notes: [
      'times are counts since 1970: below 1e11 seconds, below 1e14 milliseconds, else microseconds; or ISO 8601 in UTC',
    ],
  }
}

function commonInterval(path: string, probed: readonly Probed[]): number {
  const known = probed.flatMap(({ series, spacingMs }) => (spacingMs === undefined ? [] : [{ series, spacingMs }]))
  const [first] = known
  if (first === undefined) {
    throw new TableError({
      code: 'NoInterval',
      place: { file: path },
      field: 'interval',
      expected: 'a file with two bars or more, whose spacing is the interval',
      got: 'one bar in each file',
      remedy: 'add bars',
    })
  }
  const other = known.find(({ spacingMs }) => spacingMs !== first.spacingMs)
  if (other === undefined) return first.spacingMs
  throw new TableError({
    code: 'IntervalDiffers',
    place: { file: other.series.file },
    field: 'interval',
    expected: `bars ${first.spacingMs} ms apart, as in ${first.series.file}`,
    got: `bars ${other.spacingMs} ms apart`,
    remedy: 'bring all files to one interval, or take one out of the folder',
  })
}

function noCsv(path: string, subfolders: readonly string[]): TableError {
  return new TableError({
    code: 'NoCsv',
    place: { file: path },
    field: 'folder',
    expected: 'files such as BTCUSDT_1h.csv or BTC.csv.gz',
    got: subfolders.length === 0 ? 'none' : `none; subfolders ${[...subfolders].sort(compareNames).join(', ')}`,
    remedy: subfolders.length === 0 ? 'check the path' : 'pass the subfolder that has them',
  })
}

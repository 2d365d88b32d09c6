import { timestamp } from '../core/quantity/timestamp.ts'
import type { PricePanel } from '../estimate/calibration/price-panel.ts'
import { TableError } from '../tables/table-error.ts'
import { printedTime } from '../tables/table-time.ts'
import { addTable } from './add-table.ts'
import { fileHash, type HashedFile, inputsHash } from './inputs-hash.ts'
import { type SeriesFact, seriesNotes } from './load-notes.ts'
import { type PanelDraft, panelOf } from './panel-draft.ts'
import { priceFiles } from './price-files.ts'
import { readPriceTable } from './price-table.ts'

export interface PriceRequest {
  /** Files or folders; where two have a price for one time, the earlier one counts. */
  readonly paths: readonly string[]
  /** Length of a step of the panel, whole ms. */
  readonly stepMs: number
  /** First and last closing time of the panel, ms UTC; without them all that is there. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** Called before each file is read. */
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined
}

export interface LoadProgress {
  /** From 0. */
  readonly fileIndex: number
  readonly fileCount: number
  readonly name: string
}

/** A file that was read. */
export interface LoadedSource {
  readonly path: string
  /** Series in it. */
  readonly series: number
  /** When its first and its last price are known, ISO 8601 in UTC; whatever part of it is in the panel. */
  readonly from: string
  readonly to: string
  readonly rows: number
}

export interface LoadedPrices {
  readonly panel: PricePanel
  /** In the order in which they were read. */
  readonly sources: readonly LoadedSource[]
  /** By asset, the files with a price of it on the grid, whether or not an earlier one had them all. */
  readonly filesOf: ReadonlyMap<string, ReadonlySet<string>>
  /** What was left out, filled or passed over, a sentence each. */
  readonly notes: readonly string[]
  /** SHA-256 over the files that were read, in hex; see `inputsHash`. */
  readonly inputsHash: string
}

/**
 * Reads price files of many shapes onto one grid, see `tableShape` for the shapes and `onGrid` for the grid. No price at T depends
 * on a price after T; what a file is (its columns, the interval of its bars) is taken from all of it.
 * Memory: the panel, the figures of one file, one piece of its text.
 * Throws TableError for a path or a cell that is not as it should be, and if no price is left; RangeError for a step that is none.
 */
export async function loadPrices(request: PriceRequest): Promise<LoadedPrices> {
  const { paths, stepMs, from = -Infinity, to = Infinity, onProgress } = request
  if (!Number.isSafeInteger(stepMs) || stepMs <= 0) throw new RangeError(`a step is whole ms above zero, was ${stepMs}`)
  const files = await priceFiles(paths)
  const draft: PanelDraft = new Map()
  const sources: LoadedSource[] = []
  const hashed: HashedFile[] = []
  const skipped: string[] = []
  const facts: SeriesFact[] = []
  for (const [fileIndex, file] of files.entries()) {
    onProgress?.({ fileIndex, fileCount: files.length, name: file.name })
    const table = await readPriceTable(file)
    if ('skipped' in table) {
      skipped.push(`${file.path}: skipped, ${table.skipped}`)
      continue
    }
    hashed.push({ name: file.name, sha256: await fileHash(file.path) })
    const added = addTable(draft, { file, table, grid: { stepMs, from, to } })
    const { rows, series } = table
    sources.push({ path: file.path, series: series.length, from: iso(added.firstTime), to: iso(added.lastTime), rows })
    facts.push(...added.facts)
  }
  const panel = panelOf(draft, stepMs)
  const notes = [...skipped, ...seriesNotes(facts, stepMs)]
  if (panel === undefined) throw withoutPrices(paths, notes)
  return { panel, sources, filesOf: filesOf(facts), notes, inputsHash: inputsHash(hashed) }
}

function filesOf(facts: readonly SeriesFact[]): LoadedPrices['filesOf'] {
  const files = new Map<string, Set<string>>()
  for (const { asset, path, outcome } of facts) {
    if (!hasPrices(outcome)) continue
    const known = files.get(asset) ?? new Set()
    files.set(asset, known.add(path))
  }
  return files
}

function hasPrices({ did }: SeriesFact['outcome']): boolean {
  switch (did) {
    case 'became a series':
    case 'filled gaps':
    case 'added nothing':
      return true
    case 'had no interval':
    case 'was too coarse':
    case 'had no price in time':
      return false
    default:
      return did satisfies never
  }
}

function iso(time: number): string {
  return printedTime(timestamp(time))
}

function withoutPrices(paths: readonly string[], notes: readonly string[]): TableError {
  return new TableError({
    code: 'NoRows',
    place: { file: paths.join(', ') },
    field: 'prices',
    expected: 'a price on the grid, between the first and the last time asked for',
    got: notes.length === 0 ? 'none' : `none; ${notes.slice(0, 3).join('; ')}`,
    remedy: 'check the paths, the times and the step',
  })
}

import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { compareNames } from '../core/instrument/identifier.ts'
import { timestamp } from '../core/quantity/timestamp.ts'
import type { ChainOption, OptionChains, OptionSnapshot } from '../estimate/backtest/option-chains.ts'
import { TableError } from '../tables/table-error.ts'
import { printedTime } from '../tables/table-time.ts'
import { fileHash, type HashedFile, inputsHash } from './inputs-hash.ts'
import type { LoadedSource, LoadProgress } from './load-prices.ts'
import type { OptionRow } from './option-row.ts'
import { type OptionFile, readOptionTable } from './option-table.ts'
import { priceFiles } from './price-files.ts'

export interface LoadedChains {
  readonly chains: OptionChains
  /** In the order in which they were read; `series` counts underlyings. */
  readonly sources: readonly LoadedSource[]
  /** What was passed over, a sentence each. */
  readonly notes: readonly string[]
  /** SHA-256 over the files that were read, in hex; see `inputsHash`. */
  readonly inputsHash: string
}

/** By underlying and time. */
type ChainDraft = Map<string, Map<number, SnapshotDraft>>

interface SnapshotDraft {
  readonly indexPrices: number[]
  readonly byContract: Map<string, ChainOption>
}

/** What was seen of one file. */
interface Seen {
  readonly underlyings: Set<string>
  firstTime: number
  lastTime: number
  repeated: number
}

/**
 * Reads option chains: files, and of folders every CSV below. A row for each option and snapshot, with the columns that
 * `optionColumns` asks for; others are not looked at. The index price of a snapshot is the median of its rows; of a contract that
 * comes twice at one time the first counts. Memory: the options, and one piece of text.
 * Throws TableError for a path or a cell that is not as it should be, and if no option is left.
 */
export async function readOptionChains(
  paths: readonly string[],
  onProgress?: (progress: LoadProgress) => void,
): Promise<LoadedChains> {
  const files = await optionFiles(paths)
  const draft: ChainDraft = new Map()
  const sources: LoadedSource[] = []
  const hashed: HashedFile[] = []
  const notes: string[] = []
  for (const [fileIndex, file] of files.entries()) {
    const { path, name } = file
    onProgress?.({ fileIndex, fileCount: files.length, name })
    const seen: Seen = { underlyings: new Set(), firstTime: Infinity, lastTime: -Infinity, repeated: 0 }
    const table = await readOptionTable(file, (row) => addRow(draft, row, seen))
    if ('skipped' in table) {
      notes.push(`${path}: skipped, ${table.skipped}`)
      continue
    }
    const { underlyings, firstTime, lastTime, repeated } = seen
    hashed.push({ name, sha256: await fileHash(path) })
    sources.push({ path, series: underlyings.size, from: iso(firstTime), to: iso(lastTime), rows: table.rows })
    if (repeated > 0) notes.push(`${path}: ${repeated} options that earlier rows have at the same time, left out`)
  }
  if (draft.size === 0) throw withoutOptions(paths, notes)
  return { chains: chainsOf(draft), sources, notes, inputsHash: inputsHash(hashed) }
}

/** A file that is met twice counts once. What is no folder is a file: reading it tells if it is there. */
async function optionFiles(paths: readonly string[]): Promise<readonly OptionFile[]> {
  const found = new Map<string, OptionFile>()
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (entry) => entry.isDirectory(),
      () => false,
    )
    const files = isFolder ? await priceFiles([path]) : [{ path, name: basename(path), isFromFolder: false }]
    for (const file of files) if (!found.has(file.path)) found.set(file.path, file)
  }
  return [...found.values()]
}

/** Changes the draft and what was seen. */
function addRow(draft: ChainDraft, { time, underlying, indexPrice, option }: OptionRow, seen: Seen): void {
  seen.underlyings.add(underlying)
  seen.firstTime = Math.min(seen.firstTime, time)
  seen.lastTime = Math.max(seen.lastTime, time)
  const byTime = draft.get(underlying) ?? new Map<number, SnapshotDraft>()
  draft.set(underlying, byTime)
  const snapshot = byTime.get(time) ?? { indexPrices: [], byContract: new Map<string, ChainOption>() }
  byTime.set(time, snapshot)
  const contract = `${option.expiry} ${option.strike} ${option.right}`
  if (snapshot.byContract.has(contract)) {
    seen.repeated += 1
    return
  }
  snapshot.indexPrices.push(indexPrice)
  snapshot.byContract.set(contract, option)
}

function chainsOf(draft: ChainDraft): OptionChains {
  const underlyings = [...draft].toSorted(([a], [b]) => compareNames(a, b))
  return new Map(
    underlyings.map(([underlying, byTime]) => {
      const ascending = [...byTime].toSorted(([a], [b]) => a - b)
      return [underlying, ascending.map(([time, snapshot]) => snapshotOf(time, snapshot))]
    }),
  )
}

/** Rows were seen one after the other, so their index prices differ a little. */
function snapshotOf(time: number, { indexPrices, byContract }: SnapshotDraft): OptionSnapshot {
  const sorted = indexPrices.toSorted((a, b) => a - b)
  return { time, indexPrice: sorted[sorted.length >>> 1] ?? Number.NaN, options: [...byContract.values()] }
}

function iso(time: number): string {
  return printedTime(timestamp(time))
}

function withoutOptions(paths: readonly string[], notes: readonly string[]): TableError {
  return new TableError({
    code: 'NoRows',
    place: { file: paths.join(', ') },
    field: 'options',
    expected: 'a table of option chains',
    got: notes.length === 0 ? 'none' : `none; ${notes.slice(0, 3).join('; ')}`,
    remedy: 'check the paths',
  })
}

import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { compareNames } from '../core/instrument/identifier.ts'
import type { SeriesKind } from '../estimate/calibration/price-panel.ts'
import { isCsvName } from '../tables/series-name.ts'
import { TableError } from '../tables/table-error.ts'

/** A table that may hold prices. */
export interface PriceFile {
  /** As given; of a folder: the folder as given and the way from it. */
  readonly path: string
  /** Last part of the path, which may name the asset. */
  readonly name: string
  readonly kind: SeriesKind
  /** Found below a folder that was given: then it may also be a table of something else. */
  readonly isFromFolder: boolean
}

const PERPETUAL = /(^|[^a-z])perp(s|etuals?)?([^a-z]|$)/i

/**
 * The files meant by the paths, in their order: files themselves, of folders every CSV below, sorted by name. A file that is met
 * twice counts once. It is of a perpetual if its name or that of a folder says `perp`; looked at are the given folder and what is
 * below, for a file the folder it lies in, so that the place of the data on a machine says nothing.
 * Throws TableError for a path where nothing is, and for a folder without CSV.
 */
export async function priceFiles(paths: readonly string[]): Promise<readonly PriceFile[]> {
  const found = new Map<string, PriceFile>()
  for (const path of paths) {
    for (const file of await filesAt(path)) {
      const place = resolve(file.path)
      if (!found.has(place)) found.set(place, file)
    }
  }
  return [...found.values()]
}

async function filesAt(path: string): Promise<readonly PriceFile[]> {
  const entry = await stat(path).catch(() => undefined)
  if (entry === undefined) throw noSuchPath(path)
  const place = resolve(path)
  if (!entry.isDirectory()) {
    const name = basename(place)
    return [{ path, name, kind: kindOf([basename(dirname(place)), name]), isFromFolder: false }]
  }
  const ways = await csvBelow(place)
  if (ways.length === 0) throw noTables(path)
  return ways.map((way) => ({
    path: join(path, way),
    name: basename(way),
    kind: kindOf([basename(place), ...way.split('/')]),
    isFromFolder: true,
  }))
}

/** Ways from the folder to each CSV below it, with `/` between names on every machine. */
async function csvBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory() && isCsvName(entry.name) && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort(compareNames)
}

function kindOf(names: readonly string[]): SeriesKind {
  return names.some((name) => PERPETUAL.test(name)) ? 'perpetual' : 'spot'
}

function noSuchPath(path: string): TableError {
  return new TableError({
    code: 'FileNotFound',
    place: { file: path },
    field: 'prices',
    expected: 'a CSV file, or a folder of CSV files',
    got: 'no such file or folder',
    remedy: 'check the path',
  })
}

function noTables(path: string): TableError {
  return new TableError({
    code: 'NoCsv',
    place: { file: path },
    field: 'folder',
    expected: 'files such as BTCUSDT_1h.csv or prices.csv.gz, in it or below',
    got: 'none',
    remedy: 'check the path',
  })
}

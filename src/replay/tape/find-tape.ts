import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { compareNames } from '../../core/instrument/identifier.ts'
import type { Tape } from './bar.ts'
import { bytesOf } from '../../tables/byte-source.ts'
import { openCsvFile, openCsvFolder } from './csv-folder.ts'
import { TableError } from '../../tables/table-error.ts'
import { openTapeFile } from './tape-file.ts'
import { textLines } from '../../tables/text-lines.ts'

const EXTENSION = '.csv'

/**
 * Opens what a user names: the id of a tape in the scenarios folder, else a tape file, a table of bars or a folder of them,
 * else a prefix that one id alone has. Throws TableError, with the ids there are, if it is none of these.
 */
export async function findTape(argument: string, scenariosFolder: string): Promise<Tape> {
  const ids = await tapeIds(scenariosFolder)
  if (ids.includes(argument)) return openTapeFile(tapePath(scenariosFolder, argument))
  const found = argument === '' ? undefined : await stat(argument).catch(() => undefined)
  if (found !== undefined) return found.isDirectory() ? openCsvFolder(argument) : openFile(argument)
  const [match, second] = argument === '' ? [] : ids.filter((id) => id.startsWith(argument))
  if (match === undefined || second !== undefined) throw notFound(argument, ids)
  return openTapeFile(tapePath(scenariosFolder, match))
}

/** Ids of the tapes in the folder, sorted. None if there is no such folder. */
export async function tapeIds(scenariosFolder: string): Promise<readonly string[]> {
  const names = await readdir(scenariosFolder).catch(() => [])
  return names
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => name.slice(0, -EXTENSION.length))
    .sort(compareNames)
}

/** A tape's header starts with `#`; whatever does not is read as a table of bars. */
async function openFile(path: string): Promise<Tape> {
  for await (const [first] of textLines(bytesOf(path), path)) {
    return first?.text.startsWith('#') === true ? openTapeFile(path) : openCsvFile(path)
  }
  return openTapeFile(path)
}

function tapePath(scenariosFolder: string, id: string): string {
  return join(scenariosFolder, `${id}${EXTENSION}`)
}

function notFound(argument: string, ids: readonly string[]): TableError {
  const matches = argument === '' ? [] : ids.filter((id) => id.startsWith(argument))
  const isAmbiguous = matches.length > 1
  return new TableError({
    code: isAmbiguous ? 'AmbiguousName' : 'TapeNotFound',
    place: { file: argument },
    field: 'tape',
    expected: `the name of a tape, a tape or CSV file, or a folder of CSV files; tapes: ${ids.length === 0 ? 'none' : ids.join(', ')}`,
    got: isAmbiguous ? `the beginning of ${matches.join(' and of ')}` : 'neither a tape of that name nor such a file',
    remedy: isAmbiguous ? `write it out: ${matches[0]}` : 'check the spelling or the path',
  })
}

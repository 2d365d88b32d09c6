import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { compareNames } from '../core/instrument/identifier.ts'

/** A file with the SHA-256 of its bytes, packed as they lie on the disk. */
export interface HashedFile {
  readonly name: string
  readonly sha256: string
}

/** SHA-256 of a file's bytes, in hex. Reads it in pieces. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array)
  return hash.digest('hex')
}

/** One hash of many files, in hex: of a line `sha256  name` for each, sorted by name. Folders do not count, so it is the same anywhere. */
export function inputsHash(files: readonly HashedFile[]): string {
  const lines = files
    .toSorted((a, b) => compareNames(a.name, b.name) || compareNames(a.sha256, b.sha256))
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}

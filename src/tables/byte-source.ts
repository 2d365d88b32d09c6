import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { TableError } from './table-error.ts'

const CHUNK_BYTES = 64 * 1024

/**
 * Bytes of a file in small pieces, unpacked if its name ends in `.gz`; nothing is opened before the first is asked for.
 * Throws TableError if the file is missing, or its gzip stream is broken or ends early.
 */
export async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  await requireFile(path)
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  if (!path.endsWith('.gz')) return yield* stream as AsyncIterable<Uint8Array>
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES })
  // The callback only keeps pipeline from throwing: the error also ends the iteration below.
  pipeline(stream, unpacked, () => {})
  try {
    yield* unpacked as AsyncIterable<Uint8Array>
  } catch (error) {
    throw gzipError(path, error)
  }
}

async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() === true) return
  throw new TableError({
    code: 'FileNotFound',
    place: { file: path },
    field: 'file',
    expected: 'a readable file',
    got: found === undefined ? 'no such file' : 'not a file',
    remedy: 'check the path',
  })
}

function gzipError(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== 'Z_BUF_ERROR' && code !== 'Z_DATA_ERROR') return error
  const truncated = code === 'Z_BUF_ERROR'
  return new TableError({
    code: truncated ? 'TruncatedGzip' : 'BadGzip',
    place: { file: path },
    field: 'file',
    expected: 'a whole gzip file',
    got: truncated ? 'a gzip stream that ends early' : 'bytes that are not gzip',
    remedy: truncated ? 'copy or download it again' : 'drop ".gz" from the name if it is plain text',
  })
}

import type { Epoch } from '../core/market/epoch.ts'
import { decodeEpoch } from '../wire/decode.ts'
import { encodeJson } from '../wire/encode.ts'
import type { Answer, Fault } from './fault.ts'

/** Hash of a text in hexadecimal digits; the caller's, so that these functions run wherever there is one. */
export type Sha256 = (text: string) => string

/** An epoch with the hash that names its content. */
export interface HashedEpoch {
  readonly epoch: Epoch
  /** Of its canonical JSON: keys sorted, no blanks. */
  readonly hash: string
}

/** An epoch from JSON text. */
export function readEpoch(text: string, sha256: Sha256): Answer<HashedEpoch> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error)
    return refused({ path: [], code: 'JsonSyntax', expected: 'an epoch as JSON', got, remedy: 'pass an epoch file' })
  }
  const decoded = decodeEpoch(json)
  if (!decoded.ok) {
    const faults = decoded.problems.map(({ path, expected, got }): Fault => {
      return { document: 'epoch', path: [path], code: 'WrongType', expected, got, remedy: 'pass an epoch file' }
    })
    return { ok: false, faults }
  }
  return { ok: true, answer: { epoch: decoded.decoded, hash: contentHash(json, sha256) } }
}

/** `sha256:` and the hash of the canonical JSON: the same whatever the order of keys and the blanks between them. */
export function contentHash(json: unknown, sha256: Sha256): string {
  return `sha256:${sha256(encodeJson(json))}`
}

function refused(fault: Omit<Fault, 'document'>): { readonly ok: false; readonly faults: readonly Fault[] } {
  return { ok: false, faults: [{ document: 'epoch', ...fault }] }
}

import { hash } from 'node:crypto'
import type { Epoch } from '../core/market/epoch.ts'
import { encodeJson } from '../wire/encode.ts'

/**
 * `sha256:` and 64 hex digits: the hash of an epoch's canonical JSON, its keys sorted by code unit and no blanks between, in
 * UTF-8. Two documents that say the same have the same hash, however they are laid out.
 */
export function epochHash(epoch: Epoch): string {
  return `sha256:${hash('sha256', encodeJson(epoch), 'hex')}`
}

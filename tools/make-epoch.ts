/**
 * Writes epochs/provisional-2026-11.json from the figures of tools/epoch-table.ts, byte for byte the same each time, and prints its
 * hash.
 *
 *   node tools/make-epoch.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { epochHash } from '../src/journal/epoch-hash.ts'
import { decodeCommand } from '../src/wire/decode.ts'
import { PROVISIONAL_ID, provisionalEpochText } from './epoch-document.ts'

const text = provisionalEpochText()
const decoded = decodeCommand({ type: 'adoptEpoch', epoch: JSON.parse(text) })
if (!decoded.ok || decoded.decoded.type !== 'adoptEpoch') throw new Error('what was built is no epoch')

const folder = join(import.meta.dirname, '../epochs')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, `${PROVISIONAL_ID}.json`), text)
console.log(`${PROVISIONAL_ID} ${epochHash(decoded.decoded.epoch)}`)

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_ROOT } from './project.ts'

/** Figures of the house model as an epoch document has them. */
export interface HouseEpoch {
  readonly id: string
  /** Where the document says its figures come from. */
  readonly source: string
  /** As it stands there: only the model can read it. */
  readonly section: unknown
}

/** The one there is until a calibration replaces it. */
const DOCUMENT = join(PROJECT_ROOT, 'epochs', 'provisional-2026-11.json')

/** Section `plimsoll-1` of the epoch document. Throws Error if the document lacks what every one of ours has. */
export function readHouseEpoch(): HouseEpoch {
  const document: unknown = JSON.parse(readFileSync(DOCUMENT, 'utf8'))
  const section = fieldOf(fieldOf(document, 'sections'), 'plimsoll-1')
  const [id, source] = [fieldOf(document, 'id'), fieldOf(section, 'source')]
  if (typeof id !== 'string' || typeof source !== 'string') throw new Error(`${DOCUMENT} names no id or no source`)
  return { id, source, section }
}

function fieldOf(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Readonly<Record<string, unknown>>)[name] : undefined
}

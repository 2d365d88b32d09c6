import { hash } from 'node:crypto'
import type { Decided } from '../runtime/ports.ts'
import type { Encoder } from '../wire/encode.ts'

/** One row of the journal as it is stored. `command` and `decision` are JSON text; `chain` ties it to all rows before it. */
export interface JournalRow {
  readonly sequence: number
  /** Milliseconds. */
  readonly time: number
  readonly sender: string
  readonly role: string
  readonly counter: number
  readonly command: string
  readonly decision: string
  /** sha256 in hex of the chain hash before and this row's canonical text. */
  readonly chain: string
}

/** Chain hash before the first row. */
export const CHAIN_START = '0'.repeat(64)

/** The row of a decided command, chained to the row before it. */
export function journalRow(encoder: Encoder, { sequenced, decision }: Decided, before: string): JournalRow {
  const { envelope, sequence, time } = sequenced
  const { sender, role, counter, command } = envelope
  const [commandText, decisionText] = encoder.pair(command, decision)
  const row = { sequence, time, sender, role, counter, command: commandText, decision: decisionText }
  return { ...row, chain: chainHash(before, row) }
}

/** h_n = sha256(h_{n-1} || canonical row): its fields by line; none holds a line break, JSON escapes them. */
export function chainHash(before: string, row: Omit<JournalRow, 'chain'>): string {
  const { sequence, time, sender, role, counter, command, decision } = row
  return hash(
    'sha256',
    `${before}\n${sequence}\n${time}\n${sender}\n${role}\n${counter}\n${command}\n${decision}\n`,
    'hex',
  )
}

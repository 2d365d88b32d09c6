import type { Command } from '../../src/core/clearing/command.ts'
import type { Epoch } from '../../src/core/market/epoch.ts'
import type { AuditBooks } from './audit-books.ts'

const MS_PER_MINUTE = 60_000

/** Writes an epoch down; what was over by then is forgotten, what was not stays where it stood. */
export function adopt(books: AuditBooks, { epoch, ramp }: Extract<Command, { type: 'adoptEpoch' }>, at: number): void {
  const last = books.adoptions.at(-1)
  if (last !== undefined && at - last.at >= last.takes * MS_PER_MINUTE) books.adoptions = [last]
  else if (last !== undefined) last.cutAt = at
  const isEmergency = ramp?.emergency === true
  const usual = isEmergency ? 60 : 24 * 60
  const takes = ramp?.durationMs === undefined ? usual : ramp.durationMs / MS_PER_MINUTE
  const loosensAfter = ramp?.looseningDelayMs === undefined ? takes : ramp.looseningDelayMs / MS_PER_MINUTE
  const how =
    last === undefined ? { takes: 0, loosensAfter: 0, isEmergency: false } : { takes, loosensAfter, isEmergency }
  books.adoptions.push({ epoch, at, ...how, cutAt: undefined })
}

/** What is charged now, given what each epoch asks, oldest first: MM is mixed step by step, IM is the dearest until all is over. */
export function rampedRequirement(
  books: AuditBooks,
  side: 'maintenance' | 'initial',
  ask: (index: number) => bigint,
): bigint {
  const { adoptions, time } = books
  const newest = adoptions.length - 1
  const last = adoptions[newest]
  if (last === undefined || time - last.at >= last.takes * MS_PER_MINUTE) return ask(newest)
  return adoptions.reduce((charged, { at, cutAt, takes, loosensAfter }, index) => {
    const asked = ask(index)
    if (index === 0) return asked
    if (side === 'initial') return asked > charged ? asked : charged
    const ms = (cutAt ?? time) - at
    if (asked < charged) return ms >= loosensAfter * MS_PER_MINUTE ? asked : charged
    const minutes = BigInt((ms - (ms % MS_PER_MINUTE)) / MS_PER_MINUTE)
    const rise = (asked - charged) * minutes
    return charged + (rise + BigInt(takes) - 1n) / BigInt(takes)
  }, 0n)
}

/** Epochs that an epoch's figures are looked up in: its own, then those that came after it, as far as they are remembered. */
export function documentsFrom(books: AuditBooks, index: number): readonly Epoch[] {
  return books.adoptions.slice(index < 0 ? 0 : index).map(({ epoch }) => epoch)
}

import { MS_PER_MINUTE } from '../quantity/ramp-share.ts'
import { elapsedMs, shifted, type Timestamp } from '../quantity/timestamp.ts'

/** How an epoch is to come in, as the command that adopts it may say; what is left out has a default. */
export interface RampRequest {
  /** Whole minutes; a day unless said otherwise, an hour in an emergency. */
  readonly durationMs?: number
  /** Whole minutes, at most the duration, which it is unless said otherwise. */
  readonly looseningDelayMs?: number
  /** May be shorter than a day, and cut in on a ramp that is running. */
  readonly emergency?: boolean
}

/** How an epoch comes in (METHODOLOGY 2, "Ramp"). */
export interface RampTerms {
  readonly startedAt: Timestamp
  /** Until the new epoch is charged in full. */
  readonly durationMs: number
  /** Until requirements that the new epoch lowers are lowered. */
  readonly looseningDelayMs: number
  readonly emergency: boolean
}

const MS_PER_HOUR = 60 * MS_PER_MINUTE
const MS_PER_DAY = 24 * MS_PER_HOUR
const LONGEST_DAYS = 30

/** The terms of a request, with the defaults filled in. */
export function rampTerms(request: RampRequest, startedAt: Timestamp): RampTerms {
  const emergency = request.emergency ?? false
  const durationMs = request.durationMs ?? shortestMs(emergency)
  return { startedAt, durationMs, looseningDelayMs: request.looseningDelayMs ?? durationMs, emergency }
}

/** What is wrong with terms; undefined if nothing is. Who is in a greater hurry than a day has to say so. */
export function rampFault({
  durationMs,
  looseningDelayMs,
  emergency,
}: RampTerms): { readonly field: string; readonly expected: string } | undefined {
  const least = shortestMs(emergency)
  if (!isWholeMinutes(durationMs) || durationMs < least || durationMs > LONGEST_DAYS * MS_PER_DAY)
    return { field: 'ramp.durationMs', expected: `whole minutes, ${least} ms to ${LONGEST_DAYS} days` }
  return isWholeMinutes(looseningDelayMs) && looseningDelayMs >= 0 && looseningDelayMs <= durationMs
    ? undefined
    : { field: 'ramp.looseningDelayMs', expected: 'whole minutes, from 0 to the duration' }
}

/** The first moment at which the new epoch is charged alone. */
export function rampEnd({ startedAt, durationMs }: RampTerms): Timestamp {
  return shifted(startedAt, durationMs)
}

/** Whether the new epoch is charged alone. */
export function isRampOver({ startedAt, durationMs }: RampTerms, time: Timestamp): boolean {
  return elapsedMs({ earlier: startedAt, later: time }) >= durationMs
}

/** Whether requirements that the new epoch lowers are lowered. */
export function hasLoosened({ startedAt, looseningDelayMs }: RampTerms, time: Timestamp): boolean {
  return elapsedMs({ earlier: startedAt, later: time }) >= looseningDelayMs
}

function shortestMs(emergency: boolean): number {
  return emergency ? MS_PER_HOUR : MS_PER_DAY
}

function isWholeMinutes(ms: number): boolean {
  return ms % MS_PER_MINUTE === 0
}

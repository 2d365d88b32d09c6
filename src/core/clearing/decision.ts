import type { Event } from './event.ts'
import type { Rejection } from './rejection.ts'

/** What the clearinghouse makes of a command: what happened, or why nothing did. */
export type Decision =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly rejection: Rejection }

export function accepted(...events: readonly Event[]): Decision {
  return { ok: true, events }
}

export function rejected(rejection: Rejection): Decision {
  return { ok: false, rejection }
}

import type { Event } from './event.ts'
import { evolve } from './evolve.ts'
import { overlayState, type ReadonlyState, type State } from './state.ts'

/** What the state would be after some events; the state itself is not touched. */
export function tried(state: ReadonlyState, events: readonly Event[]): State {
  const after = overlayState(state)
  for (const event of events) evolve(after, event)
  return after
}

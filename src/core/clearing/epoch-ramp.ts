import { rampShareDown } from '../quantity/ramp-share.ts'
import { elapsedMs, type Timestamp } from '../quantity/timestamp.ts'
import { hasLoosened, isRampOver, rampEnd, type RampTerms } from '../market/ramp-terms.ts'
import { invariant } from '../ledger/invariant.ts'
import { blended } from '../margin/blended.ts'
import type { MarginModel, MarginRule } from '../margin/model.ts'
import type { Rejection } from './rejection.ts'
import type { Ramp, Risk } from './state.ts'

/** What charges at a moment: the epoch in force, or while it ramps a blend of what was charged before and it. */
export function ruleAt(risk: Risk, time: Timestamp): MarginRule {
  const ramp = rampAt(risk, time)
  if (ramp === undefined) return risk
  const { from, terms } = ramp
  const { startedAt, durationMs } = terms
  return blended({
    // A ramp that was cut short stays where it stood.
    from: ruleAt(from, startedAt),
    to: risk,
    share: rampShareDown({ elapsedMs: elapsedMs({ earlier: startedAt, later: time }), durationMs }),
    hasLoosened: hasLoosened(terms, time),
  })
}

/** The models evaluated at a moment, each once. */
export function modelsAt(risk: Risk, time: Timestamp): readonly MarginModel<unknown>[] {
  const ramp = rampAt(risk, time)
  return ramp === undefined ? [risk.model] : [...new Set([risk.model, ...modelsAt(ramp.from, ramp.terms.startedAt)])]
}

/**
 * An epoch with the one it follows, which is given the rows that only the new one has. A ramp that is over when the new one
 * begins is forgotten. Without terms nothing is charged but the new epoch.
 */
export function withRamp(current: Risk | undefined, next: Risk, terms: RampTerms | undefined): Risk {
  if (current === undefined || terms === undefined) return next
  const from = completedBy({ ...current, ramp: rampAt(current, terms.startedAt) }, next)
  invariant(from.ramp?.from.ramp === undefined, 'INV-RAMP-7', () => `${next.epoch.id} cuts in on two ramps`)
  return { ...next, ramp: { terms, from } }
}

/** Why an epoch may not come in now; undefined if it may. */
export function rampRejection(
  current: Risk,
  model: MarginModel<unknown>,
  { startedAt, emergency }: RampTerms,
): Rejection | undefined {
  const running = rampAt(current, startedAt)?.terms
  if (running !== undefined && (running.emergency || !emergency))
    return { reason: 'EpochRamping', epoch: current.epoch.id, endsAt: rampEnd(running) }
  return current.model.completed === undefined || model.completed === undefined
    ? { reason: 'EpochCannotRamp', from: current.model.id, to: model.id }
    : undefined
}

function rampAt({ ramp }: Risk, time: Timestamp): Ramp | undefined {
  return ramp === undefined || isRampOver(ramp.terms, time) ? undefined : ramp
}

/** Parameters of another model cannot be completed: what those do not know stays unknown to them. */
function completedBy(older: Risk, newer: Risk): Risk {
  const { model, ramp } = older
  const completed = model.id === newer.model.id ? model.completed?.(older.parameters, newer.parameters) : undefined
  return {
    ...older,
    parameters: completed ?? older.parameters,
    ramp: ramp === undefined ? undefined : { ...ramp, from: completedBy(ramp.from, newer) },
  }
}

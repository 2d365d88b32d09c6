import { larger } from '../quantity/arithmetic.ts'
import { rampedUp } from '../quantity/ramp-share.ts'
import { invariant } from '../ledger/invariant.ts'
import { type Blend, chargedShare } from './blend.ts'
import { explainInitial, explainMaintenance } from './explain-blend.ts'
import {
  houseSide,
  type InitialInput,
  type MarginInput,
  type MarginRule,
  type Requirements,
  type Side,
} from './model.ts'

/** What charges while one rule ramps into another (METHODOLOGY 2, "Ramp"): both are evaluated, the maintenance margin is between theirs. */
export function blended(blend: Blend): MarginRule {
  return { model: BLEND as Requirements<unknown>, parameters: blend }
}

const BLEND: Requirements<Blend> = { isSurelySufficient, maintenance, initial, explainMaintenance, explainInitial }

/** What both leave in peace no blend of them reaches. */
function isSurelySufficient(input: MarginInput<Blend>): boolean {
  const { from, to } = input.parameters
  const isSure = ({ model, parameters }: MarginRule) => model.isSurelySufficient?.({ ...input, parameters }) ?? false
  return isSure(from) && isSure(to)
}

function maintenance(input: MarginInput<Blend>): Side {
  const { from, to } = input.parameters
  const before = from.model.maintenance({ ...input, parameters: from.parameters })
  const now = to.model.maintenance({ ...input, parameters: to.parameters })
  requireOneValue(before, now)
  const margins = { before: before.requirement, now: now.requirement }
  return houseSide(now.value, rampedUp(margins.before, margins.now, chargedShare(margins, input.parameters)))
}

/** The larger of both: never below the maintenance margin, which is never above the larger of both of its own. */
function initial(input: InitialInput<Blend>): Side {
  const { from, to } = input.parameters
  const before = from.model.initial({ ...input, parameters: from.parameters })
  const now = to.model.initial({ ...input, parameters: to.parameters })
  requireOneValue(before, now)
  return houseSide(now.value, larger(before.requirement, now.requirement))
}

/** Requirements against different values could not be compared, let alone mixed. */
function requireOneValue(before: Side, now: Side): void {
  invariant(before.value === now.value, 'INV-RAMP-3', () => `worth ${before.value} before the ramp, ${now.value} after`)
}

import { add, isLess } from '../quantity/arithmetic.ts'
import { allocateRamped } from '../quantity/allocation.ts'
import { minutesAsParameter, type RampShare, rampedUp } from '../quantity/ramp-share.ts'
import { NO_VALUE, type Value } from '../quantity/value.ts'
import { type Blend, chargedShare } from './blend.ts'
import type { Derivation } from './derivation.ts'
import type { Attribution, Explanation } from './explanation.ts'
import type { InitialInput, MarginInput } from './model.ts'

const SOURCE = 'METHODOLOGY 2, "Ramp"'

/** Both requirements and the share between them. Who bears it is mixed likewise; the rest is what the new epoch says. */
export function explainMaintenance(input: MarginInput<Blend>): Explanation {
  const { from, to } = input.parameters
  const before = from.model.explainMaintenance({ ...input, parameters: from.parameters })
  const now = to.model.explainMaintenance({ ...input, parameters: to.parameters })
  const margins = { before: before.derivation.value, now: now.derivation.value }
  const share = chargedShare(margins, input.parameters)
  const value = rampedUp(margins.before, margins.now, share)
  const derivation: Derivation = {
    id: now.derivation.id,
    op: 'ramp',
    value,
    terms: [{ ...before.derivation, id: 'before' }, { ...now.derivation, id: 'now' }, ...minutes(share)],
    note: isLess(margins.now, margins.before)
      ? 'a lower margin counts whole once the loosening delay has passed, until then not at all'
      : 'a higher margin comes in with the minutes',
    rounded: 'up',
    source: SOURCE,
  }
  return { ...now, derivation, attribution: mixed(value, before.attribution, now.attribution, share) }
}

/** The larger of both; everything else is of the one that binds, the new one if both are equal. */
export function explainInitial(input: InitialInput<Blend>): Explanation {
  const { from, to } = input.parameters
  const before = from.model.explainInitial({ ...input, parameters: from.parameters })
  const now = to.model.explainInitial({ ...input, parameters: to.parameters })
  const binding = isLess(now.derivation.value, before.derivation.value) ? before : now
  const term = (id: string, one: Explanation): Derivation =>
    one === binding ? { ...one.derivation, id, binding: true } : { ...one.derivation, id }
  const derivation: Derivation = {
    id: now.derivation.id,
    op: 'max',
    value: binding.derivation.value,
    terms: [term('before', before), term('now', now)],
    note: 'new risk is judged by both epochs',
    source: SOURCE,
  }
  return { ...binding, derivation }
}

function minutes({ elapsed, whole }: RampShare): readonly Derivation[] {
  const parameter = (id: string, count: bigint): Derivation => {
    return { id, op: 'parameter', value: minutesAsParameter(count), terms: [], note: 'minutes' }
  }
  return [parameter('elapsed', elapsed), parameter('duration', whole)]
}

/** Rows of the new epoch first, then those that only the old one has. */
function mixed(
  total: Value,
  before: readonly Attribution[],
  now: readonly Attribution[],
  share: RampShare,
): readonly Attribution[] {
  const rows = new Map<string, { readonly row: Attribution; readonly from: Value; readonly to: Value }>()
  const keyOf = ({ kind, id }: Attribution) => `${kind} ${id}`
  const soFar = (row: Attribution) => rows.get(keyOf(row)) ?? { row, from: NO_VALUE, to: NO_VALUE }
  for (const row of now) {
    const known = soFar(row)
    rows.set(keyOf(row), { ...known, to: add(known.to, row.value) })
  }
  for (const row of before) {
    const known = soFar(row)
    rows.set(keyOf(row), { ...known, from: add(known.from, row.value) })
  }
  const parts = [...rows.values()]
  const values = allocateRamped(total, parts, share)
  return parts.map(({ row: { kind, id } }, i) => ({ kind, id, value: values[i] ?? NO_VALUE }))
}

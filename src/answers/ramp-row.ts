import { formatDecimal18, parseDecimal18 } from '../core/quantity/decimal.ts'
import { divCeil, divFloor } from '../core/quantity/rounding.ts'
import type { BreakdownNode } from '../wire/margin-report.ts'

const ONE = 10n ** 18n
const WHOLE_MINUTES = 10n ** 18n

/**
 * A ramp `before + (now - before) * elapsed / duration` as reports have it, which know no division: a `blend` whose factor is the share
 * still charged by `before`, rounded DOWN to 1e-18, and a third term that is what this rounding and that of the blend leave.
 * Each node of it can be worked out again like any other. The minutes are in its note.
 */
export function rampRow(ramp: Omit<BreakdownNode, 'op'>): BreakdownNode {
  const [before, now, elapsed, duration] = ramp.terms ?? []
  if (before === undefined || now === undefined || elapsed === undefined || duration === undefined)
    throw new RangeError(`a ramp has two margins and two durations, ${ramp.id} has ${ramp.terms?.length ?? 0} terms`)
  const [passed, whole] = [atoms(elapsed) / WHOLE_MINUTES, atoms(duration) / WHOLE_MINUTES]
  const factor = divFloor((whole - passed) * ONE, whole)
  const blended = awayFromZero(factor * atoms(before) + (ONE - factor) * atoms(now))
  const rounding: BreakdownNode = {
    id: 'rounding',
    op: 'given',
    value: formatDecimal18(atoms(ramp) - blended),
    note: 'what the share loses that is rounded to 18 digits',
  }
  const minutes = `${passed} of ${whole} minutes have passed`
  return {
    ...ramp,
    op: 'blend',
    factor: formatDecimal18(factor),
    terms: [before, now, rounding],
    note: ramp.note === undefined ? minutes : `${minutes}; ${ramp.note}`,
  }
}

function awayFromZero(product: bigint): bigint {
  return product < 0n ? -divCeil(-product, ONE) : divCeil(product, ONE)
}

function atoms({ value }: { readonly value: string }): bigint {
  const parsed = parseDecimal18(value)
  if (!parsed.ok) throw new RangeError(`"${value}" is no amount: ${parsed.problem}`)
  return parsed.atoms
}

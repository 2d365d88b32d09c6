import { divCeil, divFloor } from './rounding.ts'
import { ONE } from './unit.ts'
import { type Value, value } from './value.ts'

/** How far a change has come in: whole minutes of whole minutes, 0 <= elapsed <= whole, whole > 0. */
export interface RampShare {
  readonly elapsed: bigint
  readonly whole: bigint
}

export const MS_PER_MINUTE = 60_000

/** Share of a duration (whole minutes, above 0) that has passed: minutes begun but not over do not count. At most all of it. */
export function rampShareDown({
  elapsedMs,
  durationMs,
}: {
  readonly elapsedMs: number
  readonly durationMs: number
}): RampShare {
  const [elapsed, whole] = [elapsedMs, durationMs].map((ms) => divFloor(BigInt(ms), BigInt(MS_PER_MINUTE)))
  if (elapsed === undefined || whole === undefined || elapsed < 0n || whole <= 0n)
    throw new RangeError(`${elapsedMs} of ${durationMs} ms is no share`)
  return { elapsed: elapsed < whole ? elapsed : whole, whole }
}

/** From one requirement a share of the way to another: rounded up, once. */
export function rampedUp(from: Value, to: Value, { elapsed, whole }: RampShare): Value {
  return value(from + divCeil((to - from) * elapsed, whole))
}

/** A number of minutes as a parameter of a derivation: one is 1e18. */
export function minutesAsParameter(minutes: bigint): Value {
  return value(minutes * ONE)
}

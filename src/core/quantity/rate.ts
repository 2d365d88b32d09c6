import { type Branded, ONE } from './unit.ts'

/** Relative rate or growth factor, 1e-18 per atom. Signed: funding may run either way. */
export type Rate = Branded<'Rate:1e-18'>

/** Growth factor of one: nothing has accrued yet. */
export const UNIT_INDEX = ONE as Rate

/** Unbounded here: each command that carries one checks its own range. */
export function rate(atoms: bigint): Rate {
  return atoms as Rate
}

/** No venue charges more than this at once: a larger funding rate is an error of the feed. 10%. */
export const FUNDING_RATE_BOUND = (ONE / 10n) as Rate

import { parseDecimal18 } from '../../../quantity/decimal.ts'
import { type Move, move } from '../../../quantity/move.ts'
import { type Ppm, ppm } from '../../../quantity/ppm.ts'
import { FieldError } from './section-field.ts'

/** Bounds of a figure, both included. */
export interface Bounds {
  readonly from: number
  readonly to: number
}

const SHARE: Bounds = { from: 0, to: 1_000_000 }
/** exp(9) - 1 is 8102 times: the largest move there is, three times the largest x_k. */
const MOVE: Bounds = { from: -1_000_000, to: 10_000_000_000 }

/** A whole number within bounds. NaN and infinities leave no remainder of zero. */
export function whole(got: unknown, at: string, { from, to }: Bounds, unit = ''): bigint {
  if (typeof got !== 'number' || got % 1 !== 0 || got < from || got > to)
    throw new FieldError(at, `a whole number${unit} from ${from} to ${to}`, got)
  return BigInt(got)
}

/** A whole number of ppm within bounds that are not negative. */
export function ppmWithin(got: unknown, at: string, bounds: Bounds): Ppm {
  return ppm(whole(got, at, bounds, ' of ppm'))
}

/** At most the whole. */
export function share(got: unknown, at: string): Ppm {
  return ppmWithin(got, at, SHARE)
}

/** A simple return, from -100% to ten thousand times. */
export function readMove(got: unknown, at: string): Move {
  return move(whole(got, at, MOVE, ' of ppm'))
}

/** Atoms of a decimal string that is at least 0 and below a bound. */
export function atoms(got: unknown, at: string, bound: bigint): bigint {
  const parsed = typeof got === 'string' ? parseDecimal18(got) : undefined
  if (parsed === undefined || !parsed.ok || parsed.atoms < 0n || parsed.atoms >= bound)
    throw new FieldError(at, `a decimal string >= 0, at most 18 digits after the point, in bounds`, got)
  return parsed.atoms
}

export function truth(got: unknown, at: string): boolean {
  if (typeof got !== 'boolean') throw new FieldError(at, 'true or false', got)
  return got
}

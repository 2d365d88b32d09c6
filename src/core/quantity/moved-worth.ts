import type { Move } from './move.ts'
import type { Ppm } from './ppm.ts'
import { divCeil, divFloor } from './rounding.ts'
import { type Branded, MILLION, ONE } from './unit.ts'
import { type Value, type WideValue, value } from './value.ts'

/** Simple return of an instrument, the product of its factors' returns: 1e-18 per atom, never below -100%. Exact. */
export type JointMove = Branded<'JointMove:1e-18'>

/** Profit of a worth under a joint move: 1e-72 USD per atom. Signed, exact. */
export type MovedWorth = Branded<'MovedWorth:1e-72 USD'>

export const NO_MOVED_WORTH = 0n as MovedWorth

/** One instrument of one factor: the same return. */
export function soleMove(of: Move): JointMove {
  return (of * MILLION * MILLION) as JointMove
}

/** (1 + a) (1 + b) - 1: exact. */
export function productMove(a: Move, b: Move): JointMove {
  return (((MILLION + a) * (MILLION + b) - MILLION * MILLION) * MILLION) as JointMove
}

/** (1 + beta reference) (1 + peg) - 1, the reference's part never below -100%: exact. */
export function claimMove(reference: Move, beta: Ppm, peg: Move): JointMove {
  const followed = beta * reference
  const least = -MILLION * MILLION
  return ((MILLION * MILLION + (followed < least ? least : followed)) * (MILLION + peg) - ONE) as JointMove
}

/** The move if it is a fall, else none. */
export function fallOf(move: JointMove): JointMove {
  return (move < 0n ? move : 0n) as JointMove
}

/** The move if it is a rise, else none. */
export function riseOf(move: JointMove): JointMove {
  return (move > 0n ? move : 0n) as JointMove
}

/** Profit of a signed worth: exact. */
export function movedWorth(worth: WideValue, by: JointMove): MovedWorth {
  return (worth * by) as MovedWorth
}

/** A worth that is a profit already: exact. */
export function wholeWorth(profit: WideValue): MovedWorth {
  return (profit * ONE) as MovedWorth
}

/** A profit in whole atoms of value, rounded down. */
export function profitDown(profit: MovedWorth): Value {
  return value(divFloor(profit, PER_VALUE))
}

/** A share of the loss, nothing for a profit; rounded up once. */
export function dampedLossUp(profit: MovedWorth, damp: Ppm): Value {
  return profit < 0n ? value(divCeil(-profit * damp, PER_VALUE * MILLION)) : value(0n)
}

/** Mean of the losses of these profits, nothing if it is a profit or there are none; rounded up once. */
export function meanLossUp(profits: readonly MovedWorth[]): Value {
  const sum = profits.reduce((all, one) => all + one, 0n)
  return sum < 0n ? value(divCeil(-sum, PER_VALUE * BigInt(profits.length))) : value(0n)
}

/** A moved worth (1e-72 USD) per atom of value. */
const PER_VALUE = ONE ** 3n

import { type Move, move } from '../quantity/move.ts'
import { isPrice, type Price, price } from '../quantity/price.ts'
import { type Rate, rate } from '../quantity/rate.ts'
import { elapsedMs, type Timestamp } from '../quantity/timestamp.ts'
import { MILLION, ONE } from '../quantity/unit.ts'
import { type Value, value } from '../quantity/value.ts'
import type { OptionPricing } from '../market/listing.ts'
import { preparedValue, preparedWorth } from './black76.ts'
import { type Deviation, totalDeviationDown } from './deviation.ts'
import type { Enclosure } from './enclosure.ts'
import { divNearest } from './fixed.ts'
import { type LoggedPrice, logged } from './logarithm.ts'
import { termFactorUp, volatilityDown, volatilityUp } from './moved-volatility.ts'
import type { OptionGrid } from './option-grid.ts'
import type { OptionKind } from './prepared-option.ts'
import { rootTimeDown } from './root-time.ts'

/** Terms of an option that decide what it is worth: those of a listed one, among others. */
export interface OptionContract {
  readonly right: OptionKind
  readonly strike: Price
  readonly expiry: Timestamp
}

/** One contract after the forward moved by `move`: value in 1e-18 of the quote unit, delta per unit of forward. */
export interface OptionNode {
  readonly move: Move
  readonly value: Enclosure<Value>
  readonly delta: Enclosure<Rate>
}

/**
 * The risk array of one contract: its nodes by volatility, ascending by move. The first is at -100%, whether the grid has it or
 * not: there a value is known without a volatility.
 */
export interface OptionNodes {
  readonly right: OptionKind
  readonly forward: Price
  /** Value as it was priced, nothing moved. */
  readonly base: Enclosure<Value>
  readonly down: readonly OptionNode[]
  /** At the volatility as it is, also if that is below the grid's floor. */
  readonly none: readonly OptionNode[]
  readonly up: readonly OptionNode[]
}

interface MovedForward {
  readonly move: Move
  readonly forward: LoggedPrice
  /** An atom if the forward had to be rounded, else nothing. */
  readonly slack: bigint
}

const NOTHING_LEFT = move(-MILLION)

/**
 * Value and delta of one contract at every node. The time is from pricing to expiry; from expiry on it is worth its payoff.
 *
 * A forward F (1 + move) is rounded to the nearest atom, at least one. A value changes by no more than the forward does, so where
 * something was rounded the enclosure is widened by an atom on either side, not below zero. It then holds the value at the
 * unrounded forward, and its ends with a delta's bound all values by chords and tangents drawn at the unrounded forward.
 *
 * Throws RangeError if a forward moves to 1e12 or beyond, or for a volatility or a time out of bounds (`preparedValue`).
 */
export function optionNodes(contract: OptionContract, pricing: OptionPricing, grid: OptionGrid): OptionNodes {
  const { right } = contract
  const strike = logged(contract.strike)
  const [lower, same, upper] = deviations(contract, pricing, grid)
  const forwards = movedForwards(pricing.forward, grid)
  const worthless = nodeAtNothing(contract)
  const row = (deviation: Deviation): readonly OptionNode[] => [
    worthless,
    ...forwards.map((moved) => nodeAt({ right, strike, deviation, moved })),
  ]
  const base = preparedValue({ kind: right, forward: logged(pricing.forward), strike, deviation: same })
  return { right, forward: pricing.forward, base, down: row(lower), none: row(same), up: row(upper) }
}

/** Whether every forward of the grid is a price, so that `optionNodes` has a value there. */
export function hasNodes({ forward }: OptionPricing, { priceMoves }: OptionGrid): boolean {
  const [from, most]: readonly [bigint, bigint] = [forward, priceMoves.at(-1) ?? 0n]
  return isPrice(divNearest(from * (MILLION + most), MILLION))
}

function deviations(
  { expiry }: OptionContract,
  { volatility, pricedAt }: OptionPricing,
  grid: OptionGrid,
): readonly [lower: Deviation, same: Deviation, upper: Deviation] {
  const left = elapsedMs({ earlier: pricedAt, later: expiry })
  const time = rootTimeDown(left > 0 ? left : 0)
  const same = totalDeviationDown(volatility, time)
  if (left <= 0) return [same, same, same]
  const factor = termFactorUp(left, grid.termPowerQuarters)
  const lower = totalDeviationDown(volatilityDown(volatility, factor, grid), time)
  const upper = totalDeviationDown(volatilityUp(volatility, factor, grid), time)
  return [lower, same, upper]
}

/** Without -100%, which needs no logarithm. */
function movedForwards(forward: Price, { priceMoves }: OptionGrid): readonly MovedForward[] {
  const from: bigint = forward
  return priceMoves
    .filter((step) => step !== NOTHING_LEFT)
    .map((step) => {
      const parts: bigint = step
      const exact = from * (MILLION + parts)
      const nearest = divNearest(exact, MILLION)
      const atoms = nearest > 0n ? nearest : 1n
      return { move: step, forward: logged(price(atoms)), slack: atoms * MILLION === exact ? 0n : 1n }
    })
}

function nodeAt(at: {
  readonly right: OptionKind
  readonly strike: LoggedPrice
  readonly deviation: Deviation
  readonly moved: MovedForward
}): OptionNode {
  const { forward, slack, move: step } = at.moved
  const { value: worth, delta } = preparedWorth({ kind: at.right, forward, strike: at.strike, deviation: at.deviation })
  return { move: step, value: widened(worth, slack), delta }
}

/** With a forward of zero a call is worth nothing and a put its strike, and stays so whatever the volatility. */
function nodeAtNothing({ right, strike }: OptionContract): OptionNode {
  const worth = right === 'call' ? value(0n) : value(strike)
  const slope = right === 'call' ? rate(0n) : rate(-ONE)
  return { move: NOTHING_LEFT, value: { low: worth, high: worth }, delta: { low: slope, high: slope } }
}

function widened({ low, high }: Enclosure<Value>, slack: bigint): Enclosure<Value> {
  const [least, most]: readonly [bigint, bigint] = [low, high]
  return { low: value(least > slack ? least - slack : 0n), high: value(most + slack) }
}

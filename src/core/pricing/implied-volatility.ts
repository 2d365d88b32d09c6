import type { Price } from '../quantity/price.ts'
import { type Rate, rate } from '../quantity/rate.ts'
import type { Value } from '../quantity/value.ts'
import { preparedValue } from './black76.ts'
import { totalDeviationDown, VOLATILITY_BOUND } from './deviation.ts'
import type { Enclosure } from './enclosure.ts'
import { logged } from './logarithm.ts'
import type { OptionKind } from './prepared-option.ts'
import { rootTimeDown } from './root-time.ts'

export interface MarkedOption {
  readonly kind: OptionKind
  readonly forward: Price
  readonly strike: Price
  readonly timeMs: number
  /** Undiscounted, 1e-18 of the quote unit. */
  readonly mark: Value
}

/** Volatilities are looked for from an atom to the largest there is. */
const LEAST = 1n
const MOST = VOLATILITY_BOUND - 1n

/**
 * Between which volatilities one lies that makes an option worth its mark: with the low one it is certainly worth less than the
 * mark (or it is the least), with the high one certainly more (or it is the largest); in between the enclosures hold the mark.
 * Two bisections to the atom of 1e-18. How wide that is depends on what a volatility does to the value: far from the money or
 * near expiry a mark says little.
 *
 * Undefined if the mark is certainly not what any of these volatilities gives: below the payoff at the forward or above what is
 * delivered, or without time. Throws RangeError for a time out of bounds.
 */
export function impliedVolatility({ kind, forward, strike, timeMs, mark }: MarkedOption): Enclosure<Rate> | undefined {
  if (timeMs === 0) return undefined
  const time = rootTimeDown(timeMs)
  const terms = { kind, forward: logged(forward), strike: logged(strike) }
  const goal: bigint = mark
  const valueAt = (volatility: bigint): Enclosure<bigint> =>
    preparedValue({ ...terms, deviation: totalDeviationDown(rate(volatility), time) })
  if (valueAt(LEAST).low > goal || valueAt(MOST).high < goal) return undefined
  const low = lastWhere((volatility) => valueAt(volatility).high < goal)
  const high = lastWhere((volatility) => valueAt(volatility).low <= goal)
  return { low: rate(low), high: rate(high < MOST ? high + 1n : high) }
}

/** A volatility at which it holds and after which it does not, or an end of the range. */
function lastWhere(holds: (volatility: bigint) => boolean): bigint {
  if (!holds(LEAST)) return LEAST
  if (holds(MOST)) return MOST
  let [least, beyond] = [LEAST, MOST]
  while (beyond - least > 1n) {
    const middle = (least + beyond) >> 1n
    if (holds(middle)) least = middle
    else beyond = middle
  }
  return least
}

import { isName } from '../../core/instrument/identifier.ts'
import type { FactorState } from './calibrator.ts'
import type { FactorSeries } from './factor-returns.ts'
import { marketReturn } from './market-return.ts'
import { RULES } from './rules.ts'

/** Why an asset with prices is not in an epoch, where it is charged in full. */
export type LeftOutReason =
  /** It fell by 40% in a step and the market did not (METHODOLOGY 9). */
  | 'Collapsed'
  /** Prices ended, and not by a collapse, more than a week before the calibration. */
  | 'NoLongerPriced'
  /** Less than 90 days of them, counted anew after a long absence. */
  | 'TooFewPrices'
  /** A claim on an asset that is itself left out. */
  | 'NoReference'
  /** No epoch could name it. */
  | 'BadName'

export interface LeftOut {
  readonly asset: string
  readonly reason: LeftOutReason
}

/** Prices before an asset may be listed (METHODOLOGY 9). */
export const LISTED_AFTER_DAYS = 90

/** An asset's name is part of the names of its factors, and those know it by the first slash. */
const LONGEST_NAME = 40

/**
 * Why the factor is in no epoch by itself; undefined if it may be. `factors` are all of the panel, `at` is the step that the
 * calibration ends with.
 */
export function reasonLeftOut(
  { series, state }: { readonly series: FactorSeries; readonly state: FactorState },
  { factors, at, daily }: { readonly factors: readonly FactorSeries[]; readonly at: number; readonly daily: number },
): Exclude<LeftOutReason, 'NoReference'> | undefined {
  const { asset, returns } = series
  if (!isName(asset) || asset.length > LONGEST_NAME || asset.includes('/')) return 'BadName'
  if (state.collapsed) return 'Collapsed'
  const last = returns.subarray(0, at + 1).findLastIndex((one) => !Number.isNaN(one))
  if (state.steps === 0 && last >= 0)
    return collapsedBefore(series, factors, { last, daily }) ? 'Collapsed' : 'NoLongerPriced'
  return state.steps < LISTED_AFTER_DAYS * daily ? 'TooFewPrices' : undefined
}

/** By the rule of the calibrator, which forgets what has no price any more: in the last days before prices ended. */
function collapsedBefore(
  { kind, returns }: FactorSeries,
  factors: readonly FactorSeries[],
  { last, daily }: { readonly last: number; readonly daily: number },
): boolean {
  if (kind !== 'price') return false
  for (let at = Math.max(0, last - RULES.offsetDays * daily); at <= last; at += 1) {
    const fall = Math.expm1(returns[at] ?? Number.NaN)
    if (fall <= RULES.collapse && fall <= 2 * Math.expm1(marketReturn(factors, at))) return true
  }
  return false
}

import { NO_PPM, type Ppm } from './ppm.ts'
import { ONE } from './unit.ts'
import { type Value, type WideValue, wideValue } from './value.ts'

/** A row of a marginal rate table: this rate on what lies above the threshold. */
export interface RateRow {
  readonly above: Value
  readonly rate: Ppm
}

/** Marginal rates made ready: above its threshold a tier charges rate * notional - offset, continuous where tiers meet. */
export interface RateTier {
  readonly above: WideValue
  readonly rate: Ppm
  readonly offset: WideValue
}

/** Tiers of a table whose first threshold is zero and whose thresholds ascend; callers have checked both. */
export function rateTiers(rows: readonly RateRow[]): readonly RateTier[] {
  const tiers: RateTier[] = []
  let previous: RateTier = { above: wideValue(0n), rate: NO_PPM, offset: wideValue(0n) }
  for (const row of rows) {
    const above = wideValue(row.above * ONE * ONE)
    const offset = wideValue(previous.offset + (row.rate - previous.rate) * above)
    previous = { above, rate: row.rate, offset }
    tiers.push(previous)
  }
  return tiers
}

/** Marginal charge on a notional >= 0, a million times too large, as `shareOf`: exact. */
export function tieredShareOf(notional: WideValue, tiers: readonly RateTier[]): WideValue {
  const tier = tierOf(notional, tiers)
  return wideValue(notional * tier.rate - tier.offset)
}

/** The tier a notional falls into: the last whose threshold it exceeds. Throws RangeError for an empty table. */
export function tierOf(notional: WideValue, tiers: readonly RateTier[]): RateTier {
  for (let i = tiers.length - 1; i > 0; i -= 1) {
    const tier = tiers[i]
    if (tier !== undefined && notional > tier.above) return tier
  }
  const first = tiers[0]
  if (first === undefined) throw new RangeError('a rate table needs a row')
  return first
}

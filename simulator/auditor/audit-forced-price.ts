import type { CloseOutCost } from '../../src/core/instrument/close-out-cost.ts'

const MILLION = 1_000_000n

/** Half spread and impact with the root of the size, ppm, at most 99%. */
export function costPpm({ halfSpreadPpm, impactPpm, impactNotional }: CloseOutCost, notional: bigint): bigint {
  const impact = rootUp(up(impactPpm * impactPpm * notional, impactNotional))
  return halfSpreadPpm + impact < 990_000n ? halfSpreadPpm + impact : 990_000n
}

/** Least integer whose square reaches x, by bisection. */
function rootUp(x: bigint): bigint {
  let [low, high] = [-1n, 1n]
  while (high * high < x) high *= 2n
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle * middle >= x) high = middle
    else low = middle
  }
  return high
}

/** What a forced seller gets: a price is at least an atom. */
export function sold(mark: bigint, cost: bigint): bigint {
  const price = down(mark * (MILLION - cost), MILLION)
  return price > 0n ? price : 1n
}

/** What a forced buyer pays: a price is below 1e12. */
export function bought(mark: bigint, cost: bigint): bigint {
  const price = up(mark * (MILLION + cost), MILLION)
  return price < 10n ** 30n ? price : 10n ** 30n - 1n
}

export function size(quantity: bigint): bigint {
  return quantity < 0n ? -quantity : quantity
}

export function up(dividend: bigint, divisor: bigint): bigint {
  return -down(-dividend, divisor)
}

export function down(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  return quotient * divisor > dividend ? quotient - 1n : quotient
}

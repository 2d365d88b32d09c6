import { add, smaller } from '../../../quantity/arithmetic.ts'
import { type Ppm, ppm, WHOLE } from '../../../quantity/ppm.ts'
import { narrowShareUp, shareOf, widen } from '../../../quantity/product.ts'
import type { Value, WideValue } from '../../../quantity/value.ts'

export interface KeeperParameters {
  /** What a liquidation costs whatever its size. */
  readonly flatFee: Value
  /** What it costs by size. */
  readonly keeperShare: Ppm
}

/** The flat fee is never more than 1% of what is closed: a debt of one unit does not carry a five-dollar fee. */
const FLAT_FEE_LIMIT = ppm(10_000n)

/**
 * min(flat fee, 1% of N) + keeper share of N, rounded up once. N is the notional of contracts plus negative balances at
 * their price, >= 0; collateral is not in it, so that a deposit never raises it.
 */
export function keeperFeeUp(closed: WideValue, { flatFee, keeperShare }: KeeperParameters): Value {
  const flat = smaller(shareOf(widen(flatFee), WHOLE), shareOf(closed, FLAT_FEE_LIMIT))
  return narrowShareUp(add(flat, shareOf(closed, keeperShare)))
}

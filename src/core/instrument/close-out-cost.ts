import type { Ppm } from '../quantity/ppm.ts'
import type { Value } from '../quantity/value.ts'

/** What the outside world charges for an immediate trade: half the spread, plus impact with the root of the size. */
export interface CloseOutCost {
  readonly halfSpreadPpm: Ppm
  /** Impact of a trade of `impactNotional`; four times the notional moves the price twice as far. */
  readonly impactPpm: Ppm
  readonly impactNotional: Value
}

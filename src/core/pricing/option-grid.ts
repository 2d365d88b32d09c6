import type { Move } from '../quantity/move.ts'
import type { Rate } from '../quantity/rate.ts'

/** Where options on an underlying are priced ahead of time; moves of its price, each once with volatility down, as it is, and up. */
export interface OptionGrid {
  /** Ascending, 0 among them. */
  readonly priceMoves: readonly Move[]
  /** Relative moves of an option with 30 days to go; the first below 0, the second above. */
  readonly volatilityDown: Move
  readonly volatilityUp: Move
  /** The move of an option with T days is (30/T)^(quarters/4) times that; 0 to 4. */
  readonly termPowerQuarters: number
  /** A volatility is never shocked below this. */
  readonly volatilityFloor: Rate
}

import type { Ppm } from '../quantity/ppm.ts'

/**
 * A risk parameter epoch: a plain document that enters the journal as a command, one section per model.
 * `sections` stay as they came, since only the model of that id can read its own.
 */
export interface Epoch {
  readonly id: string
  /** The margin model in force, a key of `sections`. */
  readonly model: string
  readonly sections: Readonly<Record<string, unknown>>
  readonly liquidation: LiquidationParameters
  /** How the figures came about, in any words: decides nothing, but is part of what the epoch's hash names. */
  readonly provenance?: Readonly<Record<string, unknown>>
}

/** How a liquidation is sized and what it costs. */
export interface LiquidationParameters {
  /** Positions shrink until NLV exceeds MM by this share of MM. */
  readonly bufferPpm: Ppm
  /** Share of the notional closed and of the debt repaid that goes to the insurance fund. */
  readonly penaltyPpm: Ppm
}

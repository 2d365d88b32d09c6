import { elapsedMs, timestamp } from '../../core/quantity/timestamp.ts'
import { optionValue } from '../../core/pricing/black76.ts'
import { volatilityAt } from '../../core/pricing/surface-volatility.ts'
import type { VolatilitySlice } from '../../core/pricing/vol-surface.ts'
import { figureOf, priceOf, rateOf } from './core-figures.ts'
import { type ChainOption, isSameContract, type OptionSnapshot, type OptionTerms } from './option-chains.ts'

/** What an option of an earlier snapshot is worth at a later one. */
export interface LaterMark {
  readonly mark: number
  readonly volatility: number
  /** Whether the later chain lacks the contract, so that its neighbours tell its volatility. */
  readonly isInferred: boolean
}

/**
 * The contract's own mark where the chain has it; else its Black-76 value at the volatility and forward that the other options say:
 * variance linear in ln(K/F) between strikes and in time between expiries, flat outside. Undefined if the chain is empty, or the
 * contract has expired.
 */
export function laterMark(contract: OptionTerms, snapshot: OptionSnapshot): LaterMark | undefined {
  const own = snapshot.options.find((option) => isSameContract(option, contract))
  if (own !== undefined) return { mark: own.mark, volatility: own.volatility, isInferred: false }
  const [time, expiry, strike] = [timestamp(snapshot.time), timestamp(contract.expiry), priceOf(contract.strike)]
  const point = volatilityAt({ slices: slicesOf(snapshot) }, { expiry, strike, time })
  if (point === undefined) return undefined
  const timeMs = elapsedMs({ earlier: time, later: expiry })
  const { low } = optionValue({ kind: contract.right, strike, timeMs, ...point })
  return { mark: figureOf(low), volatility: figureOf(point.volatility), isInferred: true }
}

/** One an expiry, a pillar a strike; calls and puts of a strike have one volatility. */
function slicesOf({ options }: OptionSnapshot): readonly VolatilitySlice[] {
  const byExpiry = Map.groupBy(options, ({ expiry }) => expiry)
  return [...byExpiry]
    .toSorted(([a], [b]) => a - b)
    .map(([expiry, chain]) => ({
      expiry: timestamp(expiry),
      forward: priceOf(chain[0]?.forward ?? 0),
      smile: { kind: 'strikes', pillars: pillarsOf(chain) },
    }))
}

function pillarsOf(chain: readonly ChainOption[]) {
  const byStrike = new Map(chain.map(({ strike, volatility }) => [strike, volatility]))
  return [...byStrike]
    .toSorted(([a], [b]) => a - b)
    .map(([strike, volatility]) => ({ strike: priceOf(strike), volatility: rateOf(volatility) }))
}

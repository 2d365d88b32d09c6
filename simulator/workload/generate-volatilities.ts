import { price } from '../../src/core/quantity/price.ts'
import { rate } from '../../src/core/quantity/rate.ts'
import { timestamp } from '../../src/core/quantity/timestamp.ts'
import type { ReportedSlice } from '../../src/core/market/volatility-report.ts'
import type { Command } from '../../src/core/clearing/command.ts'
import type { ReadonlyState } from '../../src/core/clearing/state.ts'
import { below, between, pick, type Prng } from './prng.ts'
import { BTC, ETH, THIN } from './world.ts'

const MINUTE = 60_000

/**
 * One to four expiries of two to five strikes around the index, volatilities from 30% to 130% without regard to arbitrage.
 * Draws: underlying, number of expiries, then for each its end, forward, number of strikes and volatilities.
 */
export function drawVolatilities(state: ReadonlyState, prng: Prng): Command {
  const underlying = pick(prng, [BTC, ETH] as const)
  const index: bigint = state.assets.get(underlying)?.index?.price ?? 10n ** 18n
  const slices: ReportedSlice[] = []
  let expiry: number = state.time
  for (let left = between(prng, 1, 4); left > 0; left -= 1) {
    expiry += between(prng, 5 * MINUTE, 12 * 60 * MINUTE)
    const forward = price((index * BigInt(between(prng, 985, 1_030))) / 1_000n)
    const count = between(prng, 2, 5)
    const points = Array.from({ length: count }, (_, i) => ({
      strike: price((index * BigInt(700 + Math.trunc((600 * i) / (count - 1)))) / 1_000n),
      volatility: rate(BigInt(between(prng, 300, 1_300)) * 10n ** 15n + 7n),
    }))
    slices.push({ expiry: timestamp(expiry), forward, points })
  }
  return { type: 'reportVolatilities', underlying, observedAt: state.time, slices }
}

/** One in twelve of what has no volatilities. Draws: underlying. */
export function drawReprice(_state: ReadonlyState, prng: Prng): Command {
  return { type: 'reprice', underlying: below(prng, 12) === 0 ? THIN : pick(prng, [BTC, ETH] as const) }
}

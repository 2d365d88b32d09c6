import { price } from '../../src/core/quantity/price.ts'
import { timestamp } from '../../src/core/quantity/timestamp.ts'
import { marketId } from '../../src/core/instrument/identifier.ts'
import { type Expiring, expiringTerms } from '../../src/core/instrument/market.ts'
import type { Command } from '../../src/core/clearing/command.ts'
import type { ReadonlyState } from '../../src/core/clearing/state.ts'
import { below, between, pick, type Prng } from './prng.ts'
import { at, BTC, ETH, futureTerms, optionTerms, units } from './world.ts'

/** Futures and options that are listed at once, at most. */
const LIVE = 9
const MINUTE = 60_000

/**
 * A future or an option on BTC or ETH that ends in a minute to a day, or, when there are enough, a delisting of one that has
 * ended. Draws: which kind, underlying, end, strike, right.
 */
export function drawExpiring(state: ReadonlyState, prng: Prng, count: number): Command {
  const listed = expiring(state)
  const over = [...state.markets.values()].filter(({ settledAt }) => settledAt !== undefined)
  const luck = below(prng, 12)
  const done = over[0]
  if (done !== undefined && (luck < 4 || listed.length >= LIVE)) return { type: 'delistMarket', market: done.terms.id }
  const underlying = pick(prng, [BTC, ETH] as const)
  const soon = below(prng, 3) === 0 ? between(prng, 1, 4) : between(prng, 4, 40)
  const length = below(prng, 10) === 0 ? 24 * 60 : soon
  const expiry = timestamp(luck === 11 ? state.time : state.time + length * MINUTE + between(prng, 0, 59_999))
  const size = underlying === BTC ? {} : { lot: units('0.01'), minimumQuantity: units('0.05') }
  const common = { id: marketId(`END-${count}`), underlying, expiry, ...size }
  if (luck < 5) return { type: 'listMarket', market: futureTerms(common) }
  const index = state.assets.get(underlying)?.index?.price ?? at('1')
  const strike = price((index * BigInt(between(prng, 800, 1_200))) / 1_000n)
  const market = optionTerms({ ...common, strike, right: pick(prng, ['call', 'put'] as const) })
  return { type: 'listMarket', market }
}

/** Contracts with an end that trade, or wait for their settlement. */
export function expiring(state: ReadonlyState): readonly Expiring[] {
  return [...state.markets.values()].flatMap(({ terms, settledAt }) =>
    settledAt === undefined ? (expiringTerms(terms) ?? []) : [],
  )
}

/**
 * Mostly what is due, one time in six, or in two if none was observed, with an index named by risk; else any contract, due or not. Draws: which, who, index.
 */
export function drawExpiry(state: ReadonlyState, prng: Prng): Command | undefined {
  const due = expiring(state).filter(({ expiry }) => expiry <= state.time)
  const luck = below(prng, 10)
  const all = [...state.markets.values()].map(({ terms }) => terms)
  const choice = due.length > 0 && luck > 0 ? due : luck < 2 ? all : []
  if (choice.length === 0) return undefined
  const { id: market } = pick(prng, choice)
  const isNamed = below(prng, state.markets.get(market)?.settling === undefined ? 2 : 6) === 0
  return isNamed ? { type: 'expire', market, index: at('40000.5') } : { type: 'expire', market }
}

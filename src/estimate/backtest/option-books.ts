import { MS_PER_YEAR } from '../../core/pricing/root-time.ts'
import { normalShare } from '../greeks/float-normal.ts'
import type { ChainOption, OptionSnapshot } from './option-chains.ts'

/** A book of options on one underlying, for one unit of it. */
export interface OptionBook {
  readonly name: OptionBookName
  /** Units of the underlying itself. */
  readonly coins: number
  /** Options sold, one of each. */
  readonly sold: readonly ChainOption[]
}

export const OPTION_BOOKS = ['short straddle', 'covered call'] as const

export type OptionBookName = (typeof OPTION_BOOKS)[number]

const DAY_MS = 86_400_000
/** Options are sold for a month; what ends within a fortnight is left to those who like gamma. */
const WANTED_DAYS = 30
const LEAST_DAYS = 14
const WANTED_DELTA = 0.25

/**
 * The book as it would be opened at a snapshot, of the expiry nearest to 30 days away, at least 14; undefined if the chain has no
 * such options. Straddle: a call and a put of the strike nearest to the forward. Covered call: a coin against the call out of the
 * money whose delta is nearest to a quarter. Of two as near the earlier expiry, the lower strike.
 */
export function openedBook(name: OptionBookName, snapshot: OptionSnapshot): OptionBook | undefined {
  const chain = monthAway(snapshot)
  switch (name) {
    case 'short straddle': {
      const call = nearest(callsWithPut(chain), ({ forward, strike }) => Math.abs(strike - forward))
      const put = call && putOf(call, chain)
      return call === undefined || put === undefined ? undefined : { name, coins: 0, sold: [call, put] }
    }
    case 'covered call': {
      const outside = chain.filter(({ right, strike, forward }) => right === 'call' && strike > forward)
      const call = nearest(outside, (option) => Math.abs(deltaOf(option, snapshot.time) - WANTED_DELTA))
      return call === undefined ? undefined : { name, coins: 1, sold: [call] }
    }
    default:
      return name satisfies never
  }
}

/** N(d1) of a call: undiscounted, of the forward. */
export function deltaOf({ forward, strike, volatility, expiry }: ChainOption, time: number): number {
  const deviation = volatility * Math.sqrt((expiry - time) / Number(MS_PER_YEAR))
  return normalShare(Math.log(forward / strike) / deviation + deviation / 2)
}

/** Options of the expiry nearest to a month away. */
function monthAway({ time, options }: OptionSnapshot): readonly ChainOption[] {
  const days = ({ expiry }: ChainOption) => (expiry - time) / DAY_MS
  const late = options.filter((option) => days(option) >= LEAST_DAYS)
  const chosen = nearest(late, (option) => Math.abs(days(option) - WANTED_DAYS))
  return late.filter(({ expiry }) => expiry === chosen?.expiry)
}

function callsWithPut(chain: readonly ChainOption[]): readonly ChainOption[] {
  return chain.filter((option) => option.right === 'call' && putOf(option, chain) !== undefined)
}

function putOf({ strike }: ChainOption, chain: readonly ChainOption[]): ChainOption | undefined {
  return chain.find((option) => option.right === 'put' && option.strike === strike)
}

function nearest(options: readonly ChainOption[], distance: (option: ChainOption) => number): ChainOption | undefined {
  return options.toSorted((a, b) => distance(a) - distance(b) || a.expiry - b.expiry || a.strike - b.strike)[0]
}

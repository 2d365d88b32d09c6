import { isWithinBand } from '../core/quantity/comparison.ts'
import { ppm } from '../core/quantity/ppm.ts'
import { earlier, elapsedMs, type Timestamp } from '../core/quantity/timestamp.ts'
import { compareNames } from '../core/instrument/identifier.ts'
import { expiringTerms } from '../core/instrument/market.ts'
import { indexPrice } from '../core/market/listing.ts'
import { settlementIndexDown } from '../core/market/settlement-index.ts'
import type { Command } from '../core/clearing/command.ts'
import { liveOptions } from '../core/clearing/decide-reprice.ts'
import type { ReadonlyState } from '../core/clearing/state.ts'

/** Options are priced anew when their underlying has moved by more than this, or when their marks are older than this. */
const REPRICING_MOVE = ppm(2_500n)
const REPRICING_AGE_MS = 10_000

/** Commands after which options may have to be priced anew. */
const MOVES_OPTIONS: ReadonlySet<Command['type']> = new Set(['reportPrices', 'reportVolatilities'])

/** What is due by itself, whether anybody asks for it or not. */
export interface Upkeep {
  /**
   * Expiries, then repricings, each by name, after a command was taken: its type, or undefined if it was refused, which may let
   * time pass an expiry as well.
   */
  due(taken: Command['type'] | undefined, time: Timestamp): readonly Command[]
}

/** Remembers when the next contract ends, so that not every command looks at every market. */
export function createUpkeep(state: ReadonlyState): Upkeep {
  let next = nextExpiry(state, state.time)
  return {
    due: (taken, time) => {
      const hasEnded = next !== undefined && time >= next
      const expiries = hasEnded || taken === 'reportPrices' ? dueExpiries(state, time) : []
      if (hasEnded || taken === 'listMarket' || taken === 'delistMarket') next = nextExpiry(state, time)
      return taken !== undefined && MOVES_OPTIONS.has(taken) ? [...expiries, ...dueRepricings(state, time)] : expiries
    },
  }
}

/** Contracts that have come to their end and have an index to settle at, by name: what else is due waits for the index. */
function dueExpiries(state: ReadonlyState, time: Timestamp): readonly Command[] {
  return [...state.markets.values()]
    .filter(({ terms, settledAt, settling }) => {
      const expiry = expiringTerms(terms)?.expiry
      return (
        settledAt === undefined && expiry !== undefined && expiry <= time && settlementIndexDown(settling) !== undefined
      )
    })
    .map(({ terms }): Command => ({ type: 'expire', market: terms.id }))
    .sort((a, b) => compareNames(nameOf(a), nameOf(b)))
}

/** When the next contract comes to its end after a time; undefined if none does. */
function nextExpiry(state: ReadonlyState, time: Timestamp): Timestamp | undefined {
  let next: Timestamp | undefined
  for (const { terms } of state.markets.values()) {
    const expiry = expiringTerms(terms)?.expiry
    if (expiry !== undefined && expiry > time) next = next === undefined ? expiry : earlier(next, expiry)
  }
  return next
}

/** Underlyings with live options whose marks are to be made anew, by name. */
function dueRepricings(state: ReadonlyState, time: Timestamp): readonly Command[] {
  const due: Command[] = []
  for (const [underlying, { repriced }] of state.volatilities.entries()) {
    const index = indexPrice(state, underlying)
    if (index === undefined || liveOptions(state, underlying, time).length === 0) continue
    const isCurrent =
      repriced !== undefined &&
      elapsedMs({ earlier: repriced.at, later: time }) < REPRICING_AGE_MS &&
      isWithinBand({ price: index, reference: repriced.index, band: REPRICING_MOVE })
    if (!isCurrent) due.push({ type: 'reprice', underlying })
  }
  return due.sort((a, b) => compareNames(nameOf(a), nameOf(b)))
}

function nameOf(command: Command): string {
  if (command.type === 'reprice') return command.underlying
  return command.type === 'expire' ? command.market : ''
}

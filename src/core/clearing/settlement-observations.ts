import { type AssetId, compareNames, type MarketId } from '../instrument/identifier.ts'
import { expiringTerms, type Expiring } from '../instrument/market.ts'
import { observedIndex } from '../market/observed-index.ts'
import type { ObservedIndex } from '../market/settlement-index.ts'
import type { Event } from './event.ts'
import type { ReadonlyState } from './state.ts'
import { tried } from './trial.ts'

type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>

/**
 * What new prices say of the index that contracts near their expiry settle at: one event for all contracts of one underlying,
 * settlement asset and expiry, in the order of their names. Nothing for what has paid out already.
 */
export function settlementObservations(
  state: ReadonlyState,
  report: EventOf<'PricesReported'>,
): readonly EventOf<'SettlementIndexObserved'>[] {
  const reported = new Set<AssetId>(report.assets.map(({ asset }) => asset))
  const waiting = [...state.markets.values()].flatMap(({ terms, settledAt }): readonly Expiring[] => {
    const expiring = settledAt === undefined ? expiringTerms(terms) : undefined
    if (expiring === undefined) return []
    return reported.has(expiring.underlying) || reported.has(expiring.settlement) ? [expiring] : []
  })
  if (waiting.length === 0) return []
  const after = tried(state, [report])
  const groups = new Map<string, { readonly observed: ObservedIndex; readonly markets: MarketId[] }>()
  for (const terms of waiting.sort((a, b) => compareNames(a.id, b.id))) {
    const key = `${terms.underlying} ${terms.settlement} ${terms.expiry}`
    const observed = groups.get(key)?.observed ?? observedIndex(after, terms)
    if (observed === undefined) continue
    const group = groups.get(key) ?? { observed, markets: [] }
    group.markets.push(terms.id)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ observed, markets }) => ({
    type: 'SettlementIndexObserved',
    markets,
    ...observed,
  }))
}

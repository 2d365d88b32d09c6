import { middleDown, halfWidthInUp, movedForwardDown, strikeInUsdDown } from '../quantity/option-price.ts'
import { earlier, elapsedMs, type Timestamp } from '../quantity/timestamp.ts'
import { NO_VALUE } from '../quantity/value.ts'
import { type AssetId, compareNames, type MarketId } from '../instrument/identifier.ts'
import type { EuropeanOption } from '../instrument/market.ts'
import { indexPrice, priceRules } from '../market/listing.ts'
import { type Quote, quoteCondition } from '../market/quote.ts'
import type { ReportedVolatilities } from '../market/volatility-report.ts'
import { optionValue } from '../pricing/black76.ts'
import { preparedVolatilityAt, type PreparedSurface } from '../pricing/surface-volatility.ts'
import type { Command } from './command.ts'
import { accepted, type Decision, rejected } from './decision.ts'
import { preparedReport } from './prepared-report.ts'
import type { RepricedOption } from './repriced-option.ts'
import type { ReadonlyState } from './state.ts'

/** Options of an underlying that trade, by name. */
export function liveOptions(state: ReadonlyState, underlying: AssetId, time: Timestamp): readonly EuropeanOption[] {
  const found: EuropeanOption[] = []
  for (const { terms } of state.markets.values())
    if (terms.kind === 'option' && terms.underlying === underlying && time < terms.expiry) found.push(terms)
  return found.sort((a, b) => compareNames(a.id, b.id))
}

/**
 * Marks every live option of an underlying: Black-76 at the forward of its expiry, moved as far as the index has moved since
 * volatilities were reported, and at the volatility reported for its strike. What the surface has no volatility for, or what
 * settles in an asset without a price, keeps the mark it has, which gets old.
 */
export function decideReprice(
  state: ReadonlyState,
  { underlying }: Extract<Command, { type: 'reprice' }>,
  time: Timestamp,
): Decision {
  const index = state.assets.get(underlying)?.index
  if (state.assets.get(underlying) === undefined) return rejected({ reason: 'UnknownAsset', asset: underlying })
  const reported = state.volatilities.get(underlying)
  if (reported === undefined || index === undefined) return rejected({ reason: 'NoVolatilities', underlying })
  const surface = preparedReport(reported, time)
  const marks: RepricedOption[] = []
  const unpriced: MarketId[] = []
  for (const terms of liveOptions(state, underlying, time)) {
    const priced = repriced({ state, terms, surface, reported, index, time })
    if (priced === undefined) unpriced.push(terms.id)
    else marks.push(priced)
  }
  return accepted({ type: 'Repriced', underlying, index: index.price, time, marks, unpriced })
}

interface Repricing {
  readonly state: ReadonlyState
  readonly terms: EuropeanOption
  readonly surface: PreparedSurface
  readonly reported: ReportedVolatilities
  readonly index: Quote
  readonly time: Timestamp
}

function repriced({ state, terms, surface, reported, index, time }: Repricing): RepricedOption | undefined {
  const { id: market, expiry, strike, right, settlement, underlying } = terms
  const quote = indexPrice(state, settlement)
  if (quote === undefined) return undefined
  const point = preparedVolatilityAt(surface, { expiry, strike: strikeInUsdDown(strike, quote) })
  if (point === undefined) return undefined
  const forward = movedForwardDown({ forward: point.forward, from: reported.index, to: index.price, quote })
  const { volatility } = point
  const timeMs = elapsedMs({ earlier: time, later: expiry })
  const mark = middleDown(optionValue({ kind: right, forward, strike, volatility, timeMs }))
  const rules = priceRules(state, underlying)
  // An option moves by no more than its underlying. A certain index leaves a mark as certain as the volatilities are.
  const isDoubted = rules !== undefined && quoteCondition(index, rules, time) === 'lowConfidence'
  const halfWidth = isDoubted ? halfWidthInUp(index.halfWidth, { quote, around: mark }) : NO_VALUE
  const observedAt = earlier(index.observedAt, reported.observedAt)
  return { market, forward, volatility, mark, halfWidth, guarded: index.guarded, observedAt }
}

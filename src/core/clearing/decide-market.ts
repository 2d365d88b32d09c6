import { absolute, isLess, isNegative } from '../quantity/arithmetic.ts'
import { advanceFunding } from '../quantity/funding-index.ts'
import { FUNDING_RATE_BOUND } from '../quantity/rate.ts'
import { exceeds } from '../quantity/comparison.ts'
import type { Price } from '../quantity/price.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import { type AssetId, compareNames } from '../instrument/identifier.ts'
import { indexPrice } from '../market/listing.ts'
import type { Quote } from '../market/quote.ts'
import { owedPriceOf } from '../market/redemption.ts'
import type { Command, ReportedQuote } from './command.ts'
import { accepted, type Decision, rejected } from './decision.ts'
import { claimExposureRejection, exchangeRatesRejection } from './exchange-rate-check.ts'
import { assetExposureRejection, openInterestRejection, optionExposureRejection } from './exposure-bound.ts'
import type { Rejection } from './rejection.ts'
import { settlementObservations } from './settlement-observations.ts'
import type { ReadonlyState } from './state.ts'

type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>

/** One batch of prices, marks and exchange rates, taken whole or not at all. Each must be no older than what is known. */
export function decideReportPrices(
  state: ReadonlyState,
  command: CommandOf<'reportPrices'>,
  time: Timestamp,
): Decision {
  const { observedAt, assets, marks, exchangeRates } = command
  if (observedAt > time) return rejected({ reason: 'ObservedInTheFuture', observedAt, time })
  const seen = new Set<string>()
  for (const report of assets) {
    const listed = state.assets.get(report.asset)
    if (listed === undefined) return rejected({ reason: 'UnknownAsset', asset: report.asset })
    const problem =
      quoteRejection(`asset ${report.asset}`, report, listed.index, observedAt, seen) ??
      assetExposureRejection(state, report.asset, report.price)
    if (problem !== undefined) return rejected(problem)
  }
  const badRate = exchangeRatesRejection(state, command)
  if (badRate !== undefined) return rejected(badRate)
  const told = {
    prices: new Map(assets.map(({ asset, price }) => [asset, price])),
    rates: new Map((exchangeRates ?? []).map(({ asset, rate }) => [asset, rate])),
  }
  for (const report of marks) {
    const listed = state.markets.get(report.market)
    if (listed === undefined || listed.terms.kind === 'spot')
      return rejected({ reason: 'UnknownMarket', market: report.market })
    if (listed.terms.kind === 'option') return rejected({ reason: 'MarkedBySurface', market: report.market })
    const { settlement } = listed.terms
    const problem =
      quoteRejection(`market ${report.market}`, report, listed.mark, observedAt, seen) ??
      openInterestRejection(state, report.market, report.price, owedAfter(state, settlement, told))
    if (problem !== undefined) return rejected(problem)
  }
  const rates = exchangeRates === undefined ? {} : { exchangeRates }
  const event = { type: 'PricesReported', observedAt, assets, marks, ...rates } as const
  const tooMuch = resettledRejection(state, told, seen) ?? claimExposureRejection(state, event)
  return tooMuch === undefined ? accepted(event, ...settlementObservations(state, event)) : rejected(tooMuch)
}

/**
 * Contracts whose settlement asset has a new price or rate while their mark stays, and options whose underlying has: their open
 * interest is worth something else.
 */
function resettledRejection(state: ReadonlyState, told: Told, seen: ReadonlySet<string>): Rejection | undefined {
  const contracts = [...state.markets.values()]
    .filter(
      ({ terms }) =>
        terms.kind !== 'spot' &&
        (told.prices.has(terms.settlement) ||
          told.rates.has(terms.settlement) ||
          (terms.kind === 'option' && told.prices.has(terms.underlying))),
    )
    .sort((a, b) => compareNames(a.terms.id, b.terms.id))
  for (const { terms, mark, openInterest } of contracts) {
    if (terms.kind === 'spot') continue
    const settlement = owedAfter(state, terms.settlement, told)
    const underlying = told.prices.get(terms.underlying) ?? indexPrice(state, terms.underlying)
    const atMark = seen.has(`market ${terms.id}`) ? undefined : mark?.price
    const problem =
      openInterestRejection(state, terms.id, atMark, settlement) ??
      optionExposureRejection(terms, openInterest, { underlying, settlement })
    if (problem !== undefined) return problem
  }
  return undefined
}

/** Prices and exchange rates of one report. */
interface Told {
  readonly prices: ReadonlyMap<AssetId, Price>
  readonly rates: ReadonlyMap<AssetId, Price>
}

/** What one unit of a settlement asset costs who owes it, once a report is taken. It is no claim on another asset. */
function owedAfter(state: ReadonlyState, asset: AssetId, { prices, rates }: Told): Price | undefined {
  const listed = state.assets.get(asset)
  const price = prices.get(asset) ?? listed?.index?.price
  if (listed === undefined || price === undefined) return undefined
  const rate = rates.get(asset)
  return rate === undefined
    ? owedPriceOf(state, listed, price)
    : owedPriceOf(state, { ...listed, exchangeRate: { rate, observedAt: state.time } }, price)
}

/** Longs pay shorts a share of the mark for each contract (negative: shorts pay). Known by its index; cash moves on `settle`. */
export function decideAccrueFunding(state: ReadonlyState, { market, rate }: CommandOf<'accrueFunding'>): Decision {
  const listed = state.markets.get(market)
  if (listed === undefined || listed.terms.kind === 'spot') return rejected({ reason: 'UnknownMarket', market })
  if (listed.terms.kind !== 'perpetual') return rejected({ reason: 'WrongMarketKind', market, kind: listed.terms.kind })
  if (listed.mark === undefined)
    return rejected({ reason: 'PriceUnusable', key: { kind: 'mark', market }, condition: 'none' })
  if (isLess(FUNDING_RATE_BOUND, absolute(rate))) return rejected({ reason: 'FundingRateOutOfRange', market, rate })
  return accepted({
    type: 'FundingAccrued',
    market,
    rate,
    index: advanceFunding(listed.fundingIndex, listed.mark.price, rate),
  })
}

/** All unsettled profit, loss and funding of a contract becomes cash at its mark. Options were paid for and have none. */
export function decideSettle(state: ReadonlyState, { market }: CommandOf<'settle'>): Decision {
  const listed = state.markets.get(market)
  if (listed === undefined || listed.terms.kind === 'spot') return rejected({ reason: 'UnknownMarket', market })
  if (listed.terms.kind === 'option') return rejected({ reason: 'WrongMarketKind', market, kind: listed.terms.kind })
  if (listed.mark === undefined)
    return rejected({ reason: 'PriceUnusable', key: { kind: 'mark', market }, condition: 'none' })
  return accepted({ type: 'ContractSettled', market, price: listed.mark.price, index: listed.fundingIndex })
}

function quoteRejection(
  id: string,
  report: ReportedQuote,
  known: Quote | undefined,
  observedAt: Timestamp,
  seen: Set<string>,
): Rejection | undefined {
  if (seen.has(id)) return { reason: 'DuplicateEntry', id }
  seen.add(id)
  if (isNegative(report.halfWidth) || exceeds(report.halfWidth, report.price))
    return { reason: 'HalfWidthOutOfRange', id, halfWidth: report.halfWidth }
  const { bid, ask } = report
  if (bid !== undefined && ask !== undefined && isLess(ask, bid)) return { reason: 'BidAboveAsk', id, bid, ask }
  if (known !== undefined && observedAt < known.observedAt)
    return { reason: 'OlderThanKnownPrice', id, observedAt, knownAt: known.observedAt }
  return undefined
}

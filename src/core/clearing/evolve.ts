import { isNegative, subtract } from '../quantity/arithmetic.ts'
import { NO_FUNDING } from '../quantity/funding-index.ts'
import { NO_QUANTITY } from '../quantity/quantity.ts'
import type { AssetId } from '../instrument/identifier.ts'
import type { ListedAsset } from '../market/listing.ts'
import { emptyBucket, lineOf, openAccount, POOL, withBucket, withLine, withMode, withOrder } from '../ledger/account.ts'
import { EMPTY_LEDGER } from '../ledger/asset-ledger.ts'
import { bucketSide, houseSide, MARKET_SIDE, post, putBucket, requireBucket } from '../ledger/books.ts'
import { withObservation } from '../market/settlement-index.ts'
import { invariant } from '../ledger/invariant.ts'
import { accrueInterest, openLending } from '../ledger/lending.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import type { Quote } from '../market/quote.ts'
import type { ReportedQuote } from './command.ts'
import { withRamp } from './epoch-ramp.ts'
import type { Event } from './event.ts'
import {
  applyContractCashed,
  applyContractFilled,
  applyContractsClosed,
  applyOptionFilled,
  applyOptionsClosed,
  applySpotFilled,
} from './evolve-trades.ts'
import { applyContractExpired, applyContractSettled } from './evolve-settlement.ts'
import { readRisk, requireMarket, type State } from './state.ts'

type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>
type Evolvers = { readonly [Type in Event['type']]: (state: State, event: EventOf<Type>) => void }

/** Applies one event to the state in place. It cannot fail: deciding has checked everything; a surprise is an InvariantError. */
export function evolve(state: State, event: Event): void {
  const apply = EVOLVERS[event.type] as (state: State, event: Event) => void
  apply(state, event)
}

const EVOLVERS: Evolvers = {
  AccountOpened: (state, { account }) => state.accounts.set(account, openAccount(account)),
  BucketModeSet: (state, { account, bucket, mode }) => {
    const owner = state.accounts.get(account)
    invariant(owner !== undefined, 'INV-LEDGER-3', () => `no account ${account}`)
    state.accounts.set(
      account,
      withBucket(owner, bucket, withMode(owner.buckets.get(bucket) ?? emptyBucket(mode), mode)),
    )
  },
  BucketLineSet: (state, { account, bucket, limit }) =>
    putBucket(state, account, bucket, withLine(requireBucket(state, account, bucket), limit)),
  Deposited: (state, { account, bucket, asset, quantity }) =>
    post(state, { asset, quantity, from: houseSide('custody'), to: bucketSide(account, bucket) }),
  Withdrawn: (state, { account, bucket, asset, quantity }) =>
    post(state, { asset, quantity, from: bucketSide(account, bucket), to: houseSide('custody') }),
  Transferred: (state, { account, from, to, asset, quantity }) =>
    post(state, { asset, quantity, from: bucketSide(account, from), to: bucketSide(account, to) }),
  ContractFilled: applyContractFilled,
  OptionFilled: applyOptionFilled,
  SpotFilled: applySpotFilled,
  OrderPlaced: (state, { account, bucket, order }) =>
    putBucket(state, account, bucket, withOrder(requireBucket(state, account, bucket), order.id, order)),
  OrderCancelled: (state, { account, bucket, order }) =>
    putBucket(state, account, bucket, withOrder(requireBucket(state, account, bucket), order.id, undefined)),
  PricesReported: applyPrices,
  VolatilitiesReported: (state, { underlying, observedAt, index, slices }) =>
    state.volatilities.set(underlying, { observedAt, index, slices }),
  Repriced: applyRepriced,
  FundingAccrued: (state, { market, index }) =>
    state.markets.set(market, { ...requireMarket(state, market), fundingIndex: index }),
  ContractSettled: applyContractSettled,
  SettlementIndexObserved: (state, { markets, index, from, until }) => {
    for (const market of markets) {
      const listed = requireMarket(state, market)
      state.markets.set(market, { ...listed, settling: withObservation(listed.settling, { index, from, until }) })
    }
  },
  ContractExpired: applyContractExpired,
  InterestAccrued: (state, { time }) => {
    for (const [asset, book] of state.assetBooks.entries()) {
      const curve = state.assets.get(asset)?.terms.borrowCurve
      invariant(curve !== undefined, 'INV-MARKET-1', () => `asset ${asset} is not listed`)
      state.assetBooks.set(asset, { ...book, lending: accrueInterest(book.lending, curve, time) })
    }
  },
  EpochAdopted: (state, { epoch, ramp }) => {
    const reading = readRisk(epoch)
    invariant(reading?.ok === true, 'INV-EPOCH-1', () => `epoch ${epoch.id} cannot be read`)
    state.risk = withRamp(state.risk, reading.risk, ramp)
  },
  InsuranceFunded: (state, { asset, quantity }) =>
    post(state, { asset, quantity, from: houseSide('custody'), to: houseSide('insuranceFund') }),
  DeficitWrittenOff: (state, { asset, quantity, source }) =>
    post(state, { asset, quantity, from: houseSide(source), to: houseSide('deficit') }),
  LiquidationStarted: () => undefined,
  ContractsClosed: applyContractsClosed,
  OptionsClosed: applyOptionsClosed,
  ContractCashed: applyContractCashed,
  DebtRepaid: (state, { account, given, got }) => {
    post(state, {
      asset: given.asset,
      quantity: given.quantity,
      from: bucketSide(account, given.bucket),
      to: MARKET_SIDE,
    })
    post(state, { asset: got.asset, quantity: got.quantity, from: MARKET_SIDE, to: bucketSide(account, got.bucket) })
  },
  PenaltyPaid: (state, { account, bucket, asset, quantity }) =>
    post(state, { asset, quantity, from: bucketSide(account, bucket), to: houseSide('insuranceFund') }),
  LinePaid: (state, { account, bucket, value, debts }) => {
    const before = requireBucket(state, account, bucket)
    const left = subtract(lineOf(before), value)
    invariant(!isNegative(left), 'INV-LINE-2', () => `${value} paid of a line of ${lineOf(before)}`)
    putBucket(state, account, bucket, withLine(before, left))
    for (const { asset, quantity } of debts)
      post(state, { asset, quantity, from: bucketSide(account, POOL), to: bucketSide(account, bucket) })
  },
  InsuranceDrawn: (state, { account, bucket, asset, quantity }) =>
    post(state, { asset, quantity, from: houseSide('insuranceFund'), to: bucketSide(account, bucket) }),
  InsuranceExchanged: (state, { given, got }) => {
    post(state, { ...given, from: houseSide('insuranceFund'), to: MARKET_SIDE })
    post(state, { ...got, from: MARKET_SIDE, to: houseSide('insuranceFund') })
  },
  DeficitRecorded: (state, { account, bucket, asset, quantity }) =>
    post(state, { asset, quantity, from: houseSide('deficit'), to: bucketSide(account, bucket) }),
  LiquidationEnded: () => undefined,
  MarketStatusSet: (state, { market, status }) =>
    state.markets.set(market, { ...requireMarket(state, market), status }),
  AssetListed: (state, { asset, verdict, time }) => {
    state.assets.set(asset.id, { terms: asset, index: undefined, listing: verdict })
    state.assetBooks.set(asset.id, { ledger: EMPTY_LEDGER, lending: openLending(time) })
  },
  AssetReviewed: (state, { asset, verdict }) =>
    state.assets.set(asset, { ...requireListed(state, asset), listing: verdict }),
  MarketListed: (state, { market }) =>
    state.markets.set(market.id, {
      terms: market,
      status: 'open',
      mark: undefined,
      fundingIndex: NO_FUNDING,
      openInterest: NO_QUANTITY,
    }),
  AssetDelisted: (state, { asset }) => {
    state.assets.delete(asset)
    state.assetBooks.delete(asset)
    state.volatilities.delete(asset)
  },
  MarketDelisted: (state, { market }) => state.markets.delete(market),
  ProtocolUpgraded: (state, { version }) => {
    state.protocolVersion = version
  },
}

function requireListed(state: State, asset: AssetId): ListedAsset {
  const listed = state.assets.get(asset)
  invariant(listed !== undefined, 'INV-MARKET-1', () => `asset ${asset} is not listed`)
  return listed
}

function applyPrices(state: State, { observedAt, assets, marks, exchangeRates }: EventOf<'PricesReported'>): void {
  for (const { asset, ...report } of assets)
    state.assets.set(asset, { ...requireListed(state, asset), index: quoteOf(report, observedAt) })
  for (const { asset, rate } of exchangeRates ?? []) {
    state.assets.set(asset, { ...requireListed(state, asset), exchangeRate: { rate, observedAt } })
  }
  for (const { market, ...report } of marks)
    state.markets.set(market, { ...requireMarket(state, market), mark: quoteOf(report, observedAt) })
}

function applyRepriced(state: State, { underlying, index, time, marks }: EventOf<'Repriced'>): void {
  for (const { market, forward, volatility, mark: price, ...quality } of marks) {
    const listed = requireMarket(state, market)
    const pricing = { forward, volatility, pricedAt: time }
    state.markets.set(market, { ...listed, mark: { price, ...quality }, pricing })
  }
  const reported = state.volatilities.get(underlying)
  if (reported !== undefined) state.volatilities.set(underlying, { ...reported, repriced: { index, at: time } })
}

function quoteOf({ confidencePpm, ...report }: ReportedQuote, observedAt: Timestamp): Quote {
  return { ...report, observedAt, ...(confidencePpm === undefined ? {} : { confidence: confidencePpm }) }
}

import { add, isNegative, isZero, negate, positivePart, subtract } from '../quantity/arithmetic.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { AccountId, MarketId } from '../instrument/identifier.ts'
import { quoteAsset } from '../instrument/market.ts'
import { MARKET_ACCOUNT, POOL, positionOf, withOrder, withPosition } from '../ledger/account.ts'
import { bucketSide, houseSide, MARKET_SIDE, post, postSigned, putBucket, requireBucket } from '../ledger/books.ts'
import {
  assumeUnsettled,
  type ContractLevel,
  moveOptions,
  type Position,
  settledPosition,
  tradePosition,
} from '../ledger/position.ts'
import { invariant } from '../ledger/invariant.ts'
import type { FillLeg } from './command.ts'
import type { Event } from './event.ts'
import { requireMarket, type State } from './state.ts'

type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>

/** Novation: each side trades with the clearinghouse, both in one step, so positions always sum to zero. */
export function applyContractFilled(
  state: State,
  { market, price, quantity, buyer, seller }: EventOf<'ContractFilled'>,
): void {
  const at = { price, fundingIndex: requireMarket(state, market).fundingIndex }
  tradeContract(state, buyer, market, quantity, at)
  tradeContract(state, seller, market, negate(quantity), at)
  payFees(state, market, buyer, seller)
  for (const leg of [buyer, seller]) reduceOrder(state, leg, quantity)
}

/** The premium is paid in full at once: an atom that rounding leaves between the two amounts goes to the fees. */
export function applyOptionFilled(
  state: State,
  { market, quantity, paid, received, buyer, seller }: EventOf<'OptionFilled'>,
): void {
  moveContracts(state, buyer, market, (held) => moveOptions(held, quantity))
  moveContracts(state, seller, market, (held) => moveOptions(held, negate(quantity)))
  const asset = quoteAsset(requireMarket(state, market).terms)
  const [from, to] = [bucketSide(buyer.account, buyer.bucket), bucketSide(seller.account, seller.bucket)]
  post(state, { asset, quantity: received, from, to })
  post(state, { asset, quantity: subtract(paid, received), from, to: houseSide('fees') })
  payFees(state, market, buyer, seller)
  for (const leg of [buyer, seller]) reduceOrder(state, leg, quantity)
}

/** Base and quote change hands in one step. */
export function applySpotFilled(state: State, { market, quantity, cost, buyer, seller }: EventOf<'SpotFilled'>): void {
  const { terms } = requireMarket(state, market)
  invariant(terms.kind === 'spot', 'INV-MARKET-2', () => `${market} is no spot pair`)
  const [to, from] = [bucketSide(buyer.account, buyer.bucket), bucketSide(seller.account, seller.bucket)]
  post(state, { asset: terms.base, quantity, from, to })
  post(state, { asset: terms.quote, quantity: cost, from: to, to: from })
  payFees(state, market, buyer, seller)
  for (const leg of [buyer, seller]) reduceOrder(state, leg, quantity)
}

/** A forced close: the market account is the other side. */
export function applyContractsClosed(
  state: State,
  { account, bucket, market, bought, price }: EventOf<'ContractsClosed'>,
): void {
  const at = { price, fundingIndex: requireMarket(state, market).fundingIndex }
  tradeContract(state, { account, bucket }, market, bought, at)
  tradeContract(state, { account: MARKET_ACCOUNT, bucket: POOL }, market, negate(bought), at)
}

/** A forced trade of options: the market account is the other side and pays, or gets, the premium at once. */
export function applyOptionsClosed(
  state: State,
  { account, bucket, market, bought, settlement, cash }: EventOf<'OptionsClosed'>,
): void {
  moveContracts(state, { account, bucket }, market, (held) => moveOptions(held, bought))
  moveContracts(state, { account: MARKET_ACCOUNT, bucket: POOL }, market, (held) => moveOptions(held, negate(bought)))
  postSigned(state, { asset: settlement, quantity: cash, from: MARKET_SIDE, to: bucketSide(account, bucket) })
}

/** A closed contract's unsettled amount is paid in cash at once; the market account takes the unsettled amount over. */
export function applyContractCashed(
  state: State,
  { account, bucket, market, price, settlement, cash }: EventOf<'ContractCashed'>,
): void {
  const at = { price, fundingIndex: requireMarket(state, market).fundingIndex }
  const member = requireBucket(state, account, bucket)
  const house = requireBucket(state, MARKET_ACCOUNT, POOL)
  const position = positionOf(member, market)
  putBucket(
    state,
    MARKET_ACCOUNT,
    POOL,
    withPosition(house, market, assumeUnsettled(positionOf(house, market), position, at)),
  )
  putBucket(state, account, bucket, withPosition(member, market, settledPosition(position, at)))
  postSigned(state, { asset: settlement, quantity: cash, from: MARKET_SIDE, to: bucketSide(account, bucket) })
}

interface InBucket {
  readonly account: AccountId
  readonly bucket: number
}

function tradeContract(state: State, at: InBucket, market: MarketId, bought: Quantity, level: ContractLevel): void {
  moveContracts(state, at, market, (position) => tradePosition(position, bought, level))
}

/** Replaces a position, and counts the open interest. */
function moveContracts(
  state: State,
  { account, bucket }: InBucket,
  market: MarketId,
  change: (position: Position) => Position,
): void {
  const before = requireBucket(state, account, bucket)
  const position = positionOf(before, market)
  const after = change(position)
  putBucket(state, account, bucket, withPosition(before, market, after))
  const listed = requireMarket(state, market)
  const longs = subtract(positivePart(after.quantity), positivePart(position.quantity))
  state.markets.set(market, { ...listed, openInterest: add(listed.openInterest, longs) })
}

/** Fees first, then rebates: deciding made sure that together they are not negative. */
function payFees(state: State, market: MarketId, buyer: FillLeg, seller: FillLeg): void {
  const asset = quoteAsset(requireMarket(state, market).terms)
  const legs = isNegative(buyer.fee) ? [seller, buyer] : [buyer, seller]
  for (const { account, bucket, fee } of legs)
    postSigned(state, { asset, quantity: fee, from: bucketSide(account, bucket), to: houseSide('fees') })
}

function reduceOrder(state: State, leg: FillLeg, quantity: Quantity): void {
  if (leg.order === undefined) return
  const bucket = requireBucket(state, leg.account, leg.bucket)
  const order = bucket.orders.get(leg.order)
  invariant(order !== undefined, 'INV-ORDER-1', () => `no order ${leg.order} of ${leg.account}`)
  const remaining = subtract(order.remaining, quantity)
  putBucket(
    state,
    leg.account,
    leg.bucket,
    withOrder(bucket, order.id, isZero(remaining) ? undefined : { ...order, remaining }),
  )
}

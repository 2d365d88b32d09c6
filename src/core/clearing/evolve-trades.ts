import { add, isNegative, isPositive, isZero, negate, positivePart, subtract } from '../quantity/arithmetic.ts'
import { quantityDown } from '../quantity/product.ts'
import { NO_QUANTITY, type Quantity } from '../quantity/quantity.ts'
import type { AccountId, AssetId, MarketId } from '../instrument/identifier.ts'
import { quoteAsset } from '../instrument/market.ts'
import { type Account, MARKET_ACCOUNT, POOL, positionOf, withOrder, withPosition } from '../ledger/account.ts'
import {
  bucketSide,
  houseSide,
  type LedgerAccount,
  MARKET_SIDE,
  post,
  putBucket,
  requireBucket,
} from '../ledger/books.ts'
import {
  assumeUnsettled,
  type ContractLevel,
  settledPosition,
  tradePosition,
  unsettledCash,
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
  payEitherWay(state, settlement, cash, MARKET_SIDE, bucketSide(account, bucket))
}

/**
 * All unsettled profit, loss and funding of a contract moves into balances. Exactly it sums to zero; each member's amount is
 * rounded down, so members lose less than one atom each and the sum of what they lost goes to the fees.
 */
export function applyContractSettled(state: State, { market, price, index }: EventOf<'ContractSettled'>): void {
  const { terms } = requireMarket(state, market)
  invariant(terms.kind !== 'spot', 'INV-MARKET-2', () => `${market} is no contract`)
  const at = { price, fundingIndex: index }
  let paidOut = NO_QUANTITY
  const dues = [...state.accounts.values()]
    .flatMap((account) => holdersIn(account, market))
    .map((holder) => ({ ...holder, cash: quantityDown(unsettledCash(holder.position, at)) }))
  // Losers pay first: the fees column lends nothing while the winners wait.
  for (const { account, bucket, position, cash } of [...dues.filter(isLoss), ...dues.filter((due) => !isLoss(due))]) {
    const settled = settledPosition(position, at)
    putBucket(state, account, bucket, withPosition(requireBucket(state, account, bucket), market, settled))
    payEitherWay(state, terms.settlement, cash, houseSide('fees'), bucketSide(account, bucket))
    paidOut = add(paidOut, cash)
  }
  invariant(
    !isPositive(paidOut),
    'INV-CONTRACT-1',
    () => `settling ${market} paid out ${paidOut} atoms more than it took in`,
  )
}

interface InBucket {
  readonly account: AccountId
  readonly bucket: number
}

function tradeContract(
  state: State,
  { account, bucket }: InBucket,
  market: MarketId,
  bought: Quantity,
  at: ContractLevel,
): void {
  const before = requireBucket(state, account, bucket)
  const position = positionOf(before, market)
  const after = tradePosition(position, bought, at)
  putBucket(state, account, bucket, withPosition(before, market, after))
  const listed = requireMarket(state, market)
  const longs = subtract(positivePart(after.quantity), positivePart(position.quantity))
  state.markets.set(market, { ...listed, openInterest: add(listed.openInterest, longs) })
}

/** Fees first, then rebates: deciding made sure that together they are not negative. */
function payFees(state: State, market: MarketId, buyer: FillLeg, seller: FillLeg): void {
  const asset = quoteAsset(requireMarket(state, market).terms)
  const legs = isNegative(buyer.fee) ? [seller, buyer] : [buyer, seller]
  for (const leg of legs) payEitherWay(state, asset, leg.fee, bucketSide(leg.account, leg.bucket), houseSide('fees'))
}

/** A signed amount: a negative one runs the other way. */
function payEitherWay(state: State, asset: AssetId, amount: Quantity, from: LedgerAccount, to: LedgerAccount): void {
  if (isNegative(amount)) post(state, { asset, quantity: negate(amount), from: to, to: from })
  else post(state, { asset, quantity: amount, from, to })
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

function holdersIn(account: Account, market: MarketId) {
  return [...account.buckets].flatMap(([number, bucket]) => {
    const position = bucket.positions.get(market)
    return position === undefined ? [] : [{ account: account.id, bucket: number, position }]
  })
}

function isLoss({ cash }: { readonly cash: Quantity }): boolean {
  return isNegative(cash)
}

import { add, isNegative, isPositive } from '../quantity/arithmetic.ts'
import type { CashFlow } from '../quantity/cash-flow.ts'
import { exerciseOf } from '../quantity/exercise.ts'
import { quantityDown } from '../quantity/product.ts'
import { NO_QUANTITY, type Quantity } from '../quantity/quantity.ts'
import type { AccountId, MarketId } from '../instrument/identifier.ts'
import { expiringTerms, quoteAsset } from '../instrument/market.ts'
import { type Account, withPosition } from '../ledger/account.ts'
import { bucketSide, houseSide, postSigned, putBucket, requireBucket } from '../ledger/books.ts'
import { NO_POSITION, type Position, settledPosition, unsettledCash } from '../ledger/position.ts'
import { invariant } from '../ledger/invariant.ts'
import type { Event } from './event.ts'
import { requireMarket, type State } from './state.ts'

type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>

/** All unsettled profit, loss and funding of a contract moves into balances; the contracts stay. */
export function applyContractSettled(state: State, { market, price, index }: EventOf<'ContractSettled'>): void {
  const { terms } = requireMarket(state, market)
  invariant(terms.kind === 'perpetual' || terms.kind === 'future', 'INV-MARKET-2', () => `${market} does not settle`)
  const at = { price, fundingIndex: index }
  payHolders(state, market, (position) => ({ due: unsettledCash(position, at), left: settledPosition(position, at) }))
}

/** A contract ends: futures pay their profit at the index, options what they are worth exercised, and nobody holds it after. */
export function applyContractExpired(state: State, { market, index }: EventOf<'ContractExpired'>): void {
  const listed = requireMarket(state, market)
  const terms = expiringTerms(listed.terms)
  invariant(terms !== undefined, 'INV-MARKET-2', () => `${market} does not expire`)
  const at = { price: index, fundingIndex: listed.fundingIndex }
  payHolders(state, market, (position) => ({
    due: terms.kind === 'future' ? unsettledCash(position, at) : exerciseOf(position.quantity, { ...terms, index }),
    left: NO_POSITION,
  }))
  state.markets.set(market, { ...listed, openInterest: NO_QUANTITY, settledAt: index })
}

interface Settled {
  /** What a holder gets (negative: pays), exactly. */
  readonly due: CashFlow
  readonly left: Position
}

/**
 * Pays every holder of a contract. Exactly it sums to zero; each amount is rounded down, so holders lose less than one atom
 * each and the sum of what they lost goes to the fees.
 */
function payHolders(state: State, market: MarketId, settle: (position: Position) => Settled): void {
  const asset = quoteAsset(requireMarket(state, market).terms)
  const dues = [...state.accounts.values()]
    .flatMap((account) => holdersIn(account, market))
    .map(({ position, ...holder }) => {
      const { due, left } = settle(position)
      return { ...holder, left, cash: quantityDown(due) }
    })
  let paidOut = NO_QUANTITY
  // Losers pay first: the fees column lends nothing while the winners wait.
  for (const { account, bucket, left, cash } of [...dues.filter(isLoss), ...dues.filter((due) => !isLoss(due))]) {
    putBucket(state, account, bucket, withPosition(requireBucket(state, account, bucket), market, left))
    postSigned(state, { asset, quantity: cash, from: houseSide('fees'), to: bucketSide(account, bucket) })
    paidOut = add(paidOut, cash)
  }
  invariant(
    !isPositive(paidOut),
    'INV-CONTRACT-1',
    () => `settling ${market} paid out ${paidOut} atoms more than it took in`,
  )
}

interface Holder {
  readonly account: AccountId
  readonly bucket: number
  readonly position: Position
}

function holdersIn(account: Account, market: MarketId): readonly Holder[] {
  return [...account.buckets].flatMap(([bucket, { positions }]) => {
    const position = positions.get(market)
    return position === undefined ? [] : [{ account: account.id, bucket, position }]
  })
}

function isLoss({ cash }: { readonly cash: Quantity }): boolean {
  return isNegative(cash)
}

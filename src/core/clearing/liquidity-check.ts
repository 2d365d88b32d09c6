import { isLess, isPositive, negate, positivePart } from '../quantity/arithmetic.ts'
import { nativeUnit } from '../quantity/native-unit.ts'
import { costOf, quantityDown, quantityUp } from '../quantity/product.ts'
import { ATOM, NO_QUANTITY, type Quantity } from '../quantity/quantity.ts'
import { largestPassing, type Steps } from '../quantity/utilisation.ts'
import type { AssetId } from '../instrument/identifier.ts'
import { type Market, quoteAsset } from '../instrument/market.ts'
import { MARKET_ACCOUNT } from '../ledger/account.ts'
import { requireAssetBook } from '../ledger/books.ts'
import { drawsBeyondCap } from '../ledger/lending.ts'
import type { Event } from './event.ts'
import type { Rejection } from './rejection.ts'
import type { ReadonlyState } from './state.ts'
import { tried } from './trial.ts'

type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>
type Fill = EventOf<'ContractFilled' | 'OptionFilled' | 'SpotFilled'>

/** What a command takes of an asset, and how it would look if it took another amount. */
interface Draw {
  readonly asset: AssetId
  readonly requested: Quantity
  readonly least: Quantity
  readonly step: Quantity
  readonly eventFor: (amount: Quantity) => Event
}

/** Why a withdrawal may not be made: not enough in custody, or utilisation over its cap. It names what could be withdrawn. */
export function withdrawalRejection(state: ReadonlyState, event: EventOf<'Withdrawn'>): Rejection | undefined {
  const { asset, quantity } = event
  const { custody } = requireAssetBook(state, asset).ledger
  const draw: Draw = {
    asset,
    requested: quantity,
    least: NO_QUANTITY,
    step: nativeUnit(state.assets.get(asset)?.terms.nativeDecimals ?? 0),
    eventFor: (amount) => ({ ...event, quantity: amount }),
  }
  const passes = (amount: Quantity) => !isLess(custody, amount) && staysWithin(state, draw, amount)
  return passes(quantity) ? undefined : insufficient(draw, largestPassing(stepsOf(draw), passes))
}

/** Why a transfer to another netting set may not be made: it would lend what nobody has to spare. */
export function transferRejection(state: ReadonlyState, event: EventOf<'Transferred'>): Rejection | undefined {
  const eventFor = (amount: Quantity): Event => ({ ...event, quantity: amount })
  return drawRejection(state, tried(state, [event]), {
    asset: event.asset,
    requested: event.quantity,
    least: NO_QUANTITY,
    step: ATOM,
    eventFor,
  })
}

/**
 * Why a fill may not be made: utilisation of what it trades over its cap. Of a spot fill what is available is so much of the
 * asset as a smaller fill with the same fees could move; of options, so much premium as that; of another contract, the largest
 * fee its payer could pay. `after` is the state with the fill.
 */
export function fillLiquidityRejection(
  state: ReadonlyState,
  after: ReadonlyState,
  terms: Market,
  event: Fill,
): Rejection | undefined {
  if (event.type === 'ContractFilled') return drawRejection(state, after, feeDraw(terms, event))
  if (event.type === 'OptionFilled') {
    const { price, quantity: requested } = event
    const premium = (size: Quantity) => quantityUp(costOf(size, price))
    const eventFor = (size: Quantity): Event => {
      const received = quantityDown(costOf(size, price))
      return { ...event, quantity: size, paid: premium(size), received }
    }
    const asset = quoteAsset(terms)
    return drawRejection(state, after, { asset, requested, least: NO_QUANTITY, step: terms.lot, eventFor }, premium)
  }
  if (terms.kind !== 'spot') return undefined
  const inQuote = (size: Quantity) => quantityUp(costOf(size, event.price))
  const eventFor = (size: Quantity): Event => ({ ...event, quantity: size, cost: inQuote(size) })
  const draw = { requested: event.quantity, least: NO_QUANTITY, step: terms.lot, eventFor }
  return (
    drawRejection(state, after, { ...draw, asset: terms.base }) ??
    drawRejection(state, after, { ...draw, asset: terms.quote }, inQuote)
  )
}

/** The larger fee of a member, the other side's as it is: together they stay no less than nothing. */
function feeDraw(terms: Market, event: EventOf<'ContractFilled'>): Draw {
  const { buyer, seller } = event
  const buyerPays =
    seller.account === MARKET_ACCOUNT || (buyer.account !== MARKET_ACCOUNT && !isLess(buyer.fee, seller.fee))
  const [payer, other] = buyerPays ? [buyer, seller] : [seller, buyer]
  return {
    asset: quoteAsset(terms),
    requested: payer.fee,
    least: positivePart(negate(other.fee)),
    step: ATOM,
    eventFor: (fee) => (buyerPays ? { ...event, buyer: { ...buyer, fee } } : { ...event, seller: { ...seller, fee } }),
  }
}

function drawRejection(
  state: ReadonlyState,
  after: ReadonlyState,
  draw: Draw,
  inAsset: (amount: Quantity) => Quantity = (amount) => amount,
): Rejection | undefined {
  if (isWithin(state, after, draw.asset)) return undefined
  const available = largestPassing(stepsOf(draw), (amount) => staysWithin(state, draw, amount))
  return insufficient(
    { ...draw, requested: inAsset(draw.requested) },
    isPositive(available) ? inAsset(available) : NO_QUANTITY,
  )
}

function staysWithin(state: ReadonlyState, { asset, eventFor }: Draw, amount: Quantity): boolean {
  return isWithin(state, tried(state, [eventFor(amount)]), asset)
}

function isWithin(state: ReadonlyState, after: ReadonlyState, asset: AssetId): boolean {
  const cap = state.assets.get(asset)?.terms.borrowCurve.capPpm
  if (cap === undefined) return true
  return !drawsBeyondCap(requireAssetBook(state, asset).lending, requireAssetBook(after, asset).lending, cap)
}

function stepsOf({ least, step, requested }: Draw): Steps {
  return { least, step, below: requested }
}

function insufficient({ asset, requested }: Draw, available: Quantity): Rejection {
  return { reason: 'InsufficientLiquidity', asset, requested, available }
}

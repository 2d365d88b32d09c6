import { price, PRICE_BOUND } from '../../src/core/quantity/price.ts'
import { quantity } from '../../src/core/quantity/quantity.ts'
import type { Timestamp } from '../../src/core/quantity/timestamp.ts'
import { type AccountId, type OrderId, orderId } from '../../src/core/instrument/identifier.ts'
import { expiringTerms, type Market } from '../../src/core/instrument/market.ts'
import { indexPrice, type ListedMarket } from '../../src/core/market/listing.ts'
import { MARKET_ACCOUNT } from '../../src/core/ledger/account.ts'
import type { Order } from '../../src/core/ledger/order.ts'
import type { Command, FillLeg } from '../../src/core/clearing/command.ts'
import type { ReadonlyState } from '../../src/core/clearing/state.ts'
import { anySize, below, between, percent, pick, type Prng } from './prng.ts'

const MILLION = 1_000_000n
const ONE = 10n ** 18n

/** A bucket of somebody. */
export interface Place {
  readonly account: AccountId
  readonly bucket: number
}

/** All buckets there are, members' or everybody's, in the order they were opened. */
export function places(state: ReadonlyState, whose: 'members' | 'everybody'): readonly Place[] {
  return [...state.accounts.values()]
    .filter(({ id }) => whose === 'everybody' || id !== MARKET_ACCOUNT)
    .flatMap(({ id, buckets }) => [...buckets.keys()].map((bucket) => ({ account: id, bucket })))
}

/** A fill of a contract, or of a spot pair. Draws: whether one that has expired will do, market, side of the outside world if any, places, size, price, fees. */
export function drawFill(state: ReadonlyState, prng: Prng, ...kinds: readonly Market['kind'][]): Command | undefined {
  const late = below(prng, 30) === 0
  const markets = [...state.markets.values()].filter(
    (listed) => kinds.includes(listed.terms.kind) && (late || isAlive(listed, state.time)),
  )
  if (markets.length === 0) return undefined
  const listed = pick(prng, markets)
  const outside = below(prng, 6)
  const members = places(state, 'members')
  if (members.length === 0) return undefined
  const other: Place = { account: MARKET_ACCOUNT, bucket: 0 }
  const buyer = outside === 0 ? other : pick(prng, members)
  const seller = outside === 1 ? other : pick(prng, members)
  const size = drawSize(listed, prng, listed.terms.kind === 'option' ? 8 : 14)
  const at = drawPrice(state, listed, prng, 8_000)
  return fillOf(listed, { buyer, seller, size, at }, prng)
}

/** A fill against a resting order, at its limit or a tick better. Draws: order, place, tick, size, fees. */
export function drawOrderFill(state: ReadonlyState, prng: Prng): Command | undefined {
  const resting = restingOrders(state)
  if (resting.length === 0) return undefined
  const { place, order } = pick(prng, resting)
  const listed = state.markets.get(order.market)
  if (listed === undefined) return undefined
  const other = percent(prng, 20) ? { account: MARKET_ACCOUNT, bucket: 0 } : pick(prng, places(state, 'members'))
  const tick = BigInt(below(prng, 2)) * listed.terms.tick
  const better = tick < order.limit ? tick : 0n
  const at = order.side === 'buy' ? order.limit - better : order.limit + better
  const half = order.remaining / 2n
  const size = percent(prng, 50) ? order.remaining : half - (half % listed.terms.lot)
  const owner = { ...place, order: order.id }
  const sides = order.side === 'buy' ? { buyer: owner, seller: other } : { buyer: other, seller: owner }
  return fillOf(listed, { ...sides, size, at }, prng)
}

/** A new order; one in twenty takes the name of one that rests. Draws: market, place, side, size, limit, name. */
export function drawOrder(state: ReadonlyState, prng: Prng, count: number): Command | undefined {
  const markets = [...state.markets.values()].filter((listed) => isAlive(listed, state.time))
  const members = places(state, 'members')
  if (markets.length === 0 || members.length === 0) return undefined
  const listed = pick(prng, markets)
  const order = {
    type: 'placeOrder',
    ...pick(prng, members),
    order: orderId(`o${count}`),
    market: listed.terms.id,
    side: pick(prng, ['buy', 'sell'] as const),
    quantity: quantity(drawSize(listed, prng, 11)),
    limit: price(drawPrice(state, listed, prng, 30_000)),
  } as const
  const resting = below(prng, 20) === 0 ? restingOrders(state)[0] : undefined
  return resting === undefined ? order : { ...order, ...resting.place, order: resting.order.id }
}

/** Draws: order. */
export function drawCancel(state: ReadonlyState, prng: Prng): Command | undefined {
  const resting = restingOrders(state)
  if (resting.length === 0) return undefined
  const { place, order } = pick(prng, resting)
  return { type: 'cancelOrder', ...place, order: order.id }
}

/** Whether a contract has time left, and an option a mark of the last minute. */
function isAlive({ terms, mark }: ListedMarket, now: Timestamp): boolean {
  const end = expiringTerms(terms)?.expiry
  if (terms.kind === 'option' && (mark === undefined || now - mark.observedAt > 60_000)) return false
  return end === undefined || now < end
}

interface Party extends Place {
  readonly order?: OrderId
}

interface Deal {
  readonly buyer: Party
  readonly seller: Party
  readonly size: bigint
  readonly at: bigint
}

/** Fees of 5 bp, and a rebate of 1 bp for one side in three fills; odd atoms on purpose. Draws: who is rebated. */
function fillOf({ terms }: ListedMarket, { buyer, seller, size, at }: Deal, prng: Prng): Command {
  const notional = (size * at) / ONE
  const fee = (notional * 500n) / MILLION + 7n
  const rebate = -(notional * 100n) / MILLION
  const rebated = below(prng, 6)
  const leg = (party: Party, isRebated: boolean): FillLeg => ({ ...party, fee: quantity(isRebated ? rebate : fee) })
  return {
    type: 'fill',
    market: terms.id,
    price: price(at),
    quantity: quantity(size),
    buyer: leg(buyer, rebated === 0),
    seller: leg(seller, rebated === 1),
  }
}

/** Whole lots from the minimum up, every size about equally likely. */
function drawSize({ terms }: ListedMarket, prng: Prng, bits: number): bigint {
  const least = (terms.minimumQuantity + terms.lot - 1n) / terms.lot
  return (least + anySize(prng, bits)) * terms.lot
}

/** Within so many ppm of the mark, on the tick; one in thirty far outside the band. */
function drawPrice(state: ReadonlyState, listed: ListedMarket, prng: Prng, ppm: number): bigint {
  const away = below(prng, 30) === 0 ? 400_000 : between(prng, -ppm, ppm)
  const raw = (markOf(state, listed) * (MILLION + BigInt(away))) / MILLION
  const { tick } = listed.terms
  const highest = PRICE_BOUND - PRICE_BOUND / 10n
  const bounded = raw < tick ? tick : raw < highest ? raw : highest
  return bounded - (bounded % tick)
}

function markOf(state: ReadonlyState, { terms, mark }: ListedMarket): bigint {
  if (terms.kind !== 'spot') return mark?.price ?? ONE
  const [base, quote] = [indexPrice(state, terms.base), indexPrice(state, terms.quote)]
  return base === undefined || quote === undefined ? ONE : (base * ONE) / quote
}

function restingOrders(state: ReadonlyState): { readonly place: Place; readonly order: Order }[] {
  return places(state, 'everybody').flatMap((place) =>
    [...(state.accounts.get(place.account)?.buckets.get(place.bucket)?.orders.values() ?? [])].map((order) => ({
      place,
      order,
    })),
  )
}

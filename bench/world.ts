import { price } from '../src/core/quantity/price.ts'
import { type Quantity, quantity } from '../src/core/quantity/quantity.ts'
import { ONE } from '../src/core/quantity/unit.ts'
import { NO_VALUE } from '../src/core/quantity/value.ts'
import { timestamp } from '../src/core/quantity/timestamp.ts'
import {
  type AccountId,
  accountId,
  type AssetId,
  assetId,
  type MarketId,
  orderId,
} from '../src/core/instrument/identifier.ts'
import { MARKET_ACCOUNT, POOL } from '../src/core/ledger/account.ts'
import type { Command, Envelope, Role } from '../src/core/clearing/command.ts'
import { senderId } from '../src/core/instrument/identifier.ts'
import { type Random, randomFrom } from '../src/replay/population/random.ts'
import { perpetualOf, type Venue, venueOf } from '../src/replay/run/venue.ts'

/** Underlyings of the benchmark's perpetuals, with a price each; USDT settles. */
const PRICES: readonly (readonly [string, number])[] = [
  ['BTC', 60_000],
  ['ETH', 3_000],
  ['SOL', 150],
  ['BNB', 500],
  ['LINK', 15],
  ['AVAX', 35],
  ['ADA', 1],
  ['DOGE', 1],
]
const START = 1_700_000_000_000

export const BENCH_ACCOUNTS = 10_000
export const BALANCES_EACH = 4
export const POSITIONS_EACH = 4

export interface BenchWorld {
  /** Commands that build it: everything listed and priced, then every account with 4 balances and 4 positions. */
  readonly setup: readonly Envelope[]
  /** Draws the next commands of the mix: 40% fills, 30% orders, 15% price batches, 10% deposits and withdrawals, 5% transfers. */
  mix(count: number): readonly Envelope[]
}

/** The same world and the same commands every time. */
export function benchWorld(accounts: number): BenchWorld {
  const random = randomFrom(11)
  const counters = new Map<Role, number>()
  const send = (role: Role, command: Command): Envelope => {
    const counter = (counters.get(role) ?? 0) + 1
    counters.set(role, counter)
    return { sender: senderId(`bench-${role}`), role, counter, command }
  }
  const names = Array.from({ length: accounts }, (_, i) => accountId(`B-${i}`))
  const resting = new Map<AccountId, number>()
  const moved = new Set<AccountId>()
  let nextOrder = 0

  function tradeWithMarket(account: AccountId, at: number, lots: number): Command {
    const [symbol, mark] = PRICES[at] ?? ['BTC', 60_000]
    const size = amount(lots, mark)
    const [buyer, seller] = lots > 0 ? [account, MARKET_ACCOUNT] : [MARKET_ACCOUNT, account]
    const leg = (id: AccountId) => ({ account: id, bucket: POOL, fee: quantity(0n) })
    return {
      type: 'fill',
      market: market(symbol),
      price: price(BigInt(mark) * ONE),
      quantity: size,
      buyer: leg(buyer),
      seller: leg(seller),
    }
  }

  function draw(): Envelope {
    const kind = random.below(100)
    const account = names[random.below(accounts)] ?? MARKET_ACCOUNT
    if (kind < 40)
      return send('venue', tradeWithMarket(account, random.below(PRICES.length), random.below(2) === 0 ? 1 : -1))
    if (kind < 70) return send('venue', order(account))
    if (kind < 85) return send('oracle', prices(random))
    const asset = random.below(2) === 0 ? assetId('USDT') : assetId('ETH')
    if (kind < 90)
      return send('custodian', { type: 'deposit', account, bucket: POOL, asset, quantity: quantity(ONE / 100n) })
    if (kind < 95)
      return send('venue', { type: 'withdraw', account, bucket: POOL, asset, quantity: quantity(ONE / 100n) })
    const [from, to] = moved.has(account) ? [1, 0] : [0, 1]
    if (from === 0) moved.add(account)
    else moved.delete(account)
    return send('venue', { type: 'transfer', account, from, to, asset: assetId('USDT'), quantity: quantity(ONE) })
  }

  /** Places an order, or cancels the one that rests: the books stay the same size. */
  function order(account: AccountId): Command {
    const open = resting.get(account)
    if (open !== undefined) {
      resting.delete(account)
      return { type: 'cancelOrder', account, bucket: POOL, order: orderId(`o-${open}`) }
    }
    nextOrder += 1
    resting.set(account, nextOrder)
    const [symbol, mark] = PRICES[random.below(PRICES.length)] ?? ['BTC', 60_000]
    const side = random.below(2) === 0 ? 'buy' : 'sell'
    const id = orderId(`o-${nextOrder}`)
    return {
      type: 'placeOrder',
      account,
      bucket: POOL,
      order: id,
      market: market(symbol),
      side,
      quantity: amount(1, mark),
      limit: price(BigInt(mark) * ONE),
    }
  }

  const setup = [
    ...listings().map((command) => send('risk', command)),
    send('oracle', prices(random)),
    send('custodian', {
      type: 'deposit',
      account: MARKET_ACCOUNT,
      bucket: POOL,
      asset: assetId('USDT'),
      quantity: quantity(BigInt(accounts) * 1_000n * ONE),
    }),
    ...names.flatMap((account, i) => [
      send('venue', { type: 'openAccount', account }),
      send('venue', { type: 'setBucketMode', account, bucket: 1, mode: 'cross' }),
      ...deposits(account).map((command) => send('custodian', command)),
      ...Array.from({ length: POSITIONS_EACH }, (_, k) =>
        send('venue', tradeWithMarket(account, (i + k) % PRICES.length, k % 2 === 0 ? 10 : -10)),
      ),
    ]),
  ]
  return { setup, mix: (count) => Array.from({ length: count }, draw) }
}

function venue(): Venue {
  const spot = PRICES.map(([symbol]) => assetId(symbol))
  const header = {
    id: 'bench',
    title: 'bench',
    settlement: assetId('USDT'),
    intervalMs: 3_600_000,
    spot,
    perpetualMarks: [],
    sources: [],
    notes: [],
  }
  return venueOf(header, 'standard')
}

function listings(): readonly Command[] {
  const { assets, perpetuals, epoch } = venue()
  return [
    ...assets.map((asset): Command => ({ type: 'listAsset', asset })),
    ...perpetuals.map((listed): Command => ({ type: 'listMarket', market: listed })),
    { type: 'adoptEpoch', epoch },
  ]
}

/** Four balances worth 10,000 USD each. */
function deposits(account: AccountId): readonly Command[] {
  const assets: readonly (readonly [string, number])[] = [['USDT', 1], ...PRICES.slice(0, BALANCES_EACH - 1)]
  return assets.map(([symbol, each]): Command => {
    const held = quantity((10_000n * ONE) / BigInt(each))
    const native = symbol === 'USDT' ? held : quantity(held - (held % 10n))
    return { type: 'deposit', account, bucket: POOL, asset: assetId(symbol), quantity: native }
  })
}

/** All prices and marks, each within a tenth of a percent of where it started. */
function prices(random: Random): Command {
  const quotes = PRICES.map(([symbol, mark]) => ({
    symbol,
    at: price((BigInt(mark) * ONE * BigInt(9_990 + random.below(21))) / 10_000n),
  }))
  const certain = { halfWidth: NO_VALUE, guarded: false }
  const usdt = { asset: assetId('USDT'), price: price(ONE), ...certain }
  return {
    type: 'reportPrices',
    observedAt: timestamp(START),
    assets: [
      usdt,
      ...quotes.map(({ symbol, at }): { asset: AssetId } & Omit<typeof usdt, 'asset'> => ({
        asset: assetId(symbol),
        price: at,
        ...certain,
      })),
    ],
    marks: quotes.map(({ symbol, at }) => ({ market: market(symbol), price: at, ...certain })),
  }
}

function market(symbol: string): MarketId {
  return perpetualOf(assetId(symbol))
}

/** So many lots of about 100 USD each. */
function amount(lots: number, mark: number): Quantity {
  const size = (100n * BigInt(Math.abs(lots)) * ONE) / BigInt(mark)
  return quantity(size - (size % 10n ** 10n))
}

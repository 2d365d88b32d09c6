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
import { LENDER } from '../src/replay/run/lender.ts'
import { listings as listAssets } from '../src/replay/run/send-market.ts'
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

/** Numbers commands per role, as senders do. */
type Send = (role: Role, command: Command) => Envelope

/** The same world and the same commands every time. */
export function benchWorld(accounts: number): BenchWorld {
  const random = randomFrom(11)
  const send = numbering()
  const names = Array.from({ length: accounts }, (_, i) => accountId(`B-${i}`))
  const setup = setupCommands(names, random, send)
  const draw = commandMix(names, random, send)
  return { setup, mix: (count) => Array.from({ length: count }, draw) }
}

function numbering(): Send {
  const counters = new Map<Role, number>()
  return (role, command) => {
    const counter = (counters.get(role) ?? 0) + 1
    counters.set(role, counter)
    return { sender: senderId(`bench-${role}`), role, counter, command }
  }
}

function setupCommands(names: readonly AccountId[], random: Random, send: Send): readonly Envelope[] {
  const lent = quantity(BigInt(names.length) * 1_000n * ONE)
  const lending = { account: LENDER, bucket: POOL, asset: assetId('USDT'), quantity: lent }
  return [
    ...listings().map((command) => send('risk', command)),
    send('oracle', prices(random)),
    send('venue', { type: 'openAccount', account: LENDER }),
    send('custodian', { type: 'deposit', ...lending }),
    ...names.flatMap((account, i) => [
      send('venue', { type: 'openAccount', account }),
      send('venue', { type: 'setBucketMode', account, bucket: 1, mode: 'cross' }),
      ...deposits(account).map((command) => send('custodian', command)),
      ...Array.from({ length: POSITIONS_EACH }, (_, k) => {
        const lots = k % 2 === 0 ? 10 : -10
        return send('venue', tradeWithMarket(account, (i + k) % PRICES.length, lots))
      }),
    ]),
  ]
}

function commandMix(names: readonly AccountId[], random: Random, send: Send): () => Envelope {
  const resting = new Map<AccountId, number>()
  const moved = new Set<AccountId>()
  let nextOrder = 0

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
    const terms = { market: market(symbol), side, quantity: amount(1, mark), limit: price(BigInt(mark) * ONE) } as const
    return { type: 'placeOrder', account, bucket: POOL, order: orderId(`o-${nextOrder}`), ...terms }
  }

  function transfer(account: AccountId): Command {
    const [from, to] = moved.has(account) ? [1, 0] : [0, 1]
    if (from === 0) moved.add(account)
    else moved.delete(account)
    return { type: 'transfer', account, from, to, asset: assetId('USDT'), quantity: quantity(ONE) }
  }

  return () => {
    const kind = random.below(100)
    const account = names[random.below(names.length)] ?? MARKET_ACCOUNT
    const lots = random.below(2) === 0 ? 1 : -1
    if (kind < 40) return send('venue', tradeWithMarket(account, random.below(PRICES.length), lots))
    if (kind < 70) return send('venue', order(account))
    if (kind < 85) return send('oracle', prices(random))
    if (kind >= 95) return send('venue', transfer(account))
    const asset = random.below(2) === 0 ? assetId('USDT') : assetId('ETH')
    const moving = { account, bucket: POOL, asset, quantity: quantity(ONE / 100n) }
    return kind < 90
      ? send('custodian', { type: 'deposit', ...moving })
      : send('venue', { type: 'withdraw', ...moving })
  }
}

function tradeWithMarket(account: AccountId, at: number, lots: number): Command {
  const [symbol, mark] = PRICES[at] ?? ['BTC', 60_000]
  const [buyer, seller] = lots > 0 ? [account, MARKET_ACCOUNT] : [MARKET_ACCOUNT, account]
  const leg = (id: AccountId) => ({ account: id, bucket: POOL, fee: quantity(0n) })
  const trade = { market: market(symbol), price: price(BigInt(mark) * ONE), quantity: amount(lots, mark) }
  return { type: 'fill', ...trade, buyer: leg(buyer), seller: leg(seller) }
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
  const listed = venue()
  const { perpetuals, epoch } = listed
  return [
    ...listAssets(listed),
    ...perpetuals.map((market): Command => ({ type: 'listMarket', market })),
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

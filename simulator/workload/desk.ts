import { type Timestamp, timestamp } from '../../src/core/quantity/timestamp.ts'
import type { Asset } from '../../src/core/instrument/asset.ts'
import {
  type AccountId,
  accountId,
  type AssetId,
  type MarketId,
  orderId,
  type SenderId,
  senderId,
} from '../../src/core/instrument/identifier.ts'
import type { Market } from '../../src/core/instrument/market.ts'
import type { Epoch } from '../../src/core/market/epoch.ts'
import { balanceOf, type BucketMode, MARKET_ACCOUNT, positionOf } from '../../src/core/ledger/account.ts'
import { lendingFor, requireBucket } from '../../src/core/ledger/books.ts'
import type { Position } from '../../src/core/ledger/position.ts'
import { applyDecision } from '../../src/core/clearing/apply.ts'
import type { Command, Envelope, FillLeg, Role, Sequenced } from '../../src/core/clearing/command.ts'
import { decide } from '../../src/core/clearing/decide.ts'
import type { Decision } from '../../src/core/clearing/decision.ts'
import type { Event } from '../../src/core/clearing/event.ts'
import { genesis, type ReadonlyState, type State } from '../../src/core/clearing/state.ts'
import { at, standardEpoch, units, usd, WORLD_ASSETS, WORLD_MARKETS, WORLD_PRICES } from './world.ts'
import { listing } from './listing.ts'

/** A clearinghouse without a shell: stamps what it is given with the next sequence and its own clock. */
export interface Desk {
  readonly state: State
  /** Decides and applies. Whoever usually sends such a command sends it, unless told otherwise. */
  send(command: Command, as?: Partial<Omit<Envelope, 'command'>>): Decision
  /** As `send`, for what must be accepted: throws RangeError with the reason if it is not. */
  accept(command: Command): readonly Event[]
  /** Lets time pass. */
  pass(ms: number): void
  now(): Timestamp
}

export const MS_PER_DAY = 86_400_000
export const OPENING: Timestamp = timestamp(1_700_000_000_000)

const USUAL_ROLE: { readonly [Type in Command['type']]: Role } = {
  openAccount: 'venue',
  deposit: 'custodian',
  withdraw: 'venue',
  transfer: 'venue',
  setBucketMode: 'venue',
  setBucketLine: 'venue',
  fill: 'venue',
  placeOrder: 'venue',
  cancelOrder: 'venue',
  reportPrices: 'oracle',
  reportVolatilities: 'oracle',
  reprice: 'keeper',
  accrueFunding: 'oracle',
  settle: 'keeper',
  expire: 'keeper',
  accrueInterest: 'keeper',
  adoptEpoch: 'risk',
  fundInsurance: 'custodian',
  writeOffDeficit: 'risk',
  liquidate: 'keeper',
  setMarketStatus: 'venue',
  listAsset: 'risk',
  listMarket: 'risk',
  reviewAsset: 'risk',
  delistAsset: 'risk',
  delistMarket: 'risk',
  upgradeProtocol: 'risk',
}

/** A role that may send the command, of those in authorise.ts: money of the outside world is the custodian's. */
export function usualRole(command: Command): Role {
  if (command.type === 'withdraw' && command.account === MARKET_ACCOUNT) return 'custodian'
  if (command.type === 'writeOffDeficit' && command.source === 'custody') return 'custodian'
  if (command.type === 'expire' && command.index !== undefined) return 'risk'
  return USUAL_ROLE[command.type]
}

/** A desk with nothing on it. */
export function emptyDesk(state: State = genesis()): Desk {
  const counters = new Map<SenderId, number>()
  let now = OPENING > state.time ? OPENING : state.time
  function send(command: Command, as: Partial<Omit<Envelope, 'command'>> = {}): Decision {
    const role = as.role ?? usualRole(command)
    const sender = as.sender ?? senderId(role)
    const counter = as.counter ?? (counters.get(sender) ?? 0) + 1
    counters.set(sender, counter)
    const sequenced: Sequenced = {
      envelope: { sender, role, counter, command },
      sequence: state.sequence + 1,
      time: now,
    }
    const decision = decide(state, sequenced)
    applyDecision(state, sequenced, decision)
    return decision
  }
  return {
    state,
    send,
    accept: (command) => {
      const decision = send(command)
      if (!decision.ok) throw new RangeError(`${command.type} was refused: ${describe(decision)}`)
      return decision.events
    },
    pass: (ms) => {
      now = timestamp(now + ms)
    },
    now: () => now,
  }
}

/** What a desk may differ in from the small world of world.ts. */
interface World {
  readonly assets?: readonly Asset[]
  readonly markets?: readonly Market[]
  readonly epoch?: Epoch
  readonly prices?: Prices
}

/** A desk in the small world of world.ts: all is listed and priced, an epoch is in force, nobody is there yet. */
export function tradingDesk(world: World = {}): Desk {
  const desk = emptyDesk()
  for (const asset of world.assets ?? WORLD_ASSETS) desk.accept(listing(asset))
  for (const market of world.markets ?? WORLD_MARKETS) desk.accept({ type: 'listMarket', market })
  desk.accept({ type: 'adoptEpoch', epoch: world.epoch ?? standardEpoch('first') })
  desk.accept(priceReport(desk.now(), world.prices ?? WORLD_PRICES))
  return desk
}

interface Prices {
  readonly assets?: readonly (readonly [AssetId, string])[]
  readonly marks?: readonly (readonly [MarketId, string])[]
}

/** A report of certain prices. */
export function priceReport(
  observedAt: Timestamp,
  { assets = [], marks = [] }: Prices,
): Extract<Command, { type: 'reportPrices' }> {
  const certain = { halfWidth: usd('0'), guarded: false }
  return {
    type: 'reportPrices',
    observedAt,
    assets: assets.map(([asset, price]) => ({ asset, price: at(price), ...certain })),
    marks: marks.map(([market, price]) => ({ market, price: at(price), ...certain })),
  }
}

/** A member with an account and what it deposits into its pool, in decimal strings. */
export function member(desk: Desk, name: string, ...deposits: readonly (readonly [AssetId, string])[]): AccountId {
  const account = accountId(name)
  desk.accept({ type: 'openAccount', account })
  for (const [asset, amount] of deposits)
    desk.accept({ type: 'deposit', account, bucket: 0, asset, quantity: units(amount) })
  return account
}

/** Another bucket for a member, with what is deposited into it. */
export function bucketOf(
  desk: Desk,
  account: AccountId,
  bucket: number,
  mode: BucketMode,
  ...deposits: readonly (readonly [AssetId, string])[]
): void {
  desk.accept({ type: 'setBucketMode', account, bucket, mode })
  for (const [asset, amount] of deposits)
    desk.accept({ type: 'deposit', account, bucket, asset, quantity: units(amount) })
}

/** A side of a fill; no fee and bucket 0 unless given. */
export function leg(account: AccountId, given: { bucket?: number; fee?: string; order?: string } = {}): FillLeg {
  const order = given.order === undefined ? {} : { order: orderId(given.order) }
  return { account, bucket: given.bucket ?? 0, fee: units(given.fee ?? '0'), ...order }
}

/** A fill in decimal strings. */
export function fill(
  market: MarketId,
  { quantity, price, buyer, seller }: { quantity: string; price: string; buyer: FillLeg; seller: FillLeg },
): Extract<Command, { type: 'fill' }> {
  return { type: 'fill', market, price: at(price), quantity: units(quantity), buyer, seller }
}

/** 'ok', or the reason of a refusal: what tables of tests compare. */
export function outcome(decision: Decision): string {
  return decision.ok ? 'ok' : decision.rejection.reason
}

/** Atoms a bucket has (negative: owes) of an asset, with interest. */
export function held(state: ReadonlyState, account: AccountId, asset: AssetId, bucket = 0): bigint {
  return balanceOf(requireBucket(state, account, bucket), asset, lendingFor(state, account, asset))
}

/** Contracts of a bucket in a market. */
export function contracts(state: ReadonlyState, account: AccountId, market: MarketId, bucket = 0): Position {
  return positionOf(requireBucket(state, account, bucket), market)
}

/** A refusal with its numbers, readable. */
export function describe(decision: Decision): string {
  if (decision.ok) return 'accepted'
  return JSON.stringify(decision.rejection, (_key, field: unknown) => (typeof field === 'bigint' ? `${field}` : field))
}

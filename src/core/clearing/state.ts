import { type Timestamp, timestamp } from '../quantity/timestamp.ts'
import type { AccountId, AssetId, MarketId, SenderId } from '../instrument/identifier.ts'
import type { Epoch } from '../market/epoch.ts'
import type { ListedAsset, ListedMarket } from '../market/listing.ts'
import type { RampTerms } from '../market/ramp-terms.ts'
import type { ReportedVolatilities } from '../market/volatility-report.ts'
import { type Account, MARKET_ACCOUNT, openAccount } from '../ledger/account.ts'
import type { AssetBook } from '../ledger/books.ts'
import { invariant } from '../ledger/invariant.ts'
import { overlayTable, type ReadonlyTable, type Table } from '../ledger/table.ts'
import type { MarginModel } from '../margin/model.ts'
import { marginModel } from '../margin/registry.ts'
import type { SenderAnswers } from './answers.ts'

/** The epoch in force with its model and the model's own parameters, read once. */
export interface Risk {
  readonly epoch: Epoch
  readonly model: MarginModel<unknown>
  readonly parameters: unknown
  /** How it came in; undefined for the first epoch of a venue, and kept when it is over. */
  readonly ramp: Ramp | undefined
}

/** What was charged before an epoch, and how that gives way to it. What was charged may be a ramp of its own, cut short. */
export interface Ramp {
  readonly terms: RampTerms
  readonly from: Risk
}

/** The whole state of the clearinghouse. Only `evolve` and `recordAnswer` write it; everybody else holds a ReadonlyState. */
export interface State {
  protocolVersion: number
  /** Sequence and time of the last command applied. */
  sequence: number
  time: Timestamp
  risk: Risk | undefined
  readonly assets: Table<AssetId, ListedAsset>
  readonly markets: Table<MarketId, ListedMarket>
  /** By underlying. */
  readonly volatilities: Table<AssetId, ReportedVolatilities>
  readonly assetBooks: Table<AssetId, AssetBook>
  readonly accounts: Table<AccountId, Account>
  readonly answers: Table<SenderId, SenderAnswers>
}

export interface ReadonlyState {
  readonly protocolVersion: number
  readonly sequence: number
  readonly time: Timestamp
  readonly risk: Risk | undefined
  readonly assets: ReadonlyTable<AssetId, ListedAsset>
  readonly markets: ReadonlyTable<MarketId, ListedMarket>
  readonly volatilities: ReadonlyTable<AssetId, ReportedVolatilities>
  readonly assetBooks: ReadonlyTable<AssetId, AssetBook>
  readonly accounts: ReadonlyTable<AccountId, Account>
  readonly answers: ReadonlyTable<SenderId, SenderAnswers>
}

/** Versions of outcome-changing behaviour this build can decide by. */
export const PROTOCOL_VERSIONS: readonly number[] = [1]

/** State before the first command: nothing is listed, and only the market account exists. */
export function genesis(): State {
  return {
    protocolVersion: 1,
    sequence: 0,
    time: timestamp(0),
    risk: undefined,
    assets: new Map(),
    markets: new Map(),
    volatilities: new Map(),
    assetBooks: new Map(),
    accounts: new Map([[MARKET_ACCOUNT, openAccount(MARKET_ACCOUNT)]]),
    answers: new Map(),
  }
}

/** A state that reads through to another and keeps its own changes: what a command with several steps tries them on. */
export function overlayState(base: ReadonlyState): State {
  return {
    protocolVersion: base.protocolVersion,
    sequence: base.sequence,
    time: base.time,
    risk: base.risk,
    assets: overlayTable(base.assets),
    markets: overlayTable(base.markets),
    volatilities: overlayTable(base.volatilities),
    assetBooks: overlayTable(base.assetBooks),
    accounts: overlayTable(base.accounts),
    answers: overlayTable(base.answers),
  }
}

export type RiskReading =
  | { readonly ok: true; readonly risk: Risk }
  | { readonly ok: false; readonly field: string; readonly expected: string; readonly found: string }

/** The epoch by itself, with its model's parameters decoded, or what is wrong with them. Undefined: no such model in this build. */
export function readRisk(epoch: Epoch): RiskReading | undefined {
  const model = marginModel(epoch.model)
  if (model === undefined) return undefined
  const decoded = model.decodeParameters(epoch.sections[epoch.model])
  return decoded.ok
    ? { ok: true, risk: { epoch, model, parameters: decoded.parameters, ramp: undefined } }
    : { ...decoded, field: `sections.${epoch.model}.${decoded.field}` }
}

/** A market that must be listed: deciding has made sure of it. */
export function requireMarket(state: ReadonlyState, market: MarketId): ListedMarket {
  const listed = state.markets.get(market)
  invariant(listed !== undefined, 'INV-MARKET-1', () => `market ${market} is not listed`)
  return listed
}

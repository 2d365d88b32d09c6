import { quantity } from '../../core/quantity/quantity.ts'
import type { Price } from '../../core/quantity/price.ts'
import { valueDown } from '../../core/quantity/product.ts'
import { ONE } from '../../core/quantity/unit.ts'
import type { Value } from '../../core/quantity/value.ts'
import type { AssetId } from '../../core/instrument/identifier.ts'
import { MARKET_ACCOUNT, POOL } from '../../core/ledger/account.ts'
import { indexPrice } from '../../core/market/listing.ts'
import type { Command, Role } from '../../core/clearing/command.ts'
import type { Rejection } from '../../core/clearing/rejection.ts'
import type { ReadonlyState } from '../../core/clearing/state.ts'
import { drawPopulation, type Population } from '../population/population.ts'
import type { World } from '../population/world.ts'
import type { Mode } from '../report/replay-report.ts'
import { type CapitalTracker, trackCapital } from './capital.ts'
import type { Desk } from './desk.ts'
import { LENDER } from './lender.ts'
import { openingCommands } from './open-accounts.ts'
import { mustAccept } from './send-market.ts'
import { assetFigures, tiersOf } from './standard-section.ts'
import { valueOf } from './totals.ts'
import { perpetualOf, type Venue } from './venue.ts'

export interface PopulationOptions {
  readonly accounts: number
  readonly seed: number
  readonly mode: Mode
  /** Whether to measure the capital that would have avoided every liquidation: it re-margins everybody once more. */
  readonly measureCapital: boolean
}

/** The population in place, and what is measured from here on. */
export interface Opened {
  readonly population: Population
  readonly capital: CapitalTracker | undefined
  readonly insurance: Value
  /** NLV of the market account when all accounts had opened. */
  readonly marketValue: Value
  readonly refused: readonly Rejection[]
}

/** For each account: what the insurance fund starts with and what the lender puts up to be borrowed, in whole units. */
const INSURANCE_PER_ACCOUNT = 100n
const LENDING_PER_ACCOUNT = 25_000n

/** Draws the accounts at the prices of this moment and opens them, one after another. */
export function openAccounts(desk: Desk, venue: Venue, options: PopulationOptions): Opened {
  const count = BigInt(options.accounts)
  const asset = venue.settlement
  const fund = quantity(count * INSURANCE_PER_ACCOUNT * ONE)
  const lent = quantity(count * LENDING_PER_ACCOUNT * ONE)
  mustAccept(desk, 'venue', [{ type: 'openAccount', account: LENDER }])
  mustAccept(desk, 'custodian', [
    { type: 'fundInsurance', asset, quantity: fund },
    { type: 'deposit', account: LENDER, bucket: POOL, asset, quantity: lent },
  ])
  const population = drawPopulation(worldOf(desk.state, venue), options.accounts, options.seed)
  const commands = population.drawn.map((drawn) => openingCommands(desk.state, drawn, options.mode))
  const refused = [
    ...refusals(
      desk,
      'venue',
      commands.flatMap(({ venue: opening }) => opening),
    ),
    ...refusals(
      desk,
      'custodian',
      commands.flatMap(({ custodian }) => custodian),
    ),
    ...refusals(
      desk,
      'venue',
      commands.flatMap(({ trading }) => trading),
    ),
  ]
  const settlementPrice = indexPrice(desk.state, asset)
  if (settlementPrice === undefined) throw new RangeError(`${asset} has no price at the opening`)
  return {
    population,
    capital: options.measureCapital ? trackCapital(desk.state) : undefined,
    insurance: valueDown(fund, settlementPrice),
    marketValue: valueOf(desk.state, MARKET_ACCOUNT),
    refused,
  }
}

function refusals(desk: Desk, role: Role, commands: readonly Command[]): readonly Rejection[] {
  return desk.send(role, commands).flatMap((decision) => (decision.ok ? [] : [decision.rejection]))
}

/** What there is to draw from: every asset with a price, every perpetual with a mark, by name. */
function worldOf(state: ReadonlyState, { settlement, assets, perpetuals }: Venue): World {
  const prices = new Map<AssetId, Price>()
  for (const { id } of assets) {
    const price = indexPrice(state, id)
    if (price !== undefined) prices.set(id, price)
  }
  const marks = new Map<AssetId, Price>()
  for (const { underlying } of perpetuals) {
    const mark = state.markets.get(perpetualOf(underlying))?.mark
    if (mark !== undefined) marks.set(underlying, mark.price)
  }
  return {
    settlement,
    prices,
    marks,
    initialHaircutPpm: (asset) => assetFigures(asset, settlement).initialHaircutPpm,
    initialRatePpm: (underlying) => tiersOf(underlying)[0]?.initialPpm ?? 1_000_000,
    firstTierUsd: (underlying) => Number(tiersOf(underlying)[1]?.aboveUsd ?? Number.MAX_SAFE_INTEGER),
  }
}

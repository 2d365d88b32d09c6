import { type Quantity, quantity } from '../../core/quantity/quantity.ts'
import { valueDown } from '../../core/quantity/product.ts'
import { ONE } from '../../core/quantity/unit.ts'
import type { Value } from '../../core/quantity/value.ts'
import { MARKET_ACCOUNT, POOL } from '../../core/ledger/account.ts'
import { indexPrice } from '../../core/market/listing.ts'
import type { Command, Role } from '../../core/clearing/command.ts'
import type { Rejection } from '../../core/clearing/rejection.ts'
import type { Population } from '../population/population.ts'
import type { Mode } from '../report/replay-report.ts'
import { type CapitalTracker, trackCapital } from './capital.ts'
import type { Desk } from './desk.ts'
import { LENDER } from './lender.ts'
import type { OpeningCommands } from './open-accounts.ts'
import { drawnPopulation, type Openings, openingsOf } from './openings.ts'
import { mustAccept } from './send-market.ts'
import { valueOf } from './totals.ts'
import type { Venue } from './venue.ts'

export interface PopulationOptions {
  readonly accounts: number
  readonly seed: number
  readonly mode: Mode
  /** Worked out ahead; undefined: as they are drawn at the opening. */
  readonly openings: Openings | undefined
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

/** Opens the accounts at the prices of this moment, one after another. */
export function openAccounts(desk: Desk, venue: Venue, options: PopulationOptions): Opened {
  const fund = fundVenue(desk, venue, options.accounts)
  const { population, commands } =
    options.openings ?? openingsOf(desk.state, drawnPopulation(desk.state, venue, options), options.mode)
  const refused = [
    ...sendDeposits(desk, commands),
    ...refusals(
      desk,
      'venue',
      commands.flatMap(({ trading }) => trading),
    ),
  ]
  const settlementPrice = indexPrice(desk.state, venue.settlement)
  if (settlementPrice === undefined) throw new RangeError(`${venue.settlement} has no price at the opening`)
  return {
    population,
    capital: options.measureCapital ? trackCapital(desk.state) : undefined,
    insurance: valueDown(fund, settlementPrice),
    marketValue: valueOf(desk.state, MARKET_ACCOUNT),
    refused,
  }
}

/** Pays in the insurance fund, which is returned, and what there is to borrow: both grow with the number of accounts. */
export function fundVenue(desk: Desk, { settlement: asset }: Venue, accounts: number): Quantity {
  const fund = quantity(BigInt(accounts) * INSURANCE_PER_ACCOUNT * ONE)
  const lent = quantity(BigInt(accounts) * LENDING_PER_ACCOUNT * ONE)
  mustAccept(desk, 'venue', [{ type: 'openAccount', account: LENDER }])
  mustAccept(desk, 'custodian', [
    { type: 'fundInsurance', asset, quantity: fund },
    { type: 'deposit', account: LENDER, bucket: POOL, asset, quantity: lent },
  ])
  return fund
}

/** Opens all accounts, then takes all their deposits. Returns what was refused. */
export function sendDeposits(desk: Desk, commands: readonly OpeningCommands[]): readonly Rejection[] {
  return [
    ...refusals(
      desk,
      'venue',
      commands.flatMap(({ venue }) => venue),
    ),
    ...refusals(
      desk,
      'custodian',
      commands.flatMap(({ custodian }) => custodian),
    ),
  ]
}

function refusals(desk: Desk, role: Role, commands: readonly Command[]): readonly Rejection[] {
  return desk.send(role, commands).flatMap((decision) => (decision.ok ? [] : [decision.rejection]))
}

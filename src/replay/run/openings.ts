import type { AssetId } from '../../core/instrument/identifier.ts'
import type { Price } from '../../core/quantity/price.ts'
import { indexPrice } from '../../core/market/listing.ts'
import type { ReadonlyState } from '../../core/clearing/state.ts'
import { drawPopulation, type Population } from '../population/population.ts'
import type { World } from '../population/world.ts'
import type { Mode } from '../report/replay-report.ts'
import { type OpeningCommands, openingCommands } from './open-accounts.ts'
import { assetFigures, tiersOf } from './standard-section.ts'
import { perpetualOf, type Venue } from './venue.ts'

/** A population with the commands that open it, account by account. */
export interface Openings {
  readonly population: Population
  readonly commands: readonly OpeningCommands[]
}

/** Accounts drawn at the prices of the moment, as large as the first rates of `standard` let them be. */
export function drawnPopulation(
  state: ReadonlyState,
  venue: Venue,
  { accounts, seed }: { readonly accounts: number; readonly seed: number },
): Population {
  return drawPopulation(worldOf(state, venue), accounts, seed)
}

/** Opens a population as it was drawn. */
export function openingsOf(state: ReadonlyState, population: Population, mode: Mode): Openings {
  return { population, commands: population.drawn.map((drawn) => openingCommands(state, drawn, mode)) }
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

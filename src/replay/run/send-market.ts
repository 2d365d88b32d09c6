import { ONE_DOLLAR, type Price } from '../../core/quantity/price.ts'
import { NO_VALUE } from '../../core/quantity/value.ts'
import type { AssetId } from '../../core/instrument/identifier.ts'
import type { Command, ReportedQuote } from '../../core/clearing/command.ts'
import type { TapeStep } from '../tape/bar.ts'
import type { PriceBatch } from '../tape/price-path.ts'
import type { Desk } from './desk.ts'
import { listingEvidence } from './listing-evidence.ts'
import { perpetualOf, type Venue } from './venue.ts'

const SETTLEMENT_PERIOD_MS = 8 * 3_600_000

/** Lists everything and adopts the epoch, at the time of the tape's first bar. */
export function sendVenue(desk: Desk, venue: Venue, first: TapeStep): void {
  desk.setTime(first.time)
  mustAccept(desk, 'risk', [
    ...listings(venue),
    ...venue.perpetuals.map((market): Command => ({ type: 'listMarket', market })),
    { type: 'adoptEpoch', epoch: venue.epoch },
  ])
}

/** Commands that list the venue's assets, on the replay's assumptions. */
export function listings({ assets, settlement }: Venue): readonly Command[] {
  return assets.map((asset) => ({
    type: 'listAsset',
    asset,
    evidence: listingEvidence(asset.id, asset.priceRules.dailyVolatilityPpm, settlement),
  }))
}

/** One batch of prices. The settlement asset is worth a dollar unless the tape says otherwise; a mark not on the tape is its index. */
export function sendPrices(desk: Desk, { settlement, perpetuals, indexed, marked }: Venue, batch: PriceBatch): void {
  desk.setTime(batch.time)
  const marks = new Map<AssetId, Price>(batch.perp)
  const index = new Map<AssetId, Price>(batch.spot)
  if (!indexed.has(settlement)) index.set(settlement, ONE_DOLLAR)
  // An underlying with marks and no index of its own: the mark is all that is known of its price.
  for (const [asset, mark] of marks) if (!indexed.has(asset)) index.set(asset, mark)
  const assets = [...index].map(([asset, price]) => ({ asset, ...reported(price) }))
  const contracts = perpetuals.flatMap(({ id, underlying }) => {
    const price = marked.has(underlying) ? marks.get(underlying) : index.get(underlying)
    return price === undefined ? [] : [{ market: id, ...reported(price) }]
  })
  mustAccept(desk, 'oracle', [{ type: 'reportPrices', observedAt: batch.time, assets, marks: contracts }])
}

/** Funding that falls due before a bar's open, settlement every eight hours, interest with every bar. */
export function sendDue(desk: Desk, { perpetuals }: Venue, { time, funding }: TapeStep): void {
  desk.setTime(time)
  const due = funding.map(({ symbol, rate }): Command => ({ type: 'accrueFunding', market: perpetualOf(symbol), rate }))
  mustAccept(desk, 'venue', due)
  const marked = perpetuals.filter(({ id }) => desk.state.markets.get(id)?.mark !== undefined)
  if (time % SETTLEMENT_PERIOD_MS === 0)
    mustAccept(
      desk,
      'venue',
      marked.map(({ id }): Command => ({ type: 'settle', market: id })),
    )
  mustAccept(desk, 'keeper', [{ type: 'accrueInterest' }])
}

/** Sends commands that a replay's own set-up cannot get wrong. Throws Error with the rejection if one is refused. */
export function mustAccept(desk: Desk, role: Parameters<Desk['send']>[0], commands: readonly Command[]): void {
  const decisions = desk.send(role, commands)
  decisions.forEach((decision, i) => {
    if (!decision.ok) throw new Error(`${commands[i]?.type} of the replay was refused: ${decision.rejection.reason}`)
  })
}

function reported(price: Price): ReportedQuote {
  return { price, halfWidth: NO_VALUE, guarded: false }
}

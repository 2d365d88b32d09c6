import { isWithinBand } from '../quantity/comparison.ts'
import { ppm } from '../quantity/ppm.ts'
import { ONE_DOLLAR } from '../quantity/price.ts'
import { allowanceUp } from '../quantity/redemption.ts'
import { elapsedMs, type Timestamp } from '../quantity/timestamp.ts'
import type { AssetId } from '../instrument/identifier.ts'
import type { ExchangeRate } from '../market/listing.ts'
import { owedPrice } from '../market/redemption.ts'
import type { Command, ExchangeRateReport } from './command.ts'
import { claimsOn } from './backing-check.ts'
import { assetExposureRejection } from './exposure-bound.ts'
import type { Event } from './event.ts'
import type { Rejection } from './rejection.ts'
import type { ReadonlyState } from './state.ts'
import { tried } from './trial.ts'

type Report = Extract<Command, { type: 'reportPrices' }>

/**
 * Guard against a wrong feed, not against a lying one: a staked token gains some hundredths of a percent a day, so what moves by
 * more than 1% for each day begun since the last rate is a misplaced point or another token's rate. A true slashing of 5% gets
 * through on the fifth day, or in steps; until then the market's price bounds what is owned.
 */
const DAILY_MOVE = ppm(10_000n)

/** Why reported exchange rates will not do. Each is of a claim, named once, no older than what is known, and no jump from it. */
export function exchangeRatesRejection(
  state: ReadonlyState,
  { exchangeRates = [], observedAt }: Report,
): Rejection | undefined {
  const seen = new Set<AssetId>()
  for (const report of exchangeRates) {
    const { asset } = report
    const listed = state.assets.get(asset)
    if (listed === undefined) return { reason: 'UnknownAsset', asset }
    if (seen.has(asset)) return { reason: 'DuplicateEntry', id: `rate ${asset}` }
    seen.add(asset)
    if (listed.terms.backing === undefined) return { reason: 'NotAClaim', asset }
    const problem = rateRejection(report, knownRate(listed.exchangeRate, listed.terms.backing.reference), observedAt)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** Why a report may not be taken: at new rates and reference prices what is held of a claim would be worth too much. */
export function claimExposureRejection(
  state: ReadonlyState,
  report: Extract<Event, { type: 'PricesReported' }>,
): Rejection | undefined {
  const rated = (report.exchangeRates ?? []).map(({ asset }) => asset)
  const claims = new Set([...report.assets.flatMap(({ asset }) => claimsOn(state, asset)), ...rated])
  if (claims.size === 0) return undefined
  const after = tried(state, [report])
  for (const claim of claims) {
    const problem = assetExposureRejection(after, claim, owedPrice(after, claim))
    if (problem !== undefined) return problem
  }
  return undefined
}

/** The rate a new one is compared with: of a claim on the unit of account 1 until there is another. */
function knownRate(known: ExchangeRate | undefined, reference: AssetId | undefined): Partial<ExchangeRate> {
  return known ?? (reference === undefined ? { rate: ONE_DOLLAR } : {})
}

function rateRejection(
  { asset, rate }: ExchangeRateReport,
  { rate: known, observedAt: knownAt }: Partial<ExchangeRate>,
  observedAt: Timestamp,
): Rejection | undefined {
  if (knownAt !== undefined && observedAt < knownAt)
    return { reason: 'OlderThanKnownPrice', id: `rate ${asset}`, observedAt, knownAt }
  if (known === undefined) return undefined
  const ageMs = knownAt === undefined ? 0 : elapsedMs({ earlier: knownAt, later: observedAt })
  const allowedPpm = allowanceUp(DAILY_MOVE, ageMs)
  if (isWithinBand({ price: rate, reference: known, band: allowedPpm })) return undefined
  return { reason: 'ExchangeRateJumped', asset, rate, known, allowedPpm }
}

import { absolute, isLess, isNegative, isPositive, isZero, larger } from '../quantity/arithmetic.ts'
import type { Bucket } from '../ledger/account.ts'
import { largestTotal } from '../ledger/asset-ledger.ts'
import { WHOLE } from '../quantity/ppm.ts'
import { elapsedMs, type Timestamp } from '../quantity/timestamp.ts'
import type { Asset } from '../instrument/asset.ts'
import type { BorrowCurve } from '../instrument/borrow-curve.ts'
import type { CloseOutCost } from '../instrument/close-out-cost.ts'
import { compareNames } from '../instrument/identifier.ts'
import { expiringTerms, assetsOf, type Market } from '../instrument/market.ts'
import { checkListing } from '../collateral/listing-check.ts'
import { rampFault, rampTerms } from '../market/ramp-terms.ts'
import { TIME_BOUND_MS } from '../pricing/root-time.ts'
import { marginModelIds } from '../margin/registry.ts'
import { backingRejection, evidenceRejection, referencedRejection, settlementRejection } from './backing-check.ts'
import type { Command } from './command.ts'
import { accepted, type Decision, rejected } from './decision.ts'
import { rampRejection } from './epoch-ramp.ts'
import type { Rejection } from './rejection.ts'
import { PROTOCOL_VERSIONS, type ReadonlyState, readRisk } from './state.ts'

type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>

/**
 * Checks in this order: the epoch is another, this build knows its model and can read its section, how it is to come in; unless
 * it is the first: nothing else is coming in (an emergency cuts in on what is none itself), and both models can ramp.
 */
export function decideAdoptEpoch(
  { risk }: ReadonlyState,
  { epoch, ramp }: CommandOf<'adoptEpoch'>,
  time: Timestamp,
): Decision {
  if (risk?.epoch.id === epoch.id) return rejected({ reason: 'EpochExists', epoch: epoch.id })
  const reading = readRisk(epoch)
  if (reading === undefined) return rejected({ reason: 'UnknownModel', model: epoch.model, known: marginModelIds() })
  if (!reading.ok)
    return rejected({ reason: 'BadEpoch', field: reading.field, expected: reading.expected, found: reading.found })
  const terms = rampTerms(ramp ?? {}, time)
  const fault = rampFault(terms)
  if (fault !== undefined) return rejected({ reason: 'BadTerms', ...fault })
  if (risk === undefined) return accepted({ type: 'EpochAdopted', epoch })
  const refused = rampRejection(risk, reading.risk.model, terms)
  return refused === undefined ? accepted({ type: 'EpochAdopted', epoch, ramp: terms }) : rejected(refused)
}

export function decideSetMarketStatus(
  state: ReadonlyState,
  { market, status }: CommandOf<'setMarketStatus'>,
): Decision {
  if (state.markets.get(market) === undefined) return rejected({ reason: 'UnknownMarket', market })
  return accepted({ type: 'MarketStatusSet', market, status })
}

/** Checks: its name, its terms, what it stands for, then whether the evidence allows it to be listed (METHODOLOGY 9). */
export function decideListAsset(
  state: ReadonlyState,
  { asset, evidence }: CommandOf<'listAsset'>,
  time: Timestamp,
): Decision {
  if (state.assets.get(asset.id) !== undefined) return rejected({ reason: 'AlreadyListed', id: asset.id })
  const bad = badTerms(asset) ?? backingRejection(state, asset, evidence) ?? evidenceRejection(evidence)
  if (bad !== undefined) return rejected(bad)
  const verdict = checkListing(evidence)
  return verdict.eligible
    ? accepted({ type: 'AssetListed', asset, verdict, time })
    : rejected({ reason: 'NotEligible', asset: asset.id, reasons: verdict.reasons })
}

/** Judges a listed asset again. What would refuse a listing does not remove it: what is held of it may only shrink from then on. */
export function decideReviewAsset(state: ReadonlyState, { asset, evidence }: CommandOf<'reviewAsset'>): Decision {
  const listed = state.assets.get(asset)
  if (listed === undefined) return rejected({ reason: 'UnknownAsset', asset })
  const bad = backingRejection(state, listed.terms, evidence) ?? evidenceRejection(evidence)
  return bad === undefined ? accepted({ type: 'AssetReviewed', asset, verdict: checkListing(evidence) }) : rejected(bad)
}

/** A contract with an end is listed before it, and at most a hundred years before. */
export function decideListMarket(state: ReadonlyState, { market }: CommandOf<'listMarket'>, time: Timestamp): Decision {
  if (state.markets.get(market.id) !== undefined) return rejected({ reason: 'AlreadyListed', id: market.id })
  for (const asset of assetsOf(market)) {
    if (state.assets.get(asset) === undefined) return rejected({ reason: 'UnknownAsset', asset })
  }
  const bad =
    badMarketTerms(market) ??
    (market.kind === 'spot' ? undefined : settlementRejection(state, market)) ??
    badExpiry(market, time)
  return bad === undefined ? accepted({ type: 'MarketListed', market }) : rejected(bad)
}

/** An asset goes when nothing of it is left anywhere, and no market or claim needs it. A refusal names the largest amount left. */
export function decideDelistAsset(state: ReadonlyState, { asset, reason }: CommandOf<'delistAsset'>): Decision {
  const book = state.assetBooks.get(asset)
  if (book === undefined) return rejected({ reason: 'UnknownAsset', asset })
  const referenced = referencedRejection(state, asset)
  if (referenced !== undefined) return rejected(referenced)
  const market = [...state.markets.values()]
    .filter(({ terms }) => assetsOf(terms).includes(asset))
    .map(({ terms }) => terms.id)
    .sort(compareNames)[0]
  if (market !== undefined) return rejected({ reason: 'StillTraded', asset, market })
  const held = bucketsOf(state).flatMap(({ balances }) => balances.get(asset)?.principal ?? [])
  const left = [...held, largestTotal(book.ledger)].map(absolute).reduce(larger)
  return isZero(left)
    ? accepted({ type: 'AssetDelisted', asset, reason })
    : rejected({ reason: 'StillHeld', id: asset, quantity: left })
}

/** A market goes when nobody holds a contract, has anything left to settle in it, or an order resting. As for an asset. */
export function decideDelistMarket(state: ReadonlyState, { market }: CommandOf<'delistMarket'>): Decision {
  const listed = state.markets.get(market)
  if (listed === undefined) return rejected({ reason: 'UnknownMarket', market })
  const left = bucketsOf(state).flatMap(({ positions, orders }) => {
    const position = positions.get(market)
    const resting = [...orders.values()].filter((order) => order.market === market).map(({ remaining }) => remaining)
    return position === undefined ? resting : [position.quantity, ...resting]
  })
  return left.length === 0
    ? accepted({ type: 'MarketDelisted', market })
    : rejected({ reason: 'StillHeld', id: market, quantity: left.map(absolute).reduce(larger) })
}

function bucketsOf(state: ReadonlyState): readonly Bucket[] {
  return [...state.accounts.values()].flatMap(({ buckets }) => [...buckets.values()])
}

export function decideUpgradeProtocol(state: ReadonlyState, { version }: CommandOf<'upgradeProtocol'>): Decision {
  const known = PROTOCOL_VERSIONS.filter((candidate) => candidate > state.protocolVersion)
  return known.includes(version)
    ? accepted({ type: 'ProtocolUpgraded', version })
    : rejected({ reason: 'UnknownProtocolVersion', version, known })
}

function badTerms(asset: Asset): Rejection | undefined {
  const { nativeDecimals, priceRules } = asset
  if (nativeDecimals % 1 !== 0 || nativeDecimals < 0 || nativeDecimals > 18)
    return { reason: 'BadTerms', field: 'nativeDecimals', expected: 'a whole number from 0 to 18' }
  if (priceRules.freshForMs % 1 !== 0 || priceRules.freshForMs < 1)
    return { reason: 'BadTerms', field: 'priceRules.freshForMs', expected: 'whole milliseconds above 0' }
  if (asset.borrowCap !== undefined && isNegative(asset.borrowCap))
    return { reason: 'BadTerms', field: 'borrowCap', expected: 'a quantity of 0 or more' }
  return badCurve(asset.borrowCurve) ?? badCost(asset.closeOutCost)
}

function badCurve({ basePpm, kinkPpm, atKinkPpm, atFullPpm, capPpm }: BorrowCurve): Rejection | undefined {
  if (!isPositive(kinkPpm) || !isLess(kinkPpm, WHOLE))
    return { reason: 'BadTerms', field: 'borrowCurve.kinkPpm', expected: 'above 0 and below 1000000' }
  if (isLess(atKinkPpm, basePpm))
    return { reason: 'BadTerms', field: 'borrowCurve.atKinkPpm', expected: 'no less than basePpm' }
  if (isLess(atFullPpm, atKinkPpm))
    return { reason: 'BadTerms', field: 'borrowCurve.atFullPpm', expected: 'no less than atKinkPpm' }
  return isLess(WHOLE, capPpm)
    ? { reason: 'BadTerms', field: 'borrowCurve.capPpm', expected: 'at most 1000000' }
    : undefined
}

function badMarketTerms(market: Market): Rejection | undefined {
  if (!isPositive(market.lot)) return { reason: 'BadTerms', field: 'lot', expected: 'a quantity above 0' }
  if (!isPositive(market.minimumQuantity))
    return { reason: 'BadTerms', field: 'minimumQuantity', expected: 'a quantity above 0' }
  if (market.kind !== 'spot' && market.underlying === market.settlement)
    return {
      reason: 'BadTerms',
      field: 'settlement',
      expected: 'an asset other than the underlying: contracts here are linear',
    }
  if (market.kind === 'spot' && market.base === market.quote)
    return { reason: 'BadTerms', field: 'quote', expected: 'an asset other than the base' }
  return badCost(market.closeOutCost)
}

function badExpiry(market: Market, time: Timestamp): Rejection | undefined {
  const expiry = expiringTerms(market)?.expiry
  if (expiry === undefined) return undefined
  const ms = elapsedMs({ earlier: time, later: expiry })
  return ms > 0 && BigInt(ms) <= TIME_BOUND_MS
    ? undefined
    : { reason: 'BadTerms', field: 'expiry', expected: 'a time after now, by at most 100 years' }
}

function badCost(cost: CloseOutCost): Rejection | undefined {
  return isPositive(cost.impactNotional)
    ? undefined
    : { reason: 'BadTerms', field: 'closeOutCost.impactNotional', expected: 'a value above 0' }
}

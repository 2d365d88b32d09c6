import { quantity } from '../../src/core/quantity/quantity.ts'
import { value } from '../../src/core/quantity/value.ts'
import type { AssetId } from '../../src/core/instrument/identifier.ts'
import { balanceOf, lineOf } from '../../src/core/ledger/account.ts'
import { lendingFor, requireBucket } from '../../src/core/ledger/books.ts'
import type { Command } from '../../src/core/clearing/command.ts'
import { isBelowMaintenance, maintenanceOf, viewNettingSet } from '../../src/core/clearing/margin-check.ts'
import type { ReadonlyState } from '../../src/core/clearing/state.ts'
import { type Place, places } from './generate-trades.ts'
import { anySize, below, between, percent, pick, type Prng } from './prng.ts'

const ONE = 10n ** 18n

/** About 1 to 16,000 dollars' worth of something. Draws: place, asset, size. */
export function drawDeposit(state: ReadonlyState, prng: Prng): Command | undefined {
  const [place, asset] = [pickPlace(state, prng), pickAsset(state, prng)]
  if (place === undefined || asset === undefined) return undefined
  return { type: 'deposit', ...place, asset, quantity: quantity(drawAmount(state, asset, prng)) }
}

/** A share of what is there up to a little more than all of it; one in five a loan. Draws: place, asset, kind, size. */
export function drawWithdrawal(state: ReadonlyState, prng: Prng): Command | undefined {
  const [place, asset] = [pickPlace(state, prng), pickAsset(state, prng)]
  if (place === undefined || asset === undefined) return undefined
  return { type: 'withdraw', ...place, asset, quantity: quantity(drawPart(state, place, asset, prng)) }
}

/** Between two buckets of one owner. Draws: place, asset, target, kind, size. */
export function drawTransfer(state: ReadonlyState, prng: Prng): Command | undefined {
  const [place, asset] = [pickPlace(state, prng), pickAsset(state, prng)]
  const buckets = place === undefined ? undefined : state.accounts.get(place.account)?.buckets
  if (place === undefined || asset === undefined || buckets === undefined) return undefined
  const others = [...buckets.keys()].filter((bucket) => bucket !== place.bucket || buckets.size === 1)
  const to = pick(prng, others)
  const { account, bucket: from } = place
  return { type: 'transfer', account, from, to, asset, quantity: quantity(drawPart(state, place, asset, prng)) }
}

/** Buckets 0 to 3, in any mode. Draws: place, bucket, mode. */
export function drawMode(state: ReadonlyState, prng: Prng): Command | undefined {
  const place = pickPlace(state, prng)
  if (place === undefined) return undefined
  const bucket = between(prng, 0, 3)
  const mode = pick(prng, ['isolated', 'isolated', 'line', 'line', 'line', 'cross'] as const)
  return { type: 'setBucketMode', account: place.account, bucket, mode }
}

/** Nine in ten for a line bucket, if there is one; one in five a part of the line it has. Draws: which kind, place, size. */
export function drawLine(state: ReadonlyState, prng: Prng): Command | undefined {
  const all = places(state, 'members')
  const lines = all.filter(({ account, bucket }) => requireBucket(state, account, bucket).mode === 'line')
  const choice = percent(prng, 90) && lines.length > 0 ? lines : all
  if (choice.length === 0) return undefined
  const place = pick(prng, choice)
  const line = lineOf(requireBucket(state, place.account, place.bucket))
  const dollars = percent(prng, 50) ? BigInt(between(prng, 500, 12_000)) : anySize(prng, 13)
  const limit = percent(prng, 20) ? line / BigInt(between(prng, 1, 4)) : dollars * ONE + anySize(prng, 59)
  return { type: 'setBucketLine', ...place, limit: value(limit) }
}

/** Draws: asset, size. */
export function drawInsurance(state: ReadonlyState, prng: Prng): Command | undefined {
  const asset = pickAsset(state, prng)
  if (asset === undefined) return undefined
  return { type: 'fundInsurance', asset, quantity: quantity(drawAmount(state, asset, prng)) }
}

/** All of a deficit or a part of it; of nothing if there is none. Draws: asset, source, size. */
export function drawWriteOff(state: ReadonlyState, prng: Prng): Command | undefined {
  const short = [...state.assetBooks.entries()].filter(([, { ledger }]) => ledger.deficit > 0n)
  const found = short.length > 0 ? pick(prng, short) : undefined
  const asset = found?.[0] ?? pickAsset(state, prng)
  if (asset === undefined) return undefined
  const deficit = found?.[1].ledger.deficit ?? ONE
  const source = pick(prng, ['fees', 'insuranceFund', 'custody'] as const)
  return { type: 'writeOffDeficit', asset, source, quantity: quantity((deficit + 2n) / BigInt(between(prng, 1, 3))) }
}

/** Three in four a netting set below its maintenance margin, if there is one. Draws: which kind, which set. */
export function drawLiquidation(state: ReadonlyState, prng: Prng): Command | undefined {
  const { risk } = state
  const below = places(state, 'members').filter(({ account, bucket }) => {
    const view = viewNettingSet(state, account, bucket)
    if (risk === undefined || view === undefined) return false
    return isBelowMaintenance(state, view, maintenanceOf(state, risk, view, state.time))
  })
  const choice = percent(prng, 75) && below.length > 0 ? below : places(state, 'everybody')
  return choice.length === 0 ? undefined : { type: 'liquidate', ...pick(prng, choice) }
}

function pickPlace(state: ReadonlyState, prng: Prng): Place | undefined {
  const all = places(state, below(prng, 25) === 0 ? 'everybody' : 'members')
  return all.length === 0 ? undefined : pick(prng, all)
}

function pickAsset(state: ReadonlyState, prng: Prng): AssetId | undefined {
  const all = [...state.assets.values()].map(({ terms }) => terms.id)
  return all.length === 0 ? undefined : percent(prng, 50) ? all[0] : pick(prng, all)
}

/** Whole native units worth 1 to 16,000 dollars, every size about equally likely. */
function drawAmount(state: ReadonlyState, asset: AssetId, prng: Prng): bigint {
  const price = state.assets.get(asset)?.index?.price ?? ONE
  const dollars = 1n + anySize(prng, 14)
  return inNativeUnits(state, asset, (dollars * ONE * ONE) / price + 10n ** 13n)
}

function drawPart(state: ReadonlyState, place: Place, asset: AssetId, prng: Prng): bigint {
  if (percent(prng, 20)) return drawAmount(state, asset, prng)
  const bucket = requireBucket(state, place.account, place.bucket)
  const balance = balanceOf(bucket, asset, lendingFor(state, place.account, asset))
  return inNativeUnits(state, asset, ((balance > 0n ? balance : ONE) * BigInt(between(prng, 1, 5))) / 4n)
}

function inNativeUnits(state: ReadonlyState, asset: AssetId, amount: bigint): bigint {
  const unit = 10n ** BigInt(18 - (state.assets.get(asset)?.terms.nativeDecimals ?? 18))
  return amount < unit ? unit : amount - (amount % unit)
}

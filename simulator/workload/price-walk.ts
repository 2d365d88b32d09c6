import { ppm } from '../../src/core/quantity/ppm.ts'
import { price } from '../../src/core/quantity/price.ts'
import type { Timestamp } from '../../src/core/quantity/timestamp.ts'
import { value } from '../../src/core/quantity/value.ts'
import { type AssetId, assetId } from '../../src/core/instrument/identifier.ts'
import type { Command } from '../../src/core/clearing/command.ts'
import type { ReadonlyState } from '../../src/core/clearing/state.ts'
import { below, between, percent, pick, type Prng } from './prng.ts'
import type { Swarm } from './swarm.ts'
import { atoms, ETH, FIRST_RATE, SIMULATED_PRICES, STAKED } from './world.ts'

const MILLION = 1_000_000n

/** Where prices really are, and which feeds are silent. Prices stay within a factor of eight of where they began. */
export interface PriceWalk {
  readonly fair: Map<AssetId, bigint>
  /** Asset -> reports it still misses. */
  readonly silent: Map<AssetId, number>
  /** What one STAKED redeems for, 1e-18 ETH. */
  rate: bigint
}

export function openWalk(): PriceWalk {
  const fair = new Map<AssetId, bigint>(SIMULATED_PRICES.assets.map(([asset, text]) => [asset, atoms(text)]))
  return { fair, silent: new Map(), rate: atoms(FIRST_RATE) }
}

/**
 * Every price moves by up to 1.5%, USDT by up to 0.05%; the rate of STAKED rises by up to 0.01%, and its price is within 3% of what it
 * redeems for, one time in twelve as much as a quarter below. Draws: one for each asset, the rise, the discount.
 */
export function drift(walk: PriceWalk, prng: Prng): void {
  for (const asset of walk.fair.keys()) {
    const most = asset === 'USDT' ? 500 : 15_000
    move(walk, asset, between(prng, -most, most))
  }
  walk.rate = (walk.rate * BigInt(1_000_000 + between(prng, 0, 100))) / MILLION
  const slip = BigInt(below(prng, 12) === 0 ? between(prng, -250_000, -50_000) : between(prng, -30_000, 30_000))
  const redeemed = ((walk.fair.get(ETH) ?? 0n) * walk.rate) / 10n ** 18n
  walk.fair.set(STAKED, (redeemed * (MILLION + slip)) / MILLION)
}

/** One price jumps: falls of 25% to 70%, sometimes a rise of 30% to 150%. Draws: asset, direction, size. */
export function jump(walk: PriceWalk, prng: Prng): void {
  const asset = pick(
    prng,
    [...walk.fair.keys()].filter((name) => name !== 'USDT'),
  )
  if (percent(prng, 70)) move(walk, asset, -between(prng, 250_000, 700_000))
  else move(walk, asset, between(prng, 300_000, 1_500_000))
}

/**
 * A report of everything whose feed is not silent; marks lie within 0.3% of the index. Draws: one for a silence to begin (and
 * whose), then for each asset its quality, whether options are marked, which is refused, then for each contract its basis and its quality,
 * then whether the rate is told.
 */
export function reportOf(
  walk: PriceWalk,
  prng: Prng,
  { state, swarm, time }: { readonly state: ReadonlyState; readonly swarm: Swarm; readonly time: Timestamp },
): Command {
  if (swarm.silences && below(prng, 40) === 0) walk.silent.set(pick(prng, [...walk.fair.keys()]), between(prng, 6, 20))
  const heard = [...walk.fair].filter(([asset]) => state.assets.get(asset) !== undefined && !isSilent(walk, asset))
  const isOdd = below(prng, 60) === 0
  const marks = [...state.markets.values()].flatMap(({ terms }) => {
    const isMarked = terms.kind === 'perpetual' || terms.kind === 'future' || isOdd
    const fair = terms.kind === 'spot' || !isMarked ? undefined : walk.fair.get(terms.underlying)
    if (terms.kind === 'spot' || fair === undefined || !heard.some(([asset]) => asset === terms.underlying)) return []
    const basis = BigInt(between(prng, -3_000, 3_000))
    return [{ market: terms.id, ...quality((fair * (MILLION + basis)) / MILLION, prng, swarm) }]
  })
  const report = {
    type: 'reportPrices',
    observedAt: time,
    assets: heard.map(([asset, fair]) => ({ asset, ...quality(fair, prng, swarm) })),
    marks,
  } as const
  const isTold = below(prng, 4) !== 0 && isRateNear(state, walk.rate)
  return isTold ? { ...report, exchangeRates: [{ asset: STAKED, rate: price(walk.rate) }] } : report
}

/** A rate that was not told for long may be too far from the last one: it is not told until it is allowed. */
function isRateNear(state: ReadonlyState, rate: bigint): boolean {
  const listed = state.assets.get(STAKED)
  const known = listed?.exchangeRate?.rate
  return listed !== undefined && (known === undefined || (rate - known) * 100n <= known)
}

function isSilent(walk: PriceWalk, asset: AssetId): boolean {
  const left = walk.silent.get(asset) ?? 0
  if (left > 0) walk.silent.set(asset, left - 1)
  return left > 0
}

/** Draws: two; in three of eight a slow average, in three a bid and an ask, each up to 0.7% away; 2% are guarded, 4% of low confidence (half-width 1.5% to 2.5%), the others within 0.1%. */
function quality(atoms: bigint, prng: Prng, { doubts }: Swarm) {
  const luck = below(prng, 100)
  const widthPpm = doubts && luck < 6 ? 15_000n + BigInt(luck) * 2_000n : BigInt(luck) * 10n
  const more = below(prng, 8)
  const away = (ppm: bigint) => price((atoms * (MILLION + ppm)) / MILLION + 1n)
  const slow = (BigInt(luck) - 50n) * 140n
  return {
    price: price(atoms),
    halfWidth: value((atoms * widthPpm) / MILLION),
    guarded: doubts && luck < 2,
    ...(more < 3 ? { smoothed: away(slow), confidencePpm: ppm(900_000n) } : {}),
    ...(more > 1 && more < 5 ? { bid: away((-slow * slow) / 7_000n), ask: away(BigInt(luck) * 60n) } : {}),
  }
}

function move(walk: PriceWalk, asset: AssetId, ppm: number): void {
  const start = atoms(SIMULATED_PRICES.assets.find(([name]) => name === asset)?.[1] ?? '1')
  const moved = ((walk.fair.get(asset) ?? start) * (MILLION + BigInt(ppm))) / MILLION
  const low = start / 8n
  walk.fair.set(assetId(asset), moved < low ? low : moved > start * 8n ? start * 8n : moved)
}

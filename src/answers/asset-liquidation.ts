import { formatDecimal18 } from '../core/quantity/decimal.ts'
import type { Price } from '../core/quantity/price.ts'
import { moveMillionths, priceRatio } from '../core/quantity/price-ratio.ts'
import { lastTickDown, priceOfTicks, sensibleTick, ticksDown } from '../core/quantity/tick.ts'
import type { AssetId } from '../core/instrument/identifier.ts'
import type { PortfolioHeader } from '../wire/portfolio/portfolio-file.ts'
import type { AssetLiquidation, LiquidationRoot, Proof, Searched } from '../wire/liquidation-report.ts'
import type { Valuation } from './assess.ts'
import { decidingExcess, type Distance, type SideUnder } from './deciding-excess.ts'
import { type FactorFigure, factorFigure, ownFactor } from './factor-figures.ts'
import { type Crossing, findCrossings } from './find-crossings.ts'
import type { FileMarket } from './market-of-file.ts'
import { type MarketMover, priceMoves } from './market-mover.ts'
import type { NettingSet, OwnedSets } from './netting-sets.ts'
import { ratioText } from './ratio-text.ts'
import { searchTicks } from './search-ticks.ts'

/** One netting set and what is asked of it under moved markets. */
export interface SetSearch {
  readonly set: NettingSet
  readonly owner: OwnedSets
  readonly under: Valuation
  readonly mover: MarketMover
  readonly sideOf: SideUnder
  /** Markets of one asset's ticks, shared by the owner's netting sets. */
  readonly markets: MarketsByTick
  readonly file: PortfolioHeader
  readonly section: unknown
}

/** Moved markets, made once for an asset and a tick. */
export type MarketsByTick = Map<AssetId, Map<bigint, FileMarket>>

const TIMES = 10n

/**
 * Every price of an asset, from one tick to ten times today's, at which the decision on a netting set changes while the asset's
 * contracts, options and claims move with it and all else stands. Each change is exact at neighbouring ticks; between the prices that
 * are looked at changes are found as `findCrossings` says.
 *
 * NLV is linear in one price and MM, but for few terms, a maximum of convex functions: the excess is concave, so that it has one
 * safe stretch. What breaks this are the flat fee of the keeper up to its 1 % limit, the basis floor (the smaller side), what of a balance
 * lies beyond its useful size, an asset that is underlying and settlement at once, and options. So nothing is concluded from
 * concavity: the whole range is looked at, more closely where options are repriced.
 */
export function assetLiquidation(
  asset: AssetId,
  { now, isOptioned }: { readonly now: Price; readonly isOptioned: boolean },
  search: SetSearch,
): AssetLiquidation {
  const { tick, probe } = probeOf(asset, now, search)
  const last = lastTickDown(now, TIMES, tick)
  const ticks = searchTicks({ now: ticksDown(now, tick), last }, isOptioned ? 2n : 10n)
  const crossings = findCrossings(probe, ticks)
  const figure = factorFigure(search.section, ownFactor(search.section, asset))
  const roots = crossings.map((crossing) => rootOf(crossing, { now, tick, probe, figure })).toReversed()
  const prices = crossings.map(({ outside, inside }) => priceOfTicks(inside < outside ? inside : outside, tick))
  const [below, above] = [prices.findLast((price) => price < now), prices.find((price) => price >= now)]
  return {
    asset,
    price: formatDecimal18(now),
    tick: formatDecimal18(tick),
    searched: searchedOf(ticks, now, tick),
    answer: roots.length === 0 ? 'none' : roots.length === 1 ? 'one' : 'several',
    roots,
    stretch: {
      from: below === undefined ? null : formatDecimal18(below),
      to: above === undefined ? null : formatDecimal18(above),
    },
  }
}

function probeOf(asset: AssetId, now: Price, { set, owner, under, mover, file, sideOf, markets }: SetSearch) {
  const tick = tickOf(asset, now, file)
  const known = markets.get(asset) ?? new Map<bigint, FileMarket>()
  markets.set(asset, known)
  const probe = (at: bigint): Distance => {
    const market = known.get(at) ?? mover(priceMoves(new Map([[asset, priceRatio(now, priceOfTicks(at, tick))]])))
    known.set(at, market)
    return decidingExcess(set, owner, { under: { ...under, market }, sideOf })
  }
  return { tick, probe }
}

/** The finest tick that the file gives a perpetual or future on the asset, if it is below the price; else a sensible one. */
function tickOf(asset: AssetId, now: Price, { contracts }: PortfolioHeader): Price {
  const given = [...contracts.values()].flatMap(({ underlying, kind, tick }) =>
    underlying === asset && kind !== 'option' && tick !== undefined && ticksDown(now, tick) > 0n ? [tick] : [],
  )
  return (
    given.reduce<Price | undefined>(
      (least, tick) => (least === undefined || ticksDown(least, tick) > 0n ? tick : least),
      undefined,
    ) ?? sensibleTick(now)
  )
}

function rootOf(
  { inside, outside }: Crossing,
  {
    now,
    tick,
    probe,
    figure,
  }: {
    readonly now: Price
    readonly tick: Price
    readonly probe: (at: bigint) => Distance
    readonly figure: FactorFigure | undefined
  },
): LiquidationRoot {
  const proofAt = (at: bigint): Proof => ({
    price: formatDecimal18(priceOfTicks(at, tick)),
    excess: formatDecimal18(probe(at).excess),
  })
  const price = priceOfTicks(outside, tick)
  const move = moveMillionths(price, now)
  return {
    price: formatDecimal18(price),
    move: ratioText(move),
    sigmas: figure === undefined ? null : sigmaText(Math.abs(Math.log1p(Number(move) / 1_000_000)) / figure.sigma),
    direction: move < 0n ? 'fall' : 'rise',
    proof: { inside: proofAt(inside), outside: proofAt(outside) },
  }
}

/** Beyond a million deviations the number says nothing more. */
export function sigmaText(sigmas: number): string {
  return ratioText(BigInt(Math.round(Math.min(sigmas, 1_000_000) * 1_000_000)))
}

function searchedOf(ticks: readonly bigint[], now: Price, tick: Price): Searched {
  const centre = ticksDown(now, tick)
  let widest = 0n
  for (const [i, low] of ticks.entries()) {
    const high = ticks[i + 1]
    if (high === undefined || high * 2n <= centre || low >= centre * 2n) continue
    if (high - low > widest) widest = high - low
  }
  return {
    from: formatDecimal18(priceOfTicks(ticks[0] ?? 1n, tick)),
    to: formatDecimal18(priceOfTicks(ticks.at(-1) ?? 1n, tick)),
    prices: ticks.length,
    widestGap: ratioText(centre > 0n ? (widest * 1_000_000n) / centre : 0n),
  }
}

import { ratioOfFactor, type PriceRatio } from '../core/quantity/price-ratio.ts'
import { type Rate, rate } from '../core/quantity/rate.ts'
import type { AssetId, MarketId } from '../core/instrument/identifier.ts'
import { nearestFailure } from '../estimate/forecast/nearest-failure.ts'
import { passageChance } from '../estimate/forecast/passage-chance.ts'
import type { AssetLiquidation, JointFailure } from '../wire/liquidation-report.ts'
import { sigmaText, type SetSearch } from './asset-liquidation.ts'
import { decidingExcess, type Distance } from './deciding-excess.ts'
import { type FactorFigure, factorFigure, ownFactor, SIGMA_SOURCE } from './factor-figures.ts'
import { ratioText } from './ratio-text.ts'
import type { Dependencies } from './set-dependencies.ts'

/** One thing that can move, with what the epoch says of it. */
interface Mover extends FactorFigure {
  readonly factor: string
  readonly target:
    | { readonly kind: 'price'; readonly asset: AssetId }
    | { readonly kind: 'basis'; readonly market: MarketId }
    | { readonly kind: 'volatility'; readonly underlying: AssetId }
}

/** Simple moves in millionths, as they are reported: what is confirmed is what is said. */
type Moves = readonly bigint[]

const WHOLE = 1_000_000
const PER_MILLIONTH = 10n ** 12n
const LOWEST = -999_999
const HIGHEST = 99_000_000
const NUDGES = 12
const MOST_STARTS = 2

/**
 * The most likely joint move of prices, pegs, bases and volatilities at which a netting set is liquidated, and how likely it is within
 * a day. The distance is an estimate; that the set is liquidated at these moves is decided exactly. Null where the model's section
 * has no factors, where nothing was found, and where the set is liquidated as things stand.
 */
export function jointFailure(
  dependencies: Dependencies,
  search: SetSearch,
  alone: readonly AssetLiquidation[],
): JointFailure | null {
  const movers = moversOf(dependencies, search.section)
  const decide = (moves: Moves) => distanceAt(moves, movers, search)
  if (movers.length === 0 || !decide(movers.map(() => 0n)).safe) return null
  const found = nearestFailure({
    loadings: movers.map(({ loadings }) => loadings),
    starts: startsOf(movers, alone),
    excess: (sigmas) => Number(decide(movesOf(sigmas, movers)).excess),
  })
  if (found === undefined) return null
  const { moves, confirmed, share } = confirmedMoves(found.moves, movers, decide)
  const distance = found.distance * share
  return {
    sigmas: sigmaText(distance),
    moves: Object.fromEntries(movers.map(({ factor }, i) => [factor, ratioText(moves[i] ?? 0n)])),
    probability24h: ratioText(BigInt(Math.round(passageChance(distance) * WHOLE))),
    isEstimate: true,
    confirmed,
    sigmaSource: SIGMA_SOURCE,
  }
}

/** The roots of single assets that are the fewest deviations away. */
function startsOf(movers: readonly Mover[], alone: readonly AssetLiquidation[]) {
  const starts = alone.flatMap(({ asset, roots }) =>
    roots.flatMap(({ sigmas, direction }) => {
      const factor = movers.findIndex(({ target }) => target.kind === 'price' && target.asset === asset)
      if (sigmas === null || factor < 0) return []
      return [{ factor, move: direction === 'fall' ? -Number(sigmas) : Number(sigmas) }]
    }),
  )
  return starts.toSorted((a, b) => Math.abs(a.move) - Math.abs(b.move)).slice(0, MOST_STARTS)
}

/** A little farther out until the exact engine agrees: what is reported is rounded to millionths. */
function confirmedMoves(sigmas: readonly number[], movers: readonly Mover[], decide: (moves: Moves) => Distance) {
  let share = 1
  for (let nudge = 0; nudge < NUDGES; nudge += 1) {
    const moves = movesOf(
      sigmas.map((one) => one * share),
      movers,
    )
    if (!decide(moves).safe) return { moves, confirmed: true, share }
    share *= 1.0005
  }
  return { moves: movesOf(sigmas, movers), confirmed: false, share: 1 }
}

function movesOf(sigmas: readonly number[], movers: readonly Mover[]): Moves {
  return movers.map(({ sigma }, i) => {
    const move = Math.round(Math.expm1((sigmas[i] ?? 0) * sigma) * WHOLE)
    return BigInt(Math.max(LOWEST, Math.min(HIGHEST, move)))
  })
}

function distanceAt(moves: Moves, movers: readonly Mover[], { set, owner, under, mover, sideOf }: SetSearch): Distance {
  const prices = new Map<AssetId, PriceRatio>()
  const bases = new Map<MarketId, PriceRatio>()
  const volatilities = new Map<AssetId, Rate>()
  for (const [i, { target }] of movers.entries()) {
    const factor = rate((1_000_000n + (moves[i] ?? 0n)) * PER_MILLIONTH)
    if (target.kind === 'price') prices.set(target.asset, ratioOfFactor(factor))
    else if (target.kind === 'basis') bases.set(target.market, ratioOfFactor(factor))
    else volatilities.set(target.underlying, factor)
  }
  const market = mover({ prices, bases, volatilities })
  return decidingExcess(set, owner, { under: { ...under, market }, sideOf })
}

function moversOf({ assets, contracts }: Dependencies, section: unknown): readonly Mover[] {
  const movers: Mover[] = []
  const take = (factor: string, target: Mover['target']) => {
    const figure = factorFigure(section, factor)
    if (figure !== undefined) movers.push({ factor, target, ...figure })
  }
  for (const asset of assets) take(ownFactor(section, asset), { kind: 'price', asset })
  for (const { kind, id, underlying } of contracts)
    if (kind !== 'option') take(`${underlying}/basis/${kind}/${id}`, { kind: 'basis', market: id })
  const underlyings = new Set(contracts.flatMap(({ kind, underlying }) => (kind === 'option' ? [underlying] : [])))
  for (const underlying of underlyings) take(`${underlying}/vol`, { kind: 'volatility', underlying })
  return movers
}

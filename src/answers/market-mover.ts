import { isLess, subtract } from '../core/quantity/arithmetic.ts'
import type { Price } from '../core/quantity/price.ts'
import {
  compoundRatio,
  movedPrice,
  movedWidthUp,
  type PriceRatio,
  SAME_PRICE,
  scaledRate,
  shiftedPrice,
} from '../core/quantity/price-ratio.ts'
import { type Rate, rate, UNIT_INDEX } from '../core/quantity/rate.ts'
import { elapsedMs } from '../core/quantity/timestamp.ts'
import type { Value } from '../core/quantity/value.ts'
import type { AssetId, MarketId } from '../core/instrument/identifier.ts'
import type { EuropeanOption } from '../core/instrument/market.ts'
import type { ListedAsset, ListedMarket, OptionPricing } from '../core/market/listing.ts'
import type { Quote } from '../core/market/quote.ts'
import { optionValue } from '../core/pricing/black76.ts'
import { VOLATILITY_BOUND } from '../core/pricing/deviation.ts'
import type { FileMarket } from './market-of-file.ts'

/** What differs from the market as it stands. What is not named stands still. */
export interface MarketMoves {
  /** Of assets by themselves: claims on them, and contracts on either, go along. A claim's own entry is its peg. */
  readonly prices: ReadonlyMap<AssetId, PriceRatio>
  /** Of marks on top of what their underlying does: perpetuals and dated futures. */
  readonly bases: ReadonlyMap<MarketId, PriceRatio>
  /** What the volatilities of an underlying are multiplied by. */
  readonly volatilities: ReadonlyMap<AssetId, Rate>
}

/** The market after moves. */
export type MarketMover = (moves: MarketMoves) => FileMarket

/** Moves of single assets. */
export function priceMoves(prices: ReadonlyMap<AssetId, PriceRatio>): MarketMoves {
  return { prices, bases: new Map(), volatilities: new Map() }
}

/**
 * Moves a market, as often as wanted. Prices, slow averages, quotes and half-widths of an asset move by one ratio, and so do those of
 * what is a claim on it and of the perpetuals and futures on it. The forward of an option moves with its underlying; the option is
 * revalued there at its own volatility, and its mark changes by as much as that value does, so that a mark that was given moves
 * from where it is. What an option was revalued to last is remembered: moves of other assets do not ask for it again. `referenceOf` says what an asset is a claim on where the file does not.
 */
export function marketMover(market: FileMarket, referenceOf: (asset: AssetId) => AssetId | undefined): MarketMover {
  const revalued = new Map<MarketId, (forward: Price, volatility: Rate) => Revalued>()
  for (const [id, listed] of market.markets) {
    const { terms, mark, pricing } = listed
    if (terms.kind === 'option' && mark !== undefined && pricing !== undefined)
      revalued.set(id, revaluation(terms, mark, pricing))
  }
  return (moves) => {
    const ratioOf = totalRatios(market, moves, referenceOf)
    const assets = new Map<AssetId, ListedAsset>()
    for (const [id, listed] of market.assets) assets.set(id, movedAsset(listed, ratioOf(id)))
    const markets = new Map<MarketId, ListedMarket>()
    for (const [id, listed] of market.markets) {
      const { terms } = listed
      if (terms.kind === 'spot') {
        markets.set(id, listed)
        continue
      }
      const own = ratioOf(terms.underlying)
      const factor = moves.volatilities.get(terms.underlying) ?? UNIT_INDEX
      markets.set(
        id,
        terms.kind === 'option'
          ? movedOption(listed, { own, factor }, revalued.get(id))
          : movedContract(listed, compoundRatio(own, moves.bases.get(id) ?? SAME_PRICE)),
      )
    }
    return { ...market, assets, markets }
  }
}

interface Revalued {
  readonly mark: Quote
  readonly pricing: OptionPricing
}

const MOST_REMEMBERED = 8
const HIGHEST_VOLATILITY = rate(VOLATILITY_BOUND - 1n)

/** An asset's own ratio times that of what it is a claim on. */
function totalRatios(
  { assets }: FileMarket,
  { prices }: MarketMoves,
  referenceOf: (asset: AssetId) => AssetId | undefined,
): (asset: AssetId) => PriceRatio {
  const known = new Map<AssetId, PriceRatio>()
  const totalOf = (asset: AssetId, above: readonly AssetId[]): PriceRatio => {
    const before = known.get(asset)
    if (before !== undefined) return before
    const own = prices.get(asset) ?? SAME_PRICE
    const backing = assets.get(asset)?.terms.backing
    const reference = backing === undefined ? referenceOf(asset) : backing.reference
    // A file may say that two assets are claims on each other: each then moves by itself.
    const isCircle = reference !== undefined && above.includes(reference)
    const total = reference === undefined || isCircle ? own : compoundRatio(own, totalOf(reference, [...above, asset]))
    known.set(asset, total)
    return total
  }
  return (asset) => totalOf(asset, [asset])
}

function isStill({ to, from }: PriceRatio): boolean {
  return to === from
}

function movedAsset(listed: ListedAsset, by: PriceRatio): ListedAsset {
  return listed.index === undefined || isStill(by) ? listed : { ...listed, index: movedQuote(listed.index, by) }
}

function movedContract(listed: ListedMarket, by: PriceRatio): ListedMarket {
  return listed.mark === undefined || isStill(by) ? listed : { ...listed, mark: movedQuote(listed.mark, by) }
}

function movedQuote(quote: Quote, by: PriceRatio): Quote {
  return {
    ...alike(quote, (at) => movedPrice(at, by)),
    halfWidth: movedWidthUp(quote.halfWidth, by),
  }
}

function alike(quote: Quote, moved: (at: Price) => Price): Quote {
  const { smoothed, bid, ask } = quote
  return {
    ...quote,
    price: moved(quote.price),
    ...(smoothed === undefined ? {} : { smoothed: moved(smoothed) }),
    ...(bid === undefined ? {} : { bid: moved(bid) }),
    ...(ask === undefined ? {} : { ask: moved(ask) }),
  }
}

/** An option that nothing is priced from stands still: no value follows for it. */
function movedOption(
  listed: ListedMarket,
  { own, factor }: { readonly own: PriceRatio; readonly factor: Rate },
  revalue: ((forward: Price, volatility: Rate) => Revalued) | undefined,
): ListedMarket {
  const { pricing } = listed
  if (pricing === undefined || revalue === undefined || (isStill(own) && factor === UNIT_INDEX)) return listed
  const scaled = scaledRate(pricing.volatility, factor)
  const volatility = isLess(scaled, HIGHEST_VOLATILITY) ? scaled : HIGHEST_VOLATILITY
  return { ...listed, ...revalue(movedPrice(pricing.forward, own), volatility) }
}

function revaluation(terms: EuropeanOption, mark: Quote, pricing: OptionPricing) {
  const valueAt = (forward: Price, volatility: Rate): Value => {
    const timeMs = Math.max(0, elapsedMs({ earlier: pricing.pricedAt, later: terms.expiry }))
    return optionValue({ kind: terms.right, forward, strike: terms.strike, volatility, timeMs }).high
  }
  const before = valueAt(pricing.forward, pricing.volatility)
  const remembered = new Map<string, Revalued>()
  return (forward: Price, volatility: Rate): Revalued => {
    const key = `${forward} ${volatility}`
    const known = remembered.get(key)
    if (known !== undefined) return known
    const change = subtract(valueAt(forward, volatility), before)
    const made = {
      mark: alike(mark, (at) => shiftedPrice(at, change)),
      pricing: { forward, volatility, pricedAt: pricing.pricedAt },
    }
    const [oldest] = remembered.keys()
    if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
    remembered.set(key, made)
    return made
  }
}

import { type AssetId, assetId } from '../../core/instrument/identifier.ts'
import { assetClass } from '../run/asset-class.ts'
import type { Random } from './random.ts'
import { type Amount, amountOf, type Opening, shareOfUsd, type Trade, tradeOf, type World } from './world.ts'

/** A way of using the venue that real accounts have. */
export interface Kind {
  readonly id: string
  readonly label: string
  /** How many in a thousand, where all kinds are possible. */
  readonly weight: number
  /** Why this world has none of them; undefined if it has. */
  missing(world: World): string | undefined
  /** Draws one of a starting value in whole USD. Draws are taken in the order they are written here. */
  draw(random: Random, world: World, usd: number): Opening
}

const BTC = assetId('BTC')
const ETH = assetId('ETH')

/** Positions use at most this much of what initial margin allows: nobody opens at the very limit. */
const USED_PPM = 900_000

const directional: Kind = {
  id: 'directional',
  label: 'Directional, 2–20x',
  weight: 400,
  missing: ({ marks }) => (marks.size === 0 ? 'no perpetual trades' : undefined),
  draw: (random, world, usd) => {
    const underlying = drawUnderlying(random, world)
    const side = random.below(2) === 0 ? 'long' : 'short'
    const collateral = drawCollateral(random, world)
    const leverage = 2 + random.below(19)
    const capital = shareOfUsd(usd, 1_000_000 - world.initialHaircutPpm(collateral))
    const most = Math.floor((capital * USED_PPM) / world.initialRatePpm(underlying))
    const notional = Math.min(capital * leverage, most, world.firstTierUsd(underlying))
    return {
      deposits: [amountOf(world, collateral, usd)],
      trades: [tradeOf(world, underlying, notional, side)],
      borrows: [],
    }
  },
}

const cashAndCarry: Kind = {
  id: 'cashAndCarry',
  label: 'Cash and carry',
  weight: 150,
  missing: ({ prices, marks }) =>
    carried(prices, marks).length === 0 ? 'no asset has both a price and a perpetual' : undefined,
  draw: (random, world, usd) => {
    const asset = pick(random, carried(world.prices, world.marks))
    const deposit = amountOf(world, asset, usd)
    return { deposits: [deposit], trades: [tradeOf(world, asset, usd, 'short')], borrows: [] }
  },
}

const spread: Kind = {
  id: 'spread',
  label: 'ETH–BTC spread',
  weight: 130,
  missing: ({ marks }) => (marks.has(ETH) && marks.has(BTC) ? undefined : 'BTC and ETH perpetuals do not both trade'),
  draw: (random, world, usd) => {
    const [bought, sold] = random.below(2) === 0 ? [ETH, BTC] : [BTC, ETH]
    const leverage = 2 + random.below(9)
    const legs = [tradeOf(world, bought, usd * leverage, 'long'), tradeOf(world, sold, usd * leverage, 'short')]
    return { deposits: [amountOf(world, world.settlement, usd)], trades: legs, borrows: [] }
  },
}

const stakedEther: Kind = {
  id: 'stakedEther',
  label: 'Staked ETH behind a short',
  weight: 100,
  missing: (world) => {
    if (stakedIn(world).length === 0) return 'no staked ether has a price'
    return world.marks.has(ETH) ? undefined : 'no ETH perpetual trades'
  },
  draw: (random, world, usd) => {
    const staked = pick(random, stakedIn(world))
    const hedgedPpm = 700_000 + 50_000 * random.below(7)
    const short = tradeOf(world, ETH, shareOfUsd(usd, hedgedPpm), 'short')
    return { deposits: [amountOf(world, staked, usd)], trades: [short], borrows: [] }
  },
}

const borrower: Kind = {
  id: 'borrower',
  label: 'Stablecoin borrower',
  weight: 120,
  missing: (world) => (pledgeable(world).length === 0 ? 'nothing to pledge has a price' : undefined),
  draw: (random, world, usd) => {
    const pledged = pick(random, pledgeable(world))
    const usedPpm = 500_000 + 50_000 * random.below(10)
    const most = shareOfUsd(usd, 1_000_000 - world.initialHaircutPpm(pledged))
    const borrowed = amountOf(world, world.settlement, shareOfUsd(most, usedPpm))
    return { deposits: [amountOf(world, pledged, usd)], trades: [], borrows: [borrowed] }
  },
}

const marketMaker: Kind = {
  id: 'marketMaker',
  label: 'Market maker',
  weight: 100,
  missing: ({ marks }) => (marks.size < 3 ? 'fewer than three perpetuals trade' : undefined),
  draw: (random, world, usd) => {
    const books = Math.min(3 + random.below(4), world.marks.size)
    const chosen = pickSeveral(random, [...world.marks.keys()], books)
    const grossUse = 400_000 + 50_000 * random.below(9)
    const deposits = makerCollateral(world, usd)
    const capital = deposits.reduce(
      (sum, { asset, usdPut }) => sum + shareOfUsd(usdPut, 1_000_000 - world.initialHaircutPpm(asset)),
      0,
    )
    const each = Math.floor(capital / chosen.length)
    const trades = chosen.map((underlying, i): Trade => {
      const notional = Math.floor((each * grossUse) / world.initialRatePpm(underlying))
      return tradeOf(
        world,
        underlying,
        Math.min(notional, 3 * usd, world.firstTierUsd(underlying)),
        i % 2 === 0 ? 'long' : 'short',
      )
    })
    return { deposits: deposits.map(({ amount }) => amount), trades, borrows: [] }
  },
}

/** All kinds, in the order they are drawn from. */
export const KINDS: readonly Kind[] = [directional, cashAndCarry, spread, stakedEther, borrower, marketMaker]

/** Half of all directional accounts trade BTC or ETH, the rest anything. */
function drawUnderlying(random: Random, { marks }: World): AssetId {
  const majors = [BTC, ETH].filter((asset) => marks.has(asset))
  const fromMajors = random.below(2) === 0 && majors.length > 0
  return pick(random, fromMajors ? majors : [...marks.keys()])
}

/** Three in five put up the settlement asset, the rest BTC or ETH. */
function drawCollateral(random: Random, world: World): AssetId {
  const others = [BTC, ETH].filter((asset) => world.prices.has(asset))
  const inSettlement = random.below(5) < 3 || others.length === 0
  return inSettlement ? world.settlement : pick(random, others)
}

function makerCollateral(world: World, usd: number): readonly { asset: AssetId; usdPut: number; amount: Amount }[] {
  const assets = world.prices.has(BTC) ? [world.settlement, BTC] : [world.settlement]
  return assets.map((asset) => {
    const usdPut = Math.floor(usd / assets.length)
    return { asset, usdPut, amount: amountOf(world, asset, usdPut) }
  })
}

function carried(prices: World['prices'], marks: World['marks']): readonly AssetId[] {
  return [...marks.keys()].filter((asset) => prices.has(asset) && assetClass(asset) !== 'other')
}

function stakedIn({ prices }: World): readonly AssetId[] {
  return [...prices.keys()].filter((asset) => assetClass(asset) === 'stakedEther')
}

/** Volatile assets of depth, and stablecoins other than the one that is borrowed. */
function pledgeable({ prices, settlement }: World): readonly AssetId[] {
  return [...prices.keys()].filter((asset) => asset !== settlement && assetClass(asset) !== 'other')
}

function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[random.below(from.length)]
  if (chosen === undefined) throw new RangeError('nothing to pick from')
  return chosen
}

/** The first of a shuffle: each taken out once. */
function pickSeveral<T>(random: Random, from: readonly T[], count: number): readonly T[] {
  const left = [...from]
  const chosen: T[] = []
  while (chosen.length < count) chosen.push(...left.splice(random.below(left.length), 1))
  return chosen
}

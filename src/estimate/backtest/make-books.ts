import { MAJORS } from '../calibration/asset-catalogue.ts'
import type { Book, BookType, Leg, Line } from './book.ts'

/** Uniform in (0, 1). */
export type Draw = () => number

/** Coins that went to zero: in a table of their own, not in the books (METHODOLOGY 8). */
export const WENT_TO_ZERO: ReadonlySet<string> = new Set(['LUNA', 'LUNC', 'UST', 'USTC', 'FTT'])

/** Lines of a panel by what they are. */
interface Shelf {
  readonly coins: readonly Line[]
  readonly perpetuals: readonly Line[]
  readonly staked: readonly Line[]
  readonly dollars: readonly Line[]
  readonly coin: (id: string) => Line | undefined
  readonly perpetual: (underlying: string) => Line | undefined
  /** Coins with enough prices to be members of drawn books. */
  readonly steady: readonly Line[]
}

const DRAWN = { baskets: 12, altBaskets: 20, pairs: 40, partly: 24, random: 120 } as const

/**
 * The books of METHODOLOGY 8: every type, of whatever assets there are prices for, drawn from a seed alone and not by how they
 * fared. `pricedShare` is the share of windows in which a line has a price at both ends: drawn books take coins that have nearly
 * all, because a book counts only where every leg has one.
 */
export function makeBooks(lines: readonly Line[], pricedShare: (line: Line) => number, draw: Draw): readonly Book[] {
  const shelf = shelfOf(
    lines.filter(({ underlying }) => !WENT_TO_ZERO.has(underlying)),
    pricedShare,
  )
  return [
    ...shelf.coins.map((line) => book('outright long', `long ${line.id}`, [leg(line, 1)])),
    ...shelf.coins.map((line) => book('outright short', `short ${line.id}`, [leg(line, -1)])),
    ...baskets(shelf, draw),
    ...carries(shelf),
    ...majorSpreads(shelf),
    ...altsAgainstBitcoin(shelf, draw),
    ...stakedHedges(shelf),
    ...dollarCarries(shelf),
    ...collateralAgainstShort(shelf, draw),
    ...partlyHedged(shelf, draw),
    ...randomBooks(shelf, draw),
  ]
}

/** What is measured beside the table: each pair of the coins given as a spread of its own, and coins that went to zero. */
export function booksBeside(lines: readonly Line[], paired: readonly Line[]): readonly Book[] {
  const pairs = paired.flatMap((one, i) =>
    paired.slice(i + 1).map((other) => book('credited pair', `${one.id}/${other.id}`, [leg(one, 1), leg(other, -1)])),
  )
  const zeroes = lines.filter(({ id, peg }) => WENT_TO_ZERO.has(id) && peg === undefined)
  return [...pairs, ...zeroes.map((line) => book('went to zero', line.id, [leg(line, 1)]))]
}

function shelfOf(lines: readonly Line[], pricedShare: (line: Line) => number): Shelf {
  const isPerpetual = ({ id }: Line) => id.endsWith(' perpetual')
  const spots = lines.filter((line) => !isPerpetual(line) && line.peg === undefined)
  const perpetuals = lines.filter(isPerpetual)
  const bySpot = new Map(spots.map((line) => [line.underlying, line]))
  // A coin that only has a perpetual is held by it.
  const coins = [...spots, ...perpetuals.filter(({ underlying }) => !bySpot.has(underlying))]
  const byCoin = new Map(coins.map((line) => [line.underlying, line]))
  const byPerpetual = new Map(perpetuals.map((line) => [line.underlying, line]))
  return {
    coins,
    perpetuals,
    staked: lines.filter(({ peg, price }) => peg !== undefined && price !== undefined),
    dollars: lines.filter(({ peg, price }) => peg !== undefined && price === undefined),
    coin: (id) => byCoin.get(id),
    perpetual: (underlying) => byPerpetual.get(underlying),
    steady: coins.filter((line) => pricedShare(line) >= STEADY),
  }
}

const STEADY = 0.95

function baskets({ steady }: Shelf, draw: Draw): readonly Book[] {
  const whole = equal(steady, 1)
  const drawn = Array.from({ length: DRAWN.baskets }, (_, i) =>
    book('equal-weight basket', `basket of ten ${i + 1}`, equal(someOf(steady, 10, draw), 1)),
  )
  return whole.length < 2 ? [] : [book('equal-weight basket', 'basket of all', whole), ...drawn]
}

function carries({ perpetuals, coin }: Shelf): readonly Book[] {
  return perpetuals.flatMap((perpetual) => {
    const spot = coin(perpetual.underlying)
    if (spot === undefined || spot === perpetual) return []
    return [book('cash and carry', `${spot.id} against its perpetual`, [leg(spot, 1), leg(perpetual, -1)])]
  })
}

function majorSpreads({ coin, perpetual }: Shelf): readonly Book[] {
  const sides = [
    ['coins', coin('ETH'), coin('BTC')],
    ['perpetuals', perpetual('ETH'), perpetual('BTC')],
  ] as const
  return sides.flatMap(([what, ether, bitcoin]) => {
    if (ether === undefined || bitcoin === undefined) return []
    return [
      book('ETH-BTC spread', `long ETH, short BTC, ${what}`, [leg(ether, 1), leg(bitcoin, -1)]),
      book('ETH-BTC spread', `long BTC, short ETH, ${what}`, [leg(bitcoin, 1), leg(ether, -1)]),
    ]
  })
}

function altsAgainstBitcoin({ steady, coin }: Shelf, draw: Draw): readonly Book[] {
  const bitcoin = coin('BTC')
  const alts = steady.filter(({ underlying }) => !MAJORS.has(underlying))
  if (bitcoin === undefined || alts.length < 5) return []
  return Array.from({ length: DRAWN.altBaskets }, (_, i) => {
    const basket = equal(someOf(alts, 5, draw), 1)
    const way = i % 2 === 0 ? 1 : -1
    const legs = [...basket.map(({ line, worth }) => leg(line, way * worth)), leg(bitcoin, -way)]
    const name = `${way > 0 ? 'long' : 'short'} ${basket.map(({ line }) => line.id).join(' ')} against BTC`
    return book('alts against BTC', name, legs)
  })
}

function stakedHedges({ staked, coin, perpetual }: Shelf): readonly Book[] {
  return staked.flatMap((claim) => {
    const hedge = coin(claim.underlying) ?? perpetual(claim.underlying)
    if (hedge === undefined) return []
    return [book('staked coin hedge', `${claim.id} against ${hedge.id}`, [leg(claim, 1), leg(hedge, -1)])]
  })
}

/** Against the two that most is borrowed in, both ways. */
function dollarCarries({ dollars }: Shelf): readonly Book[] {
  const carry = (one: Line, other: Line) =>
    book('stablecoin carry', `${one.id} against ${other.id}`, [leg(one, 1), leg(other, -1)])
  const borrowed = dollars.filter(({ id }) => BORROWED.includes(id))
  const pairs = borrowed.flatMap((owed, i) =>
    dollars.flatMap((held) => (held === owed || borrowed.slice(0, i).includes(held) ? [] : [{ held, owed }])),
  )
  return pairs.flatMap(({ held, owed }) => [carry(held, owed), carry(owed, held)])
}

const BORROWED: readonly string[] = ['USDC', 'USDT']

/** Half of the collateral's worth is short in another coin. */
function collateralAgainstShort({ steady }: Shelf, draw: Draw): readonly Book[] {
  if (steady.length < 2) return []
  return Array.from({ length: DRAWN.pairs }, (_, i) => {
    const [held, owed] = someOf(steady, 2, draw)
    if (held === undefined || owed === undefined) return []
    return [
      book('collateral against a short', `${held.id} behind a short of ${owed.id} ${i + 1}`, [
        leg(held, 1),
        leg(owed, -0.5),
      ]),
    ]
  }).flat()
}

/** Three coins held, between three tenths and seven of each sold in its perpetual. */
function partlyHedged({ perpetuals, coin }: Shelf, draw: Draw): readonly Book[] {
  const both = perpetuals.filter((line) => line.basis !== undefined)
  if (both.length < 3) return []
  return Array.from({ length: DRAWN.partly }, (_, i) => {
    const members = someOf(both, 3, draw)
    const legs = members.flatMap((perpetual, place) => {
      const spot = coin(perpetual.underlying)
      const way = place % 2 === 0 ? 1 : -1
      return spot === undefined ? [] : [leg(spot, way), leg(perpetual, -way * (0.3 + 0.4 * draw()))]
    })
    return book(
      'partly hedged spot and perpetual',
      `${members.map(({ underlying }) => underlying).join(' ')} partly hedged ${i + 1}`,
      legs,
    )
  })
}

/** Two to twelve coins, sizes lognormal, longs and shorts brought to the same worth. */
function randomBooks({ steady }: Shelf, draw: Draw): readonly Book[] {
  if (steady.length < 4) return []
  return Array.from({ length: DRAWN.random }, (_, i) => {
    const count = 4 + 2 * Math.floor(draw() * Math.min(5, (steady.length - 2) / 2))
    const members = someOf(steady, Math.min(count, steady.length), draw)
    const sizes = members.map(() => Math.exp(normal(draw) * 0.7))
    const half = Math.floor(members.length / 2)
    const total = (from: number, to: number) => sizes.slice(from, to).reduce((sum, one) => sum + one, 0)
    const [long, short] = [total(0, half), total(half, members.length)]
    const legs = members.map((line, j) => leg(line, j < half ? (sizes[j] ?? 0) / long : -(sizes[j] ?? 0) / short))
    return book('random long-short', `random ${i + 1}: ${half} long, ${members.length - half} short`, legs)
  })
}

function normal(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw())
}

/** So many of them without repeats, in the order drawn. */
function someOf(lines: readonly Line[], count: number, draw: Draw): readonly Line[] {
  const left = [...lines]
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(draw() * left.length), 1),
  ).flat()
}

function equal(lines: readonly Line[], total: number): readonly Leg[] {
  return lines.map((line) => leg(line, total / lines.length))
}

function book(type: BookType, id: string, legs: readonly Leg[]): Book {
  return { type, id, legs }
}

function leg(line: Line, worth: number): Leg {
  return { line, worth }
}

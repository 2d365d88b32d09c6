import { expect, test } from 'vitest'
import { randomFrom } from '../../replay/population/random.ts'
import { fatTailed, uniform } from '../calibration/drawn-factors.test-data.ts'
import { factorReturns } from '../calibration/factor-returns.ts'
import type { PricePanel } from '../calibration/price-panel.ts'
import { type Book, BOOK_TYPES, type BookType, HEDGED, type Line } from './book.ts'
import { closes, panelOf, pricesOf } from './drawn-panel.test-data.ts'
import { linesOf } from './lines.ts'
import { booksBeside, makeBooks, WENT_TO_ZERO } from './make-books.ts'

const STEPS = 40
const COINS = ['ADA', 'AVAX', 'BNB', 'BTC', 'DOGE', 'ETH', 'FTT', 'LINK', 'LTC', 'LUNA', 'SOL', 'UST', 'XRP'] as const
const PERPETUALS = ['BTC', 'ETH', 'FTT', 'ONLY', 'SOL', 'XRP'] as const

function drawnPanel(seed: number): PricePanel {
  const draw = uniform(randomFrom(seed))
  const moving = () => pricesOf(STEPS, () => 0.03 * fatTailed(draw))
  const dollar = () => pricesOf(STEPS, () => 1e-4 * fatTailed(draw)).map((price) => price / 100)
  const spots = COINS.map((asset) => closes(asset, 'spot', moving()))
  const ether = spots.find(({ asset }) => asset === 'ETH')?.close ?? dollar()
  return panelOf([
    ...spots,
    ...PERPETUALS.map((asset) => closes(asset, 'perpetual', moving())),
    ...['DAI', 'PYUSD', 'USDC', 'USDT'].map((asset) => closes(asset, 'spot', dollar())),
    ...['rETH', 'stETH'].map((asset) =>
      closes(
        asset,
        'spot',
        dollar().map((price, t) => price * (ether[t] ?? 1)),
      ),
    ),
  ])
}

function linesIn(panel: PricePanel): readonly Line[] {
  return linesOf(panel, factorReturns(panel).factors)
}

function drawsFrom(seed: number): () => number {
  return uniform(randomFrom(seed))
}

/** Litecoin has a price in nine steps of ten. */
const share = ({ underlying }: Line) => (underlying === 'LTC' ? 0.9 : 1)
const lines = linesIn(drawnPanel(1))
const books = makeBooks(lines, share, drawsFrom(1))
const byType = Map.groupBy(books, ({ type }) => type)

/** Ids of the legs of each book, with their worths. */
function legsOf(list: readonly Book[] = []): readonly (readonly (readonly [string, number])[])[] {
  return list.map(({ legs }) => legs.map(({ line, worth }) => [line.id, worth] as const))
}

function sum(figures: readonly number[]): number {
  return figures.reduce((all, one) => all + one, 0)
}

test('there are books of every type, each with an id of its own', () => {
  expect([...byType.keys()]).toEqual([...BOOK_TYPES])
  expect(new Set(books.map(({ id }) => id)).size).toBe(books.length)
})

test('nothing of what went to zero is in a book, its perpetual neither', () => {
  expect(lines.filter(({ underlying }) => WENT_TO_ZERO.has(underlying)).map(({ id }) => id)).toEqual([
    'FTT',
    'LUNA',
    'UST',
    'FTT perpetual',
  ])
  const held = books.flatMap(({ legs }) => legs.map(({ line }) => line.underlying))
  expect(held.filter((underlying) => WENT_TO_ZERO.has(underlying))).toEqual([])
})

test('outrights: every coin, long and short, of its perpetual where it has nothing else', () => {
  const coins = ['ADA', 'AVAX', 'BNB', 'BTC', 'DOGE', 'ETH', 'LINK', 'LTC', 'SOL', 'XRP', 'ONLY perpetual']
  expect(legsOf(byType.get('outright long'))).toEqual(coins.map((id) => [[id, 1]]))
  expect(legsOf(byType.get('outright short'))).toEqual(coins.map((id) => [[id, -1]]))
})

test('cash and carry: a coin against its perpetual', () => {
  const carries = ['BTC', 'ETH', 'SOL', 'XRP'].map((id) => [
    [id, 1],
    [`${id} perpetual`, -1],
  ])
  expect(legsOf(byType.get('cash and carry'))).toEqual(carries)
})

test('a spread of the majors: coins and perpetuals, both ways', () => {
  expect(legsOf(byType.get('ETH-BTC spread'))).toEqual(
    [
      ['ETH', 'BTC'],
      ['BTC', 'ETH'],
      ['ETH perpetual', 'BTC perpetual'],
      ['BTC perpetual', 'ETH perpetual'],
    ].map(([long, short]) => [
      [long, 1],
      [short, -1],
    ]),
  )
})

test('a staked coin is hedged with what it stands for', () => {
  expect(legsOf(byType.get('staked coin hedge'))).toEqual(
    ['rETH', 'stETH'].map((id) => [
      [id, 1],
      ['ETH', -1],
    ]),
  )
})

test('a dollar is carried against the two that are borrowed, both ways, each pair once', () => {
  const list = legsOf(byType.get('stablecoin carry'))
  for (const legs of list) expect(legs.map(([, worth]) => worth)).toEqual([1, -1])
  const want = ['DAI USDC', 'DAI USDT', 'PYUSD USDC', 'PYUSD USDT', 'USDC USDT'].flatMap((pair) => [
    pair,
    pair.split(' ').toReversed().join(' '),
  ])
  expect(list.map((legs) => legs.map(([id]) => id).join(' ')).toSorted()).toEqual(want.toSorted())
})

test('baskets: all steady coins alike, and ten at a time, long', () => {
  const [whole, ...drawn] = byType.get('equal-weight basket') ?? []
  // Ten coins are steady: litecoin is not.
  expect(whole?.legs.map(({ line }) => line.id)).not.toContain('LTC')
  expect(whole?.legs).toHaveLength(10)
  for (const { legs } of [whole, ...drawn].flatMap((one) => one ?? [])) {
    expect(legs).toHaveLength(10)
    for (const { worth } of legs) expect(worth).toBeCloseTo(0.1, 14)
  }
  expect(drawn).toHaveLength(12)
})

test('alts against bitcoin: five alts alike on one side, bitcoin on the other, every other one the other way round', () => {
  const list = byType.get('alts against BTC') ?? []
  expect(list).toHaveLength(20)
  list.forEach(({ legs }, i) => {
    const way = i % 2 === 0 ? 1 : -1
    const alts = legs.slice(0, -1)
    expect(legs.at(-1)).toMatchObject({ line: { id: 'BTC' }, worth: -way })
    expect(new Set(alts.map(({ line }) => line.id)).size).toBe(5)
    for (const { line, worth } of alts) {
      expect(['BTC', 'ETH', 'LTC']).not.toContain(line.id)
      expect(worth).toBeCloseTo(way / 5, 14)
    }
  })
})

test('collateral behind a short: half as much is owed of another coin', () => {
  const list = legsOf(byType.get('collateral against a short'))
  expect(list).toHaveLength(40)
  for (const [held, owed] of list) {
    expect([held?.[1], owed?.[1]]).toEqual([1, -0.5])
    expect(held?.[0]).not.toBe(owed?.[0])
  }
})

test('partly hedged: three coins, three to seven tenths of each on the other side in its perpetual', () => {
  const list = byType.get('partly hedged spot and perpetual') ?? []
  expect(list).toHaveLength(24)
  for (const { legs } of list) {
    expect(legs).toHaveLength(6)
    for (const place of [0, 2, 4]) {
      const [spot, perpetual] = [legs[place], legs[place + 1]]
      expect(perpetual?.line.id).toBe(`${spot?.line.id} perpetual`)
      expect(spot?.worth).toBe(place === 2 ? -1 : 1)
      const hedged = -(perpetual?.worth ?? 0) / (spot?.worth ?? 1)
      expect(hedged > 0.3 && hedged < 0.7).toBe(true)
    }
  }
})

test('random books: four to twelve coins, as much long as short', () => {
  const list = byType.get('random long-short') ?? []
  expect(list).toHaveLength(120)
  for (const { legs } of list) {
    expect(legs.length >= 4 && legs.length <= 12 && legs.length % 2 === 0).toBe(true)
    expect(new Set(legs.map(({ line }) => line.id)).size).toBe(legs.length)
    const long = legs.filter(({ worth }) => worth > 0)
    expect(long).toHaveLength(legs.length / 2)
    expect(sum(long.map(({ worth }) => worth))).toBeCloseTo(1, 12)
  }
  expect(new Set(list.map(({ legs }) => legs.length)).size).toBeGreaterThan(2)
})

test('books that say so have two sides of one worth', () => {
  for (const { type, legs } of books)
    if (HEDGED.has(type)) expect(sum(legs.map(({ worth }) => worth))).toBeCloseTo(0, 12)
})

test('drawn books take only coins that have nearly all prices', () => {
  const drawn: readonly BookType[] = [
    'equal-weight basket',
    'alts against BTC',
    'collateral against a short',
    'random long-short',
  ]
  const held = drawn.flatMap((type) => (byType.get(type) ?? []).flatMap(({ legs }) => legs.map(({ line }) => line.id)))
  expect(held).not.toContain('LTC')
  expect(new Set(held).size).toBe(10)
})

test('the same seed gives the same books, another one others', () => {
  expect(makeBooks(lines, share, drawsFrom(1))).toEqual(books)
  expect(makeBooks(lines, share, drawsFrom(2))).not.toEqual(books)
})

test('books do not depend on how prices moved', () => {
  const other = makeBooks(linesIn(drawnPanel(2)), share, drawsFrom(1))
  expect(other).toEqual(books)
})

test('without perpetuals, claims or majors there are no books of them', () => {
  const [first, second] = ['ADA', 'XRP'].map((asset) =>
    closes(
      asset,
      'spot',
      pricesOf(STEPS, () => 0),
    ),
  )
  if (first === undefined || second === undefined) throw new Error('two coins')
  const few = makeBooks(linesIn(panelOf([first, second])), share, drawsFrom(1))
  expect(new Set(few.map(({ type }) => type))).toEqual(
    new Set(['outright long', 'outright short', 'equal-weight basket', 'collateral against a short']),
  )
  expect(makeBooks([], share, drawsFrom(1))).toEqual([])
})

test('beside them: every pair of the coins given, and what went to zero held long', () => {
  const paired = lines.filter(({ id }) => ['BTC', 'ETH', 'SOL'].includes(id))
  const beside = Map.groupBy(booksBeside(lines, paired), ({ type }) => type)
  const pairs = [
    ['BTC', 'ETH'],
    ['BTC', 'SOL'],
    ['ETH', 'SOL'],
  ]
  expect(legsOf(beside.get('credited pair'))).toEqual(
    pairs.map(([one, other]) => [
      [one, 1],
      [other, -1],
    ]),
  )
  expect(legsOf(beside.get('went to zero'))).toEqual([[['FTT', 1]], [['LUNA', 1]], [['UST', 1]]])
})

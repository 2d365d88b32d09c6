import { expect, test } from 'vitest'
import { type FactorSeries, factorReturns } from './factor-returns.ts'
import type { PanelSeries, PricePanel, SeriesKind } from './price-panel.ts'
import { DAY_MS } from './rules.ts'

const GAP = Number.NaN

function series(asset: string, kind: SeriesKind, close: readonly number[], source = 'spot/all.csv'): PanelSeries {
  const still = () => new Float64Array(close.length).fill(GAP)
  const volumeUsd = Float64Array.from(close, (_, t) => 1_000 + t)
  return { asset, kind, close: Float64Array.from(close), high: still(), low: still(), volumeUsd, sources: [source] }
}

function panelOf(list: readonly PanelSeries[]): PricePanel {
  const steps = list[0]?.close.length ?? 0
  return { stepMs: DAY_MS, times: Array.from({ length: steps }, (_, t) => t * DAY_MS), series: list }
}

function factorsOf(list: readonly PanelSeries[]): ReadonlyMap<string, FactorSeries> {
  return new Map(factorReturns(panelOf(list)).factors.map((one) => [one.id, one]))
}

/** e to each, rounded: returns of prices that are whole multiples. */
function growths(returns: Float64Array | undefined): readonly number[] {
  return [...(returns ?? [])].map((one) => Math.round(Math.exp(one) * 1e9) / 1e9)
}

test('a coin: log returns of its closes, none where a price is missing on either side', () => {
  const { factors, notes } = factorReturns(panelOf([series('A', 'spot', [1, 2, GAP, 8, 4])]))
  expect(notes).toEqual([])
  expect(factors).toHaveLength(1)
  expect(growths(factors[0]?.returns)).toEqual([GAP, 2, GAP, GAP, 0.5])
  expect(factors[0]).toMatchObject({ id: 'A', kind: 'price', asset: 'A', isMajor: false, reference: undefined })
  expect([...(factors[0]?.volumeUsd ?? [])]).toEqual([1_000, 1_001, 1_002, 1_003, 1_004])
})

test('bitcoin and ether are majors, their bases are not', () => {
  const factors = factorsOf([series('BTC', 'spot', [1, 1]), series('BTC', 'perpetual', [1, 1])])
  expect(factors.get('BTC')?.isMajor).toBe(true)
  expect(factors.get('BTC/basis/perpetual')?.isMajor).toBe(false)
})

test('prices come first, then pegs, then bases, each by asset', () => {
  const prices = [1, 1, 1]
  const list = [
    series('A', 'spot', prices),
    series('A', 'perpetual', prices),
    series('ETH', 'spot', prices),
    series('ETH', 'perpetual', prices),
    series('USDC', 'spot', prices),
    series('Z', 'spot', prices),
    series('stETH', 'spot', prices),
  ]
  const ids = ['A', 'ETH', 'Z', 'USDC/peg', 'stETH/peg', 'A/basis/perpetual', 'ETH/basis/perpetual']
  expect([...factorsOf(list).keys()]).toEqual(ids)
})

test('a basis: the perpetual over the spot, where both have prices', () => {
  const factors = factorsOf([
    series('A', 'spot', [100, 200, 200, GAP, 100]),
    series('A', 'perpetual', [100, 220, 200, 100, 100]),
  ])
  // 1, 1.1, 1.
  expect(growths(factors.get('A/basis/perpetual')?.returns)).toEqual([GAP, 1.1, growth(1, 1.1), GAP, GAP])
})

function growth(after: number, before: number): number {
  return Math.round((after / before) * 1e9) / 1e9
}

test('a coin without a spot has the price of its perpetual, and no basis', () => {
  const factors = factorsOf([series('A', 'perpetual', [1, 2, 4])])
  expect([...factors.keys()]).toEqual(['A'])
  expect(growths(factors.get('A')?.returns)).toEqual([GAP, 2, 2])
})

test('where a coin has no price any more its perpetual tells how it moved', () => {
  const factors = factorsOf([series('A', 'spot', [1, 2, GAP, 8]), series('A', 'perpetual', [1, 3, 9, 18])])
  // From the second step on one side is missing: 9 / 3 and 18 / 9.
  expect(growths(factors.get('A')?.returns)).toEqual([GAP, 2, 3, 2])
})

test('a dollar is its own peg', () => {
  const usdc = factorsOf([series('USDC', 'spot', [1, 0.9, 0.99])]).get('USDC/peg')
  expect(growths(usdc?.returns)).toEqual([GAP, 0.9, 1.1])
  expect(usdc).toMatchObject({ kind: 'peg', asset: 'USDC', reference: undefined })
})

test('a claim: its price over that of what it stands for', () => {
  const factors = factorsOf([
    series('ETH', 'spot', [1_000, 2_000, GAP]),
    series('stETH', 'spot', [1_000, 1_900, 1_900]),
  ])
  const peg = factors.get('stETH/peg')
  expect(growths(peg?.returns)).toEqual([GAP, 0.95, GAP])
  expect(peg).toMatchObject({ kind: 'peg', asset: 'stETH', reference: 'ETH' })
})

test('a wrapped ether of the same folder measures staked ether, where it has a price; one of another does not', () => {
  const ether = series('ETH', 'spot', [1_000, 1_000, 1_000, 1_000])
  const staked = series('stETH', 'spot', [1_000, 1_100, 1_210, 1_331], 'lending/steth.csv')
  const wrapped = (source: string) => series('WETH', 'spot', [1_000, 1_100, GAP, 1_000], source)
  const beside = factorsOf([ether, staked, wrapped('lending/weth.csv')]).get('stETH/peg')
  // 1; 1.1 / 1.1 = 1; without the twin 1.21 by ether; 1.331.
  expect(growths(beside?.returns)).toEqual([GAP, 1, 1.21, 1.1])
  const apart = factorsOf([ether, staked, wrapped('spot/weth.csv')]).get('stETH/peg')
  expect(growths(apart?.returns)).toEqual([GAP, 1.1, 1.1, 1.1])
})

test('a wrapped ether itself is measured by ether', () => {
  const list = [series('ETH', 'spot', [1_000, 1_000]), series('WETH', 'spot', [1_000, 990])]
  expect(growths(factorsOf(list).get('WETH/peg')?.returns)).toEqual([GAP, 0.99])
})

test('what cannot be measured is left out with a note: no reference, or a price that is not near it', () => {
  const list = [
    series('ETH', 'spot', [1_000, 1_000]),
    series('USDC', 'spot', [1_000, 1_000]),
    series('WBTC', 'spot', [1, 1]),
    series('stETH', 'spot', [1, 1]),
  ]
  const { factors, notes } = factorReturns(panelOf(list))
  expect(factors.map(({ id }) => id)).toEqual(['ETH'])
  expect(notes).toEqual([
    'USDC: left out, its price is not near that of a dollar; is the file in USD?',
    'WBTC: left out, there is no price of BTC to measure it by',
    'stETH: left out, its price is not near that of ETH; is the file in USD?',
  ])
})

const near: [name: string, rate: number, count: number][] = [
  ['half is not near', 0.5, 0],
  ['a little more is', 0.51, 1],
  ['a little less than twice is', 1.99, 1],
  ['twice is not', 2, 0],
]
test.each(near)('a claim is measured if its median price is near: %s', (_name, rate, count) => {
  // One bad price does not decide.
  expect(factorsOf([series('USDC', 'spot', [rate, rate, 1e6])]).size).toBe(count)
})

test('a claim without any price is left out', () => {
  const { factors, notes } = factorReturns(panelOf([series('USDC', 'spot', [GAP, GAP])]))
  expect([factors.length, notes.length]).toEqual([0, 1])
})

import { expect, test } from 'vitest'
import type { ChainOption, OptionSnapshot } from '../../estimate/backtest/option-chains.ts'
import { snapshotWindows } from '../../estimate/backtest/snapshot-windows.ts'
import { TWO_COINS } from '../../estimate/epoch/two-coins.test-data.ts'
import { isBeyondGrid, optionOutcomes } from './option-outcomes.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 1, 6)
const EXPIRY = NOW + 30 * DAY

/** A chain with a strike of a hundredth of the first index price, where a straddle is a short coin, and one of ten times as much. */
function snapshot(days: number, indexPrice: number, over: Partial<ChainOption> = {}): OptionSnapshot {
  const option = (strike: number, right: 'call' | 'put'): ChainOption => {
    const mark = Math.max(0, right === 'call' ? indexPrice - strike : strike - indexPrice)
    return { right, strike, expiry: EXPIRY, forward: indexPrice, volatility: 0.5, mark, ...over }
  }
  const options = [option(1, 'call'), option(1, 'put'), option(1_000, 'call'), option(1_000, 'put')]
  return { time: NOW + days * DAY, indexPrice, options }
}

function outcomes(snapshots: readonly OptionSnapshot[], sigmaRatios: readonly number[] = [1]) {
  const option = TWO_COINS.contracts['A']?.option
  if (option === undefined) throw new Error('A has options')
  const windows = snapshotWindows(snapshots.map(({ time }) => time))
  let windowCount = 0
  const found = optionOutcomes(
    { underlying: 'A', snapshots, windows, epoch: TWO_COINS, option, sigmaRatios },
    () => (windowCount += 1),
  )
  expect(windowCount).toBe(windows.all.length)
  return found
}

function only(snapshots: readonly OptionSnapshot[], book: string) {
  const [found, ...others] = outcomes(snapshots).filter((one) => one.book === book)
  if (found === undefined || others.length > 0) throw new Error('one window, one outcome')
  return found
}

test('the loss is what the same contracts cost at the end, and what the coin lost', () => {
  const fall = [snapshot(0, 100), snapshot(1, 90)]
  // A short coin gains ten, of a hundred; against a call worth nothing a coin loses them.
  expect(only(fall, 'short straddle')).toMatchObject({ loss: -0.1, start: NOW, end: NOW + DAY, isApart: true })
  expect(only(fall, 'covered call').loss).toBeCloseTo(0.1, 12)
})

test('an exceedance beyond the grid has the jump of the index to its name', () => {
  const jump = only([snapshot(0, 100), snapshot(1, 140)], 'short straddle')
  expect(jump.loss).toBeCloseTo(0.4, 12)
  expect([jump.loss > jump.margin, isBeyondGrid(jump)]).toEqual([true, true])
  // x of A is ln 1.25.
  expect(jump.price.move).toBeCloseTo(0.4, 12)
  expect(jump.price.down).toBeCloseTo(-0.2, 12)
  expect(jump.price.up).toBeCloseTo(0.25, 12)
})

test('an exceedance within the grid has none', () => {
  const dearer = { ...snapshot(1, 110), options: snapshot(1, 110, { mark: 80, volatility: 0.8 }).options }
  const found = only([snapshot(0, 100), dearer], 'short straddle')
  // Both options are marked at 80 now, 99 before.
  expect(found.loss).toBeCloseTo(0.61, 12)
  expect([found.loss > found.margin, isBeyondGrid(found)]).toEqual([true, false])
  // With 30 days to go the grid's own moves of volatility count; 0.8 is 60% above 0.5.
  expect(found.volatility.move).toBeCloseTo(0.6, 12)
  expect([found.volatility.down, found.volatility.up]).toEqual([-0.25, 0.5])
})

test.each([
  [125.1, true],
  [124.9, false],
  [79.9, true],
  [80.1, false],
])('an index of %s after 100 is beyond the grid: %s', (index, want) => {
  expect(isBeyondGrid(only([snapshot(0, 100), snapshot(1, index)], 'short straddle'))).toBe(want)
})

test('margins are those of the exact model, shares of one coin', () => {
  const { margin, sizeFree, binding } = only([snapshot(0, 200), snapshot(1, 200)], 'short straddle')
  // As in the test of the margin: a third of 1.25^3 - 1 of the forward.
  expect(sizeFree).toBeCloseTo(0.953125 * 0.333333, 6)
  expect(margin).toBeGreaterThan(sizeFree)
  expect(binding).toBe('A +3, volatility up')
})

test('a return counts in the epoch of the day after: a new epoch ramps in over a day', () => {
  const days = [0, 1, 2, 3].map((day) => snapshot(day, 100))
  const grids = outcomes(days, [1, 2, 3, 4]).filter(({ book }) => book === 'short straddle')
  // After no return, one and two: nothing, nothing, one.
  expect(grids.map(({ price }) => price.up)).toEqual([1, 1, 2].map((times) => Math.expm1(times * Math.log(1.25))))
})

test('windows that overlap are told from those that do not', () => {
  const found = outcomes([0, 0.5, 1, 1.5].map((days) => snapshot(days, 100)))
  expect(found.filter(({ book }) => book === 'covered call').map(({ isApart }) => isApart)).toEqual([true, false])
})

test('a contract that is gone at the end is priced from its neighbours, and counted', () => {
  const end = snapshot(1, 100)
  const gone = { ...end, options: end.options.filter(({ strike }) => strike > 1) }
  const found = only([snapshot(0, 100), gone], 'short straddle')
  expect(found.inferred).toBe(2)
  expect(found.loss).toBeCloseTo(0, 9)
})

test('a window without such a book, or without a mark at its end, is no outcome', () => {
  const empty = { ...snapshot(0, 100), options: [] }
  expect(outcomes([empty, snapshot(1, 100)])).toEqual([])
  expect(outcomes([snapshot(0, 100), { ...empty, time: NOW + DAY }])).toEqual([])
})

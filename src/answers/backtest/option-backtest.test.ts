import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PanelSeries, PricePanel } from '../../estimate/calibration/price-panel.ts'
import type { ChainOption, OptionChains, OptionSnapshot } from '../../estimate/backtest/option-chains.ts'
import { loadPrices } from '../../history/load-prices.ts'
import { readOptionChains } from '../../history/read-option-chains.ts'
import { optionBacktest } from './option-backtest.ts'

const DAY = 86_400_000
/** When the last day of the epoch ends. */
const EPOCH_END = Date.UTC(2025, 8, 1)
const NOW = Date.UTC(2026, 1, 6)

/** Two years of days on which the price moves two percent up or down in turn. */
function panel(): PricePanel {
  const times = Array.from({ length: 730 }, (_, day) => EPOCH_END - (729 - day) * DAY)
  const none = new Float64Array(times.length).fill(Number.NaN)
  const close = Float64Array.from(times, (_, day) => (day % 2 === 0 ? 100 : 102))
  const volumeUsd = new Float64Array(times.length).fill(1e9)
  const bitcoin: PanelSeries = { asset: 'BTC', kind: 'spot', close, high: none, low: none, volumeUsd, sources: [] }
  return { stepMs: DAY, times, series: [bitcoin] }
}

function snapshot(days: number, indexPrice: number): OptionSnapshot {
  const option = (strike: number, right: 'call' | 'put'): ChainOption => {
    const mark = Math.max(0, right === 'call' ? indexPrice - strike : strike - indexPrice)
    return { right, strike, expiry: NOW + 40 * DAY, forward: indexPrice, volatility: 0.5, mark }
  }
  const options = [option(1, 'call'), option(1, 'put'), option(1_000, 'call'), option(1_000, 'put')]
  return { time: NOW + days * DAY, indexPrice, options }
}

/** A day with nothing, a day on which the price doubles, a week with one snapshot at its end. */
const CHAINS: OptionChains = new Map([
  ['BTC', [snapshot(0, 100), snapshot(1, 100), snapshot(2, 200), snapshot(9, 200)]],
  ['XYZ', [snapshot(0, 100), snapshot(1, 100)]],
])

test('a row for each book, a name for each exceedance, a reason for what is left out', () => {
  const progress: string[] = []
  const { rows, exceedances, withinGrid, outcomes, note, assumptions } = optionBacktest({
    chains: CHAINS,
    panel: panel(),
    onProgress: (done, total) => progress.push(`${done}/${total}`),
  })
  expect(
    rows.map(({ book, underlying, n, exceedances: count, worstDate }) => [book, underlying, n, count, worstDate]),
  ).toEqual([
    ['short straddle', 'BTC', 2, 1, '2026-02-07'],
    ['covered call', 'BTC', 2, 0, null],
  ])
  // The straddle is a short coin of 100: it loses 100 where the index doubles, a share of one.
  expect(exceedances).toMatchObject([
    { book: 'short straddle BTC', portfolio: 'short straddle', date: '2026-02-07', jump: { asset: 'BTC', return: 1 } },
  ])
  const [named] = exceedances
  expect(named?.loss).toBeCloseTo(1, 12)
  expect(named?.excessRatio).toBeCloseTo(1 / (named?.margin ?? 0) - 1, 12)
  expect([withinGrid, outcomes.length]).toEqual([0, 4])
  expect(progress).toEqual(['1/2', '2/2'])
  expect(note).toContain(
    'BTC: 2 windows of a day from 2026-02-06 to 2026-02-08 that do not overlap, 2 with those that do; 2 of 4 snapshots begin none.',
  )
  expect(note).toContain('XYZ is left out: the epoch has no options on it.')
  expect(assumptions[0]).toContain('the epoch that prices up to the end of 2025-08-31 give')
})

test('an exceedance within the grid is counted: nothing names it', () => {
  const dearer = snapshot(1, 100)
  const chains: OptionChains = new Map([
    ['BTC', [snapshot(0, 100), { ...dearer, options: dearer.options.map((one) => ({ ...one, mark: one.mark + 60 })) }]],
  ])
  const found = optionBacktest({ chains, panel: panel() })
  expect([found.exceedances.length, found.withinGrid]).toEqual([2, 2])
})

test('prices that begin after the epoch measure nothing, and the note says so', () => {
  const found = optionBacktest({ chains: CHAINS, panel: panel(), asOf: '2023-01-01' })
  expect([found.rows, found.outcomes, found.assumptions]).toEqual([[], [], []])
  expect(found.note).toContain('BTC is left out: the prices begin later than its epoch.')
})

test('chains without two snapshots a day apart have no rows', () => {
  const chains: OptionChains = new Map([['BTC', [snapshot(0, 100), snapshot(7, 100)]]])
  const { rows, note } = optionBacktest({ chains, panel: panel() })
  expect(rows).toEqual([])
  expect(note).toContain('BTC: no two of 2 snapshots are a day apart.')
})

const data = process.env['PLIMSOLL_DATA'] ?? join(import.meta.dirname, '../../../../shared/data')
const reason = 'needs PLIMSOLL_DATA, or ../shared/data beside the project'

test.skipIf(!existsSync(join(data, 'options_deribit')))(`recorded chains of a crash (${reason})`, async () => {
  const { chains } = await readOptionChains([join(data, 'options_deribit')])
  const prices = await loadPrices({
    paths: [join(data, 'prices_daily', 'coinbase_usd_daily_2020_2025.csv.gz')],
    stepMs: DAY,
  })
  const { rows, withinGrid, outcomes } = optionBacktest({ chains, panel: prices.panel })
  // 28 January to 10 February, at the first snapshot of each day.
  expect(rows.map(({ book, underlying, n }) => `${book} ${underlying} ${n}`)).toEqual([
    'short straddle BTC 13',
    'covered call BTC 13',
    'short straddle ETH 13',
    'covered call ETH 13',
  ])
  expect(outcomes.every(({ margin, sizeFree }) => sizeFree > 0 && margin > sizeFree)).toBe(true)
  expect(withinGrid).toBe(0)
})

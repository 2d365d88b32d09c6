import { describe, expect, test } from 'vitest'
import { daysFrom, MONDAY } from './drawn-factors.test-data.ts'
import { factorReturns } from './factor-returns.ts'
import { knownOf, stateOf } from './known-factors.test-data.ts'
import { listingEvidence } from './listing-evidence.ts'
import type { PanelSeries, PricePanel } from './price-panel.ts'
import { DAY_MS } from './rules.ts'

const NONE = Number.NaN
const DAYS = 300
const USD = 10n ** 18n

interface Made {
  readonly kind?: PanelSeries['kind']
  readonly close?: (day: number) => number
  readonly volumeUsd?: number
  readonly files?: readonly string[]
}

/** Prices of 300 days; of one dollar each where not said otherwise, in files `x.csv` and `y.csv`. */
function judged(made: Readonly<Record<string, Made>>, logMoves: Readonly<Record<string, number>> = {}) {
  const series = Object.entries(made).map(([name, one]): PanelSeries => {
    const close = Float64Array.from({ length: DAYS }, (_, day) => one.close?.(day) ?? 1)
    const unknown = close.map(() => NONE)
    const volumeUsd = unknown.map(() => one.volumeUsd ?? NONE)
    const [asset, kind = 'spot'] = name.split(' ') as [string, PanelSeries['kind']?]
    return { asset, kind, close, high: unknown, low: unknown, volumeUsd, sources: [(one.files ?? ['x.csv'])[0] ?? ''] }
  })
  const panel: PricePanel = { stepMs: DAY_MS, times: daysFrom(MONDAY, DAYS), series }
  const { factors } = factorReturns(panel)
  const known = knownOf(factors.map(({ id }) => stateOf(id, { logMove: logMoves[id] ?? 0.1 })))
  const files = new Map(
    Object.entries(made).map(([name, one]) => [name.split(' ')[0] ?? '', new Set(one.files ?? ['x.csv', 'y.csv'])]),
  )
  const found = listingEvidence({ panel, factors, known, notes: [] }, files)
  return new Map(found.map((one) => [one.asset, one]))
}

function evidenceOf(made: Made, others: Readonly<Record<string, Made>> = {}) {
  const found = judged({ A: made, ...others }).get('A')
  if (found === undefined) throw new Error('A is judged')
  return found.evidence
}

const still: Made = {}

test('a coin that stands still: days, files, volume, no fall, no depth', () => {
  expect(evidenceOf({ volumeUsd: 1_500_000.7 })).toEqual({
    tier: 'other',
    dailyPrices: DAYS,
    sources: 2,
    largestFallPpm: 0n,
    halted: false,
    dailyVolatilityPpm: 0n,
    dailyVolumeUsd: 1_500_000n * USD,
  })
})

test("without a volume there is none, and that of a perpetual is not the coin's", () => {
  expect(evidenceOf(still)).not.toHaveProperty('dailyVolumeUsd')
  const perpetual: Made = { volumeUsd: 1e9 }
  expect(judged({ 'A perpetual': perpetual }).get('A')?.evidence).not.toHaveProperty('dailyVolumeUsd')
})

describe('days', () => {
  const table: [name: string, isPriced: (day: number) => boolean, days: number][] = [
    ['seven days of absence are none', (day) => day < 100 || day > 106, DAYS - 7],
    ['after eight days it is another asset', (day) => day < 100 || day > 107, DAYS - 108],
    ['prices that end seven days before the last count', (day) => day < DAYS - 7, DAYS - 7],
    ['prices that end eight days before the last do not', (day) => day < DAYS - 8, 0],
  ]
  test.each(table)('%s', (_name, isPriced, days) => {
    const close = (day: number) => (isPriced(day) ? 1 : NONE)
    expect(evidenceOf({ close, files: ['own.csv'] }).dailyPrices).toBe(days)
  })

  test('a coin whose prices end while its file goes on was halted; where the file ends nobody knows', () => {
    const ended: Made = { close: (day) => (day < 200 ? 1 : NONE), files: ['wide.csv'] }
    expect(evidenceOf(ended, { B: { files: ['wide.csv'] } })).toMatchObject({ halted: true, dailyPrices: 0 })
    expect(evidenceOf(ended, { B: { files: ['other.csv'] } })).toMatchObject({ halted: false, dailyPrices: 0 })
  })
})

describe('falls', () => {
  const fall = (at: number, to: number): Made => ({ close: (day) => (day < at ? 1 : to) })
  test('the largest of the last 250 days, of the price before', () => {
    // 0.55 / 1: 45%. The last return is that of day 299, so 250 of them begin with that of day 50.
    expect(evidenceOf(fall(50, 0.55), { B: still, C: still }).largestFallPpm).toBe(450_000n)
    expect(evidenceOf(fall(49, 0.55), { B: still, C: still }).largestFallPpm).toBe(0n)
  })
  test('one of which half the market had half is a crash', () => {
    const crash = fall(200, 0.5)
    expect(evidenceOf(crash, { B: fall(200, 0.75), C: fall(200, 0.75) }).largestFallPpm).toBe(500_000n)
    expect(evidenceOf(crash, { B: fall(200, 0.74), C: fall(200, 0.74) }).largestFallPpm).toBe(0n)
  })
})

test('volatility is the root mean square of the last 250 returns', () => {
  // Up and down by 1% in turn: every log return is ln 1.01 = 0.00995033.
  const swinging: Made = { close: (day) => (day % 2 === 0 ? 1 : 1.01) }
  expect(evidenceOf(swinging).dailyVolatilityPpm).toBe(9_951n)
})

describe('claims', () => {
  test('a dollar: of the tier of majors, with its largest distance from one', () => {
    const { evidence } = judged({ USDC: { close: (day) => (day === 100 ? 0.88 : 1) } }).get('USDC') ?? {}
    expect(evidence).toMatchObject({ tier: 'major', peg: { worstDeviationPpm: 120_000n, algorithmic: false } })
  })
  test('a claim on a coin: its distance from the median rate, whatever rewards are in it', () => {
    const eth = (day: number) => 2_000 + day
    const staked: Made = { close: (day) => eth(day) * (day === 150 ? 1.1 * 0.93 : 1.1) }
    const { evidence } = judged({ ETH: { close: eth }, wstETH: staked }).get('wstETH') ?? {}
    expect(evidence?.peg).toEqual({ worstDeviationPpm: 70_000n, algorithmic: false })
    expect(evidence?.tier).toBe('other')
  })
  test('an algorithmic dollar is a coin that nobody redeems', () => {
    expect(judged({ USTC: still }).get('USTC')?.evidence).toMatchObject({ tier: 'other', peg: { algorithmic: true } })
  })
  test('what a claim may lose is what its reference and its peg may', () => {
    // 1 - e^-0.1 = 0.0951626, 1 - e^-0.02 = 0.0198013.
    const found = judged({ ETH: still, stETH: still }, { 'stETH/peg': 0.02 })
    expect(found.get('ETH')?.riskWeight).toBeCloseTo(0.0951626, 7)
    expect(found.get('stETH')?.riskWeight).toBeCloseTo(0.0951626 + 0.0198013, 7)
  })
  test('what cannot be measured may lose all', () => {
    expect(judged({ stETH: still }).get('stETH')?.riskWeight).toBe(1)
  })
})

test('evidence is taken from days alone', () => {
  const panel = { stepMs: DAY_MS / 3, times: [], series: [] }
  expect(() => listingEvidence({ panel, factors: [], known: knownOf([]), notes: [] }, new Map())).toThrow(RangeError)
})

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatDecimal18 } from '../../core/quantity/decimal.ts'
import type { Bar, BarKind, Tape } from './bar.ts'
import { findTape, tapeIds } from './find-tape.ts'
import { printedTime } from '../../tables/table-time.ts'

const SCENARIOS = join(import.meta.dirname, '../../../scenarios')
const DAY = 86_400_000
const ids = await tapeIds(SCENARIOS)

async function allOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

async function barsOf(tape: Tape): Promise<readonly Bar[]> {
  return (await allOf(tape.steps)).flatMap(({ bars }) => bars)
}

test('the crash tapes are there', () => {
  expect(ids).toEqual(['2020-03-black-thursday', '2022-05-luna', '2022-11-ftx', '2023-03-usdc'])
})

test.each(ids)('%s has its name, sources, at most 8,000 figures, 8 assets and 5 days', async (id) => {
  const tape = await findTape(id, SCENARIOS)
  const steps = await allOf(tape.steps)
  const bars = steps.flatMap((step) => step.bars)
  const figuresOfBars = bars.reduce((sum, { prices }) => sum + (prices.shape === 'ohlc' ? 4 : 1), 0)
  expect(tape.header.id).toBe(id)
  expect(tape.header.sources.length).toBeGreaterThan(0)
  expect(figuresOfBars + steps.flatMap((step) => step.funding).length).toBeLessThanOrEqual(8_000)
  expect(new Set(bars.map(({ symbol }) => symbol)).size).toBeGreaterThanOrEqual(8)
  expect((steps.at(-1)?.time ?? 0) - (steps[0]?.time ?? 0) + tape.header.intervalMs).toBeGreaterThanOrEqual(5 * DAY)
})

test.each(ids)('%s names in its header exactly the series it has, among them BTC and ETH with marks', async (id) => {
  const tape = await findTape(id, SCENARIOS)
  const bars = await barsOf(tape)
  const symbolsOf = (kind: BarKind) => [...new Set(bars.filter((bar) => bar.kind === kind).map(({ symbol }) => symbol))]
  expect(symbolsOf('spot').toSorted()).toEqual([...tape.header.spot])
  expect(symbolsOf('perp').toSorted()).toEqual([...tape.header.perpetualMarks])
  expect(
    [...tape.header.spot, ...tape.header.perpetualMarks].filter((name) => name === 'BTC' || name === 'ETH'),
  ).toHaveLength(4)
})

test.each(ids)('%s has funding of BTC and ETH every 8 hours', async (id) => {
  const steps = await allOf((await findTape(id, SCENARIOS)).steps)
  const funded = steps.filter(({ funding }) => funding.length > 0)
  expect(funded).toHaveLength(steps.length / 8)
  for (const { time, funding } of funded) {
    expect(time % (8 * 3_600_000)).toBe(0)
    expect(funding.map(({ symbol }) => symbol)).toEqual(['BTC', 'ETH'])
  }
})

// Public record: exchange charts and the press of those days.
const facts: [tape: string, kind: BarKind, symbol: string, time: string, figure: 'low' | 'close', want: string][] = [
  ['2022-11-ftx', 'spot', 'SOL', '2022-11-09T21:00Z', 'low', '12.37'],
  ['2022-11-ftx', 'perp', 'SOL', '2022-11-09T21:00Z', 'low', '9.423'],
  ['2022-11-ftx', 'spot', 'FTT', '2022-11-09T23:00Z', 'close', '2.2729'],
  ['2022-11-ftx', 'spot', 'BTC', '2022-11-09T23:00Z', 'low', '15588'],
  ['2022-05-luna', 'spot', 'UST', '2022-05-11T07:00Z', 'low', '0.225'],
  ['2022-05-luna', 'spot', 'LUNA', '2022-05-13T00:00Z', 'low', '0.00004'],
  ['2022-05-luna', 'spot', 'BTC', '2022-05-12T05:00Z', 'low', '26700'],
  ['2023-03-usdc', 'spot', 'USDC', '2023-03-11T07:00Z', 'close', '0.872587'],
  ['2023-03-usdc', 'spot', 'USDC', '2023-03-11T15:00Z', 'close', '0.9128'],
  ['2020-03-black-thursday', 'perp', 'BTC', '2020-03-13T02:00Z', 'low', '3621.81'],
  ['2020-03-black-thursday', 'perp', 'ETH', '2020-03-13T02:00Z', 'low', '84.23'],
  ['2020-03-black-thursday', 'perp', 'LINK', '2020-03-13T02:00Z', 'low', '1.364'],
]
test.each(facts)('%s: %s %s at %s has %s %s', async (id, kind, symbol, time, figure, want) => {
  const bars = await barsOf(await findTape(id, SCENARIOS))
  const bar = bars.find((each) => each.kind === kind && each.symbol === symbol && printedTime(each.time) === time)
  const prices = bar?.prices
  const found = prices?.shape === 'ohlc' ? prices[figure] : figure === 'close' ? prices?.close : undefined
  expect(found === undefined ? undefined : formatDecimal18(found)).toBe(want)
})

test('LUNA and UST end with the halt of 13 May 2022, and the tape goes on without them', async () => {
  const bars = await barsOf(await findTape('2022-05-luna', SCENARIOS))
  for (const symbol of ['LUNA', 'UST']) {
    const last = bars.findLast((bar) => bar.symbol === symbol)
    expect(last && printedTime(last.time)).toBe('2022-05-13T00:00Z')
  }
  const end = bars.at(-1)
  expect(end && printedTime(end.time)).toBe('2022-05-13T23:00Z')
})

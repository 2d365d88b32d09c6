import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assetId } from '../../core/instrument/identifier.ts'
import { price } from '../../core/quantity/price.ts'
import { timestamp } from '../../core/quantity/timestamp.ts'
import type { Bar, BarKind } from './bar.ts'
import { pricePath } from './price-path.ts'

const HOUR = 3_600_000
const START = timestamp(1_667_692_800_000)

function ohlc(kind: BarKind, symbol: string, prices: readonly [bigint, bigint, bigint, bigint]): Bar {
  const [open, high, low, close] = prices.map(price) as [never, never, never, never]
  return { kind, symbol: assetId(symbol), time: START, prices: { shape: 'ohlc', open, high, low, close } }
}

function closeOnly(kind: BarKind, symbol: string, close: bigint): Bar {
  return { kind, symbol: assetId(symbol), time: START, prices: { shape: 'close', close: price(close) } }
}

function path(bars: readonly Bar[], intervalMs = HOUR) {
  return pricePath({ time: START, bars, funding: [] }, intervalMs)
}

// open, high, low, close; from close 100 the high is (high - 100) away and the low (100 - low).
const orders: [name: string, bar: [bigint, bigint, bigint, bigint], want: bigint[]][] = [
  ['takes the high first when it is farther from the close', [110n, 120n, 90n, 100n], [110n, 120n, 90n, 100n]],
  ['takes the low first when it is farther from the close', [95n, 105n, 80n, 100n], [95n, 80n, 105n, 100n]],
  ['takes the low first when both are as far', [95n, 110n, 90n, 100n], [95n, 90n, 110n, 100n]],
  ['takes the high first when it is one atom farther', [95n, 111n, 90n, 100n], [95n, 111n, 90n, 100n]],
  ['keeps four batches for a bar that did not move', [100n, 100n, 100n, 100n], [100n, 100n, 100n, 100n]],
]
test.each(orders)('%s', (_name, bar, want) => {
  expect(path([ohlc('spot', 'BTC', bar)]).map(({ spot }) => spot)).toEqual(want.map((atoms) => [['BTC', atoms]]))
})

test('puts the four batches at 0, 1/3, 2/3 and the end of the bar', () => {
  const times = path([ohlc('spot', 'BTC', [1n, 1n, 1n, 1n])]).map(({ time }) => time - START)
  expect(times).toEqual([0, 1_200_000, 2_400_000, 3_600_000])
})

test('rounds thirds of an interval down to whole milliseconds', () => {
  const times = path([ohlc('spot', 'BTC', [1n, 1n, 1n, 1n])], 1000).map(({ time }) => time - START)
  expect(times).toEqual([0, 333, 666, 1000])
})

test('gives each asset its own order of extremes within one batch, and keeps marks apart from index prices', () => {
  const batches = path([
    ohlc('spot', 'BTC', [110n, 120n, 90n, 100n]),
    ohlc('spot', 'ETH', [9n, 11n, 5n, 10n]),
    ohlc('perp', 'BTC', [108n, 109n, 80n, 99n]),
  ])
  expect(batches.map(({ spot, perp }) => ({ spot, perp }))).toEqual([
    {
      spot: [
        ['BTC', 110n],
        ['ETH', 9n],
      ],
      perp: [['BTC', 108n]],
    },
    {
      spot: [
        ['BTC', 120n],
        ['ETH', 5n],
      ],
      perp: [['BTC', 80n]],
    },
    {
      spot: [
        ['BTC', 90n],
        ['ETH', 11n],
      ],
      perp: [['BTC', 109n]],
    },
    {
      spot: [
        ['BTC', 100n],
        ['ETH', 10n],
      ],
      perp: [['BTC', 99n]],
    },
  ])
})

test('shows a close-only asset in the last batch alone: its close is known at the end of the bar', () => {
  const batches = path([ohlc('perp', 'BTC', [1n, 2n, 1n, 2n]), closeOnly('spot', 'BTC', 7n)])
  expect(batches.map(({ spot }) => spot)).toEqual([[], [], [], [['BTC', 7n]]])
})

test('is one batch at the end of the bar when only closes are known', () => {
  expect(path([closeOnly('spot', 'BTC', 7n)])).toEqual([{ time: START + HOUR, spot: [['BTC', 7n]], perp: [] }])
})

test('is empty when a step has funding only', () => {
  expect(path([])).toEqual([])
})

test('never leaves the range of the bar, ends at the close, and shows both extremes', () => {
  const sorted = fc.array(fc.bigInt({ min: 1n, max: 10n ** 24n }), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(sorted, fc.boolean(), (figures, isRising) => {
      const [low, a, b, high] = figures.toSorted((x, y) => (x < y ? -1 : 1)) as [bigint, bigint, bigint, bigint]
      const [open, close] = isRising ? [a, b] : [b, a]
      const seen = path([ohlc('spot', 'BTC', [open, high, low, close])]).map(({ spot }) => spot[0]?.[1] as bigint)
      expect(seen[0]).toBe(open)
      expect(seen[3]).toBe(close)
      expect(seen.slice(1, 3).toSorted((x, y) => (x < y ? -1 : 1))).toEqual([low, high])
    }),
  )
})

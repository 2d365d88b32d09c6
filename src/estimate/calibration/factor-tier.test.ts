import { expect, test } from 'vitest'
import { factorOf } from './drawn-factors.test-data.ts'
import { factorTier, medianDaily } from './factor-tier.ts'

const names: [id: string, want: string][] = [
  ['BTC', 'major'],
  ['ETH', 'major'],
  ['SOL', 'other'],
  ['SOL/basis/perpetual', 'perpetual basis'],
  ['USDC/peg', 'stable peg'],
  ['stETH/peg', 'staked peg'],
]
test.each(names)('%s, whose volume nobody tells, is pooled as %s', (id, want) => {
  expect(factorTier(factorOf(id, [0]), 1, 1)).toBe(want)
})

/** What is traded in so many steps. */
function traded(steps: number, each: number): readonly number[] {
  return Array.from({ length: steps }, () => each)
}

const volumes: [name: string, volumes: readonly number[], want: string][] = [
  ['exactly fifty million a day', traded(30, 50e6), 'large'],
  ['a dollar less', traded(30, 50e6 - 1), 'other'],
  ['a month less a day', traded(29, 9e9), 'other'],
  ['a month with a gap', [...traded(29, 9e9), Number.NaN], 'other'],
  ['more than half of the days large', [...traded(46, 50e6), ...traded(44, 1)], 'large'],
  ['more than half of the days small', [...traded(44, 50e6), ...traded(46, 1)], 'other'],
  ['large once, a quarter ago', [...traded(90, 9e9), ...traded(90, 1)], 'other'],
  ['small once, a quarter ago', [...traded(90, 1), ...traded(90, 9e9)], 'large'],
]
test.each(volumes)('a coin: %s', (_name, volumeUsd, want) => {
  const coin = { ...factorOf('A', []), volumeUsd: Float64Array.from(volumeUsd) }
  expect(factorTier(coin, volumeUsd.length, 1)).toBe(want)
})

test('what is traded later decides nothing', () => {
  const volumeUsd = Float64Array.from([...traded(40, 1), ...traded(60, 9e9)])
  expect(medianDaily(volumeUsd, 40, 1)).toBe(1)
})

test('of steps of an hour a day is twenty-four of the median hour, and a month 720', () => {
  const hours = (count: number) => Float64Array.from({ length: count }, (_, i) => (i % 3) + 1)
  expect(medianDaily(hours(720), 720, 24)).toBe(48)
  expect(medianDaily(hours(719), 719, 24)).toBe(0)
})

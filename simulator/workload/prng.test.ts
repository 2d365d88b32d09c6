import { expect, test } from 'vitest'
import { anySize, below, between, percent, pick, splitmix64 } from './prng.ts'

test('gives the numbers published for SplitMix64', () => {
  // Rosetta Code, "Pseudo-random numbers/Splitmix64", seed 1234567.
  const prng = splitmix64(1234567n)
  expect([1, 2, 3, 4, 5].map(() => prng.next())).toEqual([
    6457827717110365317n,
    3203168211198807973n,
    9817491932198370423n,
    4593380528125082431n,
    16408922859458223821n,
  ])
})

test('stays inside its bounds and reaches both ends', () => {
  const prng = splitmix64(1n)
  const small = Array.from({ length: 500 }, () => below(prng, 3))
  expect([...new Set(small)].sort((a, b) => a - b)).toEqual([0, 1, 2])
  const ranged = Array.from({ length: 500 }, () => between(prng, 4, 6))
  expect([...new Set(ranged)].sort((a, b) => a - b)).toEqual([4, 5, 6])
  expect(Array.from({ length: 500 }, () => anySize(prng, 4)).every((n) => n >= 0n && n < 16n)).toBe(true)
})

test('never, always and now and then', () => {
  const prng = splitmix64(2n)
  const times = (chances: number) => Array.from({ length: 1000 }, () => percent(prng, chances)).filter(Boolean).length
  expect(times(0)).toBe(0)
  expect(times(100)).toBe(1000)
  expect(times(30)).toBeGreaterThan(230)
  expect(times(30)).toBeLessThan(370)
})

test('picks nothing from nothing', () => {
  expect(() => pick(splitmix64(3n), [])).toThrow(RangeError)
})

import { expect, test } from 'vitest'
import { randomFrom } from '../../replay/population/random.ts'
import { binomialUpperTail } from './binomial.ts'
import { holm } from './holm.ts'
import { kupiec } from './kupiec.ts'
import { trafficLight } from './traffic-light.ts'

const WINDOWS = 4_000
const BOOKS = 1_000
const TARGET = 0.005

/** Exceedances of each of a thousand books that exceed independently at this rate. */
function simulated(rate: number): readonly number[] {
  const random = randomFrom(21)
  const threshold = Math.round(rate * 2 ** 32)
  return Array.from({ length: BOOKS }, () => {
    let exceedances = 0
    for (let window = 0; window < WINDOWS; window += 1) if (random.below(2 ** 32) < threshold) exceedances += 1
    return exceedances
  })
}

const exact = simulated(TARGET)
const doubled = simulated(2 * TARGET)

function tails(counts: readonly number[]): readonly number[] {
  return counts.map((x) => binomialUpperTail(WINDOWS, x, TARGET))
}

function shareOf(counts: readonly number[], isRejected: (x: number) => boolean): number {
  return counts.filter(isRejected).length / counts.length
}

// Three standard errors of a share of 5% of a thousand are 2%.
test('books that are what they promise are rejected about one time in twenty, or less', () => {
  const binomial = shareOf(exact, (x) => binomialUpperTail(WINDOWS, x, TARGET) <= 0.05)
  expect(binomial).toBeLessThan(0.07)
  expect(binomial).toBeGreaterThan(0.01)
  const twoSided = shareOf(exact, (x) => kupiec(WINDOWS, x, TARGET).p <= 0.05)
  expect(Math.abs(twoSided - 0.05)).toBeLessThan(0.02)
  expect(shareOf(exact, (x) => trafficLight(WINDOWS, x, TARGET) === 'green')).toBeGreaterThan(0.93)
  expect(shareOf(exact, (x) => trafficLight(WINDOWS, x, TARGET) === 'red')).toBeLessThan(0.004)
})

// Mean 40 and deviation 6.3 against at most 28: -1.8 deviations, 96% and more.
test('books that exceed twice as often are rejected nearly always', () => {
  expect(shareOf(doubled, (x) => binomialUpperTail(WINDOWS, x, TARGET) <= 0.05)).toBeGreaterThan(0.94)
  expect(shareOf(doubled, (x) => kupiec(WINDOWS, x, TARGET).p <= 0.05)).toBeGreaterThan(0.9)
  expect(shareOf(doubled, (x) => trafficLight(WINDOWS, x, TARGET) === 'green')).toBeLessThan(0.06)
})

test('in a family of twenty exact books any is rejected about one time in twenty; one bad book among them is found', () => {
  const families = Array.from({ length: BOOKS / 20 }, (_, i) => tails(exact.slice(20 * i, 20 * (i + 1))))
  const wrong = families.filter((ps) => holm(ps, 0.05).includes(true)).length
  // Of fifty families 2.5 are expected, with a deviation of 1.5.
  expect(wrong).toBeLessThan(8)
  const withBad = families.map((ps) => [...ps.slice(1), binomialUpperTail(WINDOWS, 60, TARGET)])
  // Sixty where twenty are expected.
  expect(withBad.every((ps) => holm(ps, 0.05).at(-1))).toBe(true)
})

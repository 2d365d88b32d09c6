import { expect, test } from 'vitest'
import { trafficLight } from './traffic-light.ts'
import { exactUpperTail } from './whole-number-binomial.test-data.ts'

test('99% over 250 windows: the zones of the Basel Committee, 0-4, 5-9 and 10 or more', () => {
  const zones = Array.from({ length: 12 }, (_, x) => trafficLight(250, x, 0.01))
  const [green, yellow] = [Array.from({ length: 5 }, () => 'green'), Array.from({ length: 5 }, () => 'yellow')]
  expect(zones).toEqual([...green, ...yellow, 'red', 'red'])
  expect(trafficLight(250, 250, 0.01)).toBe('red')
})

test('at other rates and lengths zones begin where the exact chance of as many or fewer reaches 95% and 99.99%', () => {
  for (const denominator of [100n, 200n, 1_000n])
    for (const n of [500, 1_000, 1_826])
      for (let x = 0; x <= 40; x += 1) {
        const more = exactUpperTail(n, x + 1, { of: 1n, in: denominator })
        const want = more > 0.05 ? 'green' : more > 0.0001 ? 'yellow' : 'red'
        expect(trafficLight(n, x, 1 / Number(denominator))).toBe(want)
      }
})

test('none is green even where one would be rare: 0.999^50 = 0.951', () => {
  expect([trafficLight(50, 0, 0.001), trafficLight(50, 1, 0.001)]).toEqual(['green', 'yellow'])
})

test.each([-1, 251, 0.5])('%f exceedances of 250 windows are refused', (x) =>
  expect(() => trafficLight(250, x, 0.01)).toThrow(RangeError),
)

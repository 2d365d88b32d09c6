import { expect, test } from 'vitest'
import { deviance } from './deviance.ts'

test('observed ln(observed / expected) + expected - observed', () => {
  expect(deviance(10, 2.5)).toBeCloseTo(10 * Math.log(4) - 7.5, 13)
  expect(deviance(2, 8)).toBeCloseTo(2 * Math.log(0.25) + 6, 13)
  expect(deviance(11, 10)).toBeCloseTo(11 * Math.log(1.1) - 1, 13)
  expect(deviance(9, 10)).toBeCloseTo(9 * Math.log(0.9) + 1, 13)
})

test('nearly equal counts: (o-e)^2/2e - (o-e)^3/6e^2 + ..., which the plain formula loses', () => {
  // e = 1e8, o = e + 10: 100/2e8 - 1000/6e16 = 5e-7 - 1.67e-14.
  expect(Math.abs(deviance(1e8 + 10, 1e8) / (5e-7 - 1000 / 6e16) - 1)).toBeLessThan(1e-13)
  expect(deviance(7, 7)).toBe(0)
})

test('the series and the plain formula meet', () => {
  // (o-e)/(o+e) = 0.1 at o/e = 11/9.
  for (const observed of [10.999, 11.001]) {
    const plain = observed * Math.log(observed / 9) + 9 - observed
    expect(Math.abs(deviance(observed, 9) / plain - 1)).toBeLessThan(1e-13)
  }
})

test('nothing observed deviates by what was expected; something where nothing is expected, infinitely', () => {
  expect([deviance(0, 3), deviance(0, 0), deviance(1, 0)]).toEqual([3, 0, Infinity])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limitedRise, noteSigma, recentSigmas } from './limited-rise.ts'
import { RULES } from './rules.ts'

/** What is charged when this is wanted, step by step. */
function charged(wanted: readonly number[], stepsPerDay: number): readonly number[] {
  const recent = recentSigmas(stepsPerDay)
  return wanted.map((one) => {
    const figure = limitedRise(recent, one)
    noteSigma(recent, figure)
    return figure
  })
}

function expectClose(got: readonly number[], want: readonly number[]): void {
  expect(got).toHaveLength(want.length)
  want.forEach((one, i) => expect(got[i]).toBeCloseTo(one, 10))
}

test('the first sigma is charged as it is', () => {
  expect(charged([7], 1)).toEqual([7])
})

test('a step of a day: 12% in a day, 25% in five, then it catches up', () => {
  // 1.12; 1.12^2 = 1.2544 is above 1.25 of the 1 that is within five days, three more times. Then the least of five days
  // is 1.12, and 1.12 * 1.25 = 1.4; then 1.25, and 1.25^2 = 1.5625 for four days; then 1.4, and 1.4 * 1.25 = 1.75.
  const wanted = [1, ...Array.from({ length: 11 }, () => 2)]
  expectClose(charged(wanted, 1), [1, 1.12, 1.25, 1.25, 1.25, 1.25, 1.4, 1.5625, 1.5625, 1.5625, 1.5625, 1.75])
})

test('a fall is charged at once, and what rises is measured from it', () => {
  expectClose(charged([2, 1, 1.1, 3], 1), [2, 1, 1.1, 1.1 * 1.12])
})

test('steps of half a day: the least of two steps counts as the day, of ten as five days', () => {
  // Both halves of the day after 1 may be 1.12; the next step is above 1.25 of the 1, which stays within ten steps up to the eleventh.
  const wanted = [1, ...Array.from({ length: 12 }, () => 2)]
  const still = Array.from({ length: 8 }, () => 1.25)
  expectClose(charged(wanted, 2), [1, 1.12, 1.12, ...still, 1.4, 1.4])
})

test('INV-CAL-5: what is charged is what is wanted, unless that is too far above the least of the last day or of the last five', () => {
  const wanted = fc.array(fc.double({ noNaN: true, min: 1e-6, max: 1e3 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(wanted, fc.constantFrom(1, 3, 24), (list, stepsPerDay) => {
      const got = charged(list, stepsPerDay)
      list.forEach((most, at) => {
        const day = got.slice(Math.max(0, at - stepsPerDay), at).map((one) => one * (1 + RULES.riseInDay))
        const days = got.slice(Math.max(0, at - 5 * stepsPerDay), at).map((one) => one * (1 + RULES.riseInDays))
        expect(got[at]).toBeCloseTo(Math.min(most, ...day, ...days), 9)
      })
    }),
  )
})

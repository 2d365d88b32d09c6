import { expect, test } from 'vitest'
import { chanceText, fixed, levelText, percents, shareText, timesText } from './backtest-figure.ts'
import { counted, dateText } from './backtest-words.ts'

test.each([
  [1.005, 2, '1.00'],
  [-0.123, 2, '−0.12'],
  [-0.0001, 2, '0.00'],
  [0, 0, '0'],
])('%f to %i places is %s: a minus is true, and nothing is not negative', (figure, places, text) => {
  expect(fixed(figure, places)).toBe(text)
})

test.each([
  [0, '<0.001'],
  [0.0004, '<0.001'],
  [0.0005, '0.001'],
  [0.3644, '0.364'],
  [1, '1.000'],
])('a chance of %f is %s: never 0.000 where it is more than nothing', (chance, text) => {
  expect(chanceText(chance)).toBe(text)
})

test('a level keeps the places it has, whatever a float makes of it', () => {
  expect([0.99, 0.995, 0.999, 1 - 0.995, 0.006].map(levelText)).toEqual(['99 %', '99.5 %', '99.9 %', '0.5 %', '0.6 %'])
})

test('shares are percents, ratios have two places, dates are as short as they can be', () => {
  expect([percents(0.4017), shareText(-0.9931, 0), timesText(1.884)]).toEqual(['40.2', '−99 %', '1.88'])
  expect(['2022-05-12', '2022-05-12T08:00:00.000Z'].map(dateText)).toEqual(['2022-05-12', '2022-05-12 08:00'])
  expect([counted('1', 'book'), counted('411', 'book')]).toEqual(['1 book', '411 books'])
})

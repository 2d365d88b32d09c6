import { expect, test } from 'vitest'
import { scaleOver, shareOf, tickText } from './value-axis.ts'

const table: [low: number, high: number, about: number, texts: readonly string[]][] = [
  [0, 17, 3, ['0', '10', '20']],
  [0, 0.87, 4, ['0.00', '0.25', '0.50', '0.75', '1.00']],
  [-0.12, 0.2, 4, ['−0.2', '−0.1', '0.0', '0.1', '0.2']],
  [0.83, 1.41, 4, ['0.8', '1.0', '1.2', '1.4', '1.6']],
  [0, 0, 2, ['0.0', '0.5', '1.0']],
]
test.each(table)('from %f to %f: round figures with the places they need', (low, high, about, texts) => {
  const scale = scaleOver(low, high, about)
  expect(scale.ticks.map((tick) => tickText(tick, scale))).toEqual(texts)
})

test('the lowest stands at the bottom and the highest at the top', () => {
  const scale = scaleOver(0, 20, 2)
  expect([0, 10, 20].map((value) => shareOf(value, scale))).toEqual([0, 0.5, 1])
})

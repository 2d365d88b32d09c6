import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addStep, type CorrelationSums, forget, noCorrelationSums, sampleCorrelation } from './correlation-sums.ts'

const GAP = Number.NaN

function sumsOf(rows: readonly (readonly number[])[], decay: number): CorrelationSums {
  const sums = noCorrelationSums(rows[0]?.length ?? 0)
  for (const row of rows) addStep(sums, Float64Array.from(row), decay)
  return sums
}

test('two factors, by hand: the older step counts half', () => {
  const sums = sumsOf(
    [
      [2, 1],
      [1, -3],
    ],
    0.5,
  )
  // Products 1/2 * 2 - 3 = -2, squares 1/2 * 4 + 1 = 3 and 1/2 * 1 + 9 = 9.5.
  expect([...sums.products]).toEqual([3, -2, -2, 9.5])
  expect([...sums.squares]).toEqual([3, 3, 9.5, 9.5])
  expect([...sums.weights]).toEqual([1.5, 1.5, 1.5, 1.5])
  expect(sampleCorrelation(sums, 0, 1)).toBeCloseTo(-2 / Math.sqrt(3 * 9.5), 15)
})

test('a gap leaves a pair out, not its factors', () => {
  const sums = sumsOf(
    [
      [2, GAP],
      [1, 3],
    ],
    1,
  )
  // Alone the first has 4 + 1, beside the second 1 only.
  expect([sums.squares[0], sums.squares[1], sums.squares[2]]).toEqual([5, 1, 9])
  expect(sampleCorrelation(sums, 0, 1)).toBe(1)
})

test('of what was never there at once there is no correlation', () => {
  const rows = [
    [1, GAP],
    [GAP, 1],
  ]
  expect(sampleCorrelation(sumsOf(rows, 1), 0, 1)).toBe(0)
})

test('who is forgotten has no history with anybody, the others keep theirs', () => {
  const rows = [
    [1, 2, 3],
    [2, 3, -1],
  ]
  const sums = sumsOf(rows, 1)
  forget(sums, 1)
  const without = sumsOf(
    rows.map(([a = 0, , c = 0]) => [a, GAP, c]),
    1,
  )
  expect(sums).toEqual(without)
})

const figure = fc.oneof(
  { arbitrary: fc.integer({ min: -500, max: 500 }).map((n) => n / 100), weight: 4 },
  { arbitrary: fc.constant(GAP), weight: 1 },
)

test('INV-CAL-6: a correlation is that of the weighted sums over the steps in which both factors were there', () => {
  const rows = fc.array(fc.tuple(figure, figure, figure), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(rows, fc.integer({ min: 50, max: 100 }), (drawn, percent) => {
      const decay = percent / 100
      const sums = sumsOf(drawn, decay)
      for (const [i, j] of [
        [0, 1],
        [1, 2],
        [2, 0],
      ] as const) {
        let [products, first, second] = [0, 0, 0]
        drawn.forEach((row, t) => {
          if (Number.isNaN(row[i]) || Number.isNaN(row[j])) return
          const weight = decay ** (drawn.length - 1 - t)
          products += weight * row[i] * row[j]
          first += weight * row[i] ** 2
          second += weight * row[j] ** 2
        })
        expect(sums.products[i * 3 + j]).toBeCloseTo(products, 9)
        const root = Math.sqrt(first * second)
        if (root > 1e-6) expect(sampleCorrelation(sums, i, j)).toBeCloseTo(products / root, 9)
      }
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holm } from './holm.ts'

const table: [name: string, pValues: readonly number[], want: readonly boolean[]][] = [
  // 0.005 <= 0.05/4, 0.01 <= 0.05/3, 0.03 > 0.05/2: it and 0.04 stand, though 0.04 is below 0.05.
  ['stops at the first that is above its share', [0.01, 0.04, 0.03, 0.005], [true, false, false, true]],
  ['goes on below the share of Bonferroni', [0.025, 0.05], [true, true]],
  ['rejects nothing if the smallest is above', [0.026, 0.04], [false, false]],
  ['rejects equal values together', [0.02, 0.02, 0.001], [true, true, true]],
  ['keeps equal values together', [0.03, 0.03], [false, false]],
  ['holds a single one against the level itself', [0.05], [true]],
  ['keeps a single one above the level', [0.0501], [false]],
  ['rejects what cannot be chance', [0, 1], [true, false]],
  ['has nothing to say of nothing', [], []],
  // As text 0.1 would come before 0.01e-1.
  ['sorts as numbers', [0.1, 1e-7, 0.9], [false, true, false]],
]

test.each(table)('%s', (_name, pValues, want) => expect(holm(pValues, 0.05)).toEqual(want))

test('rejects just those whose adjusted p-value, the largest of (m - j) p_j so far, is within the level', () => {
  // Of 997, a prime, so that no product meets the level exactly.
  const pValues = fc.array(
    fc.integer({ min: 0, max: 150 }).map((k) => k / 997),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(pValues, (ps) => {
      const adjusted = ps.map((p) =>
        Math.max(
          ...ps.filter((other) => other <= p).map((other) => other * ps.filter((third) => third >= other).length),
        ),
      )
      expect(holm(ps, 0.05)).toEqual(adjusted.map((p) => p <= 0.05))
    }),
  )
})

test.each([-0.1, 1.1, NaN])('%f is no p-value', (p) => expect(() => holm([0.5, p], 0.05)).toThrow(RangeError))

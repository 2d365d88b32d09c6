import fc from 'fast-check'
import { expect, test } from 'vitest'
import { value } from '../core/quantity/value.ts'
import { findCrossings } from './find-crossings.ts'

/** Safe where the excess is not below zero. */
function probeOf(excessAt: (tick: bigint) => bigint) {
  return (tick: bigint) => {
    const excess = value(excessAt(tick))
    return { excess, safe: excessAt(tick) >= 0n }
  }
}

const TICKS = [1n, 100n, 200n, 300n, 400n, 500n, 600n, 700n, 800n, 900n, 1000n]

const table: [name: string, excess: (tick: bigint) => bigint, crossings: [inside: bigint, outside: bigint][]][] = [
  ['a fall through zero', (t) => 450n - t, [[450n, 451n]]],
  ['a rise through zero', (t) => t - 451n, [[451n, 450n]]],
  [
    'a safe stretch in the middle',
    (t) => 40_000n - (t - 500n) ** 2n,
    [
      [300n, 299n],
      [700n, 701n],
    ],
  ],
  [
    'a dip between two ticks that are looked at',
    (t) => (t - 545n) ** 2n - 25n,
    [
      [540n, 541n],
      [550n, 549n],
    ],
  ],
  [
    'a bump between two ticks that are looked at',
    (t) => 16n - (t - 333n) ** 2n,
    [
      [329n, 328n],
      [337n, 338n],
    ],
  ],
  ['nothing', () => 7n, []],
  ['a touch of zero, which is safe', (t) => (t - 545n) ** 2n, []],
]
test.each(table)('finds %s', (_, excess, expected) => {
  const found = findCrossings(probeOf(excess), TICKS)
  expect(found.map(({ inside, outside }) => [inside, outside])).toEqual(expected)
})

test('a tick is asked once', () => {
  const asked: bigint[] = []
  findCrossings((tick) => {
    asked.push(tick)
    return { excess: value(700n - tick), safe: tick <= 700n }
  }, TICKS)
  expect(new Set(asked).size).toBe(asked.length)
})

test('INV-ROOT-1 a crossing is two ticks side by side of which the inner is safe and the outer is not', () => {
  const line = fc.record({ slope: fc.bigInt(-50n, 50n), at: fc.bigInt(-20_000n, 20_000n), bend: fc.bigInt(-3n, 3n) })
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
      // The least of some parabolas: bends, dips and bumps of all kinds.
      const excess = (tick: bigint) =>
        lines
          .map(({ slope, at, bend }) => at + slope * tick + (bend * (tick - 500n) ** 2n) / 100n)
          .reduce((least, one) => (one < least ? one : least))
      for (const { inside, outside } of findCrossings(probeOf(excess), TICKS)) {
        expect(inside - outside === 1n || outside - inside === 1n).toBe(true)
        expect(excess(inside) >= 0n).toBe(true)
        expect(excess(outside) < 0n).toBe(true)
      }
    }),
  )
})

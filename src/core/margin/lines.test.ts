import fc from 'fast-check'
import { expect, test } from 'vitest'
import { value } from '../quantity/value.ts'
import { drawnInFull, exceedsGrant, grantLines, type LineNeed } from './lines.ts'

const pool = (excess: bigint) => ({ value: value(1_000n + excess), requirement: value(1_000n) })
const short = (line: bigint, shortfall: bigint, bucket = 1): LineNeed => ({
  bucket,
  line: value(line),
  shortfall: value(shortfall),
})

// Three lines of 60, each short by 60, served in ascending number from what the pool has above its maintenance margin.
test.each([
  [100n, [60n, 40n, 0n], [60n, 40n, 0n]],
  // 180 serves all three; what a line is granted is at most the line.
  [180n, [60n, 60n, 60n], [60n, 60n, 60n]],
  [1_000n, [60n, 60n, 60n], [60n, 60n, 60n]],
  [179n, [60n, 60n, 59n], [60n, 60n, 59n]],
  [60n, [60n, 0n, 0n], [60n, 0n, 0n]],
  [59n, [59n, 0n, 0n], [59n, 0n, 0n]],
  [0n, [0n, 0n, 0n], [0n, 0n, 0n]],
  // A pool below its maintenance margin grants nothing.
  [-1n, [0n, 0n, 0n], [0n, 0n, 0n]],
])('a pool with an excess of %s', (excess, granted, drawn) => {
  const grants = grantLines(pool(excess), [short(60n, 60n, 1), short(60n, 60n, 4), short(60n, 60n, 200)])
  expect(grants.map(({ bucket }) => bucket)).toEqual([1, 4, 200])
  expect(grants.map((grant) => grant.granted)).toEqual(granted)
  expect(grants.map(({ draw }) => draw)).toEqual(drawn)
})

// Only what is drawn counts: 100 backs two lines of 100 while the first needs 30 of its own.
test.each([
  [0n, 100n, 0n],
  [30n, 70n, 30n],
  [100n, 0n, 100n],
  // Short by more than its line: it draws the line, though that does not save it.
  [250n, 0n, 100n],
])('a line of 100 short by %s leaves %s of a pool of 100', (shortfall, left, draw) => {
  const [first, second] = grantLines(pool(100n), [short(100n, shortfall, 1), short(100n, 0n, 2)])
  expect(first).toEqual({ bucket: 1, granted: 100n, draw })
  expect(second?.granted).toBe(left)
})

test.each([
  [40n, false],
  [39n, true],
  [41n, false],
])('a bucket short by 40 and granted %s: liquidatable %s', (granted, wanted) => {
  expect(exceedsGrant({ value: value(-10n), requirement: value(30n) }, value(granted))).toBe(wanted)
})

// 60 of 60, 10 of 100, 100 of 250, nothing of nothing: at initial margin every line counts as if it could be served.
test('lines drawn in full are the smaller of line and shortfall, summed', () => {
  expect(drawnInFull([short(60n, 60n), short(100n, 10n), short(100n, 250n), short(5n, 0n)])).toBe(170n)
})

test('INV-LINE-1: draws never take a pool below its maintenance margin, nor a line beyond its limit', () => {
  const amount = fc.bigInt({ min: 0n, max: 500n })
  fc.assert(
    fc.property(
      fc.bigInt({ min: -500n, max: 1_500n }),
      fc.array(fc.record({ line: amount, shortfall: amount }), { maxLength: 6 }),
      (excess, needs) => {
        const grants = grantLines(
          pool(excess),
          needs.map(({ line, shortfall }, i) => short(line, shortfall, i + 1)),
        )
        let left = excess > 0n ? excess : 0n
        for (const [i, { granted, draw }] of grants.entries()) {
          expect(granted <= (needs[i]?.line ?? 0n) && granted <= left).toBe(true)
          expect(draw <= granted && draw <= (needs[i]?.shortfall ?? 0n)).toBe(true)
          left -= draw
        }
        expect(left >= 0n).toBe(true)
      },
    ),
  )
})

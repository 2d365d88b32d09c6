import { expect, test } from 'vitest'
import { move } from './move.ts'
import {
  claimMove,
  dampedLossUp,
  fallOf,
  type MovedWorth,
  meanLossUp,
  movedWorth,
  productMove,
  profitDown,
  riseOf,
  soleMove,
  wholeWorth,
} from './moved-worth.ts'
import { ppm, WHOLE } from './ppm.ts'
import { wideValue } from './value.ts'

const WHOLE_MOVE = 10n ** 18n

test('a sole move is the same return at full scale', () => {
  expect([soleMove(move(-1_000_000n)), soleMove(move(1n))]).toEqual([-WHOLE_MOVE, 10n ** 12n])
})

const products: [name: string, a: bigint, b: bigint, want: bigint][] = [
  // 1.1 * 0.8 - 1 = -0.12
  ['up and down', 100_000n, -200_000n, -120_000n * 10n ** 12n],
  // 1.000001^2 - 1 = 2.000001e-6: exact to 1e-12.
  ['an atom twice', 1n, 1n, 2_000_001n * 10n ** 6n],
  ['everything lost stays lost', -1_000_000n, 10_000_000_000n, -WHOLE_MOVE],
  ['neither moves', 0n, 0n, 0n],
]
test.each(products)('a product of moves: %s', (_name, a, b, want) => {
  expect(productMove(move(a), move(b))).toBe(want)
  expect(productMove(move(b), move(a))).toBe(want)
})

const claims: [name: string, reference: bigint, beta: bigint, peg: bigint, want: bigint][] = [
  // (1 + 1.5 * 0.2) (1 - 0.1) - 1 = 1.3 * 0.9 - 1 = 0.17
  ['beta of its reference, less its peg', 200_000n, 1_500_000n, -100_000n, 170_000n * 10n ** 12n],
  // 1 + 2 * (-0.6) is below nothing: it counts as nothing.
  ['never below nothing', -600_000n, 2_000_000n, 3_000_000n, -WHOLE_MOVE],
  // 1 + 2 * (-0.5) is nothing exactly.
  ['nothing exactly', -500_000n, 2_000_000n, 0n, -WHOLE_MOVE],
  // (1 - 2 * 0.499999) * 1 - 1 = -0.999998
  ['an atom above nothing', -499_999n, 2_000_000n, 0n, -999_998n * 10n ** 12n],
  ['a beta of nothing follows nothing', -1_000_000n, 0n, 50_000n, 50_000n * 10n ** 12n],
]
test.each(claims)('a claim: %s', (_name, reference, beta, peg, want) => {
  expect(claimMove(move(reference), ppm(beta), move(peg))).toBe(want)
})

test('a fall and a rise are the two halves of a move', () => {
  const [down, up] = [soleMove(move(-7n)), soleMove(move(7n))]
  expect([fallOf(down), fallOf(up), riseOf(down), riseOf(up)]).toEqual([down, 0n, 0n, up])
})

test('a worth moves by its move; what is a profit already keeps its scale', () => {
  expect(movedWorth(wideValue(-3n), soleMove(move(500_000n)))).toBe(-15n * 10n ** 17n)
  expect(wholeWorth(wideValue(5n))).toBe(5n * WHOLE_MOVE)
})

/** So many atoms of value, and something. */
function profit(atoms: bigint, more = 0n): MovedWorth {
  return (atoms * 10n ** 54n + more) as MovedWorth
}

const losses: [name: string, profit: MovedWorth, damp: bigint, want: bigint][] = [
  ['a profit is no loss', profit(5n), 1_000_000n, 0n],
  ['nothing', profit(0n), 1_000_000n, 0n],
  ['a whole loss', profit(-5n), 1_000_000n, 5n],
  ['a bit more than five', profit(-5n, -1n), 1_000_000n, 6n],
  // A third of 7, rounded up once: 7 * 0.333333 = 2.333331.
  ['a damped loss, up', profit(-7n), 333_333n, 3n],
  ['damped to nothing', profit(-7n), 0n, 0n],
]
test.each(losses)('a damped loss: %s', (_name, one, damp, want) => {
  expect(dampedLossUp(one, ppm(damp))).toBe(want)
})

const means: [name: string, profits: readonly MovedWorth[], want: bigint][] = [
  ['one', [profit(-3n)], 3n],
  // (3 + 4) / 2 = 3.5
  ['two, up', [profit(-3n), profit(-4n)], 4n],
  // A gain among them counts: (6 - 2) / 2.
  ['a gain is netted', [profit(-6n), profit(2n)], 2n],
  ['a profit on the whole is no loss', [profit(-1n), profit(2n)], 0n],
  // Halves of an atom are not rounded one by one: (0.5 + 0.5) / 2 = 0.5, up to 1.
  ['rounded once', [profit(0n, -5n * 10n ** 53n), profit(0n, -5n * 10n ** 53n)], 1n],
]
test.each(means)('a mean loss: %s', (_name, profits, want) => {
  expect(meanLossUp(profits)).toBe(want)
})

test('the mean of none is nothing', () => {
  expect(meanLossUp([])).toBe(0n)
})

test('a profit in atoms is rounded down: a loss becomes larger', () => {
  expect([profitDown(profit(2n, 1n)), profitDown(profit(-2n, -1n)), profitDown(profit(-2n))]).toEqual([2n, -3n, -2n])
  expect(dampedLossUp(profit(-2n, -1n), WHOLE)).toBe(3n)
})

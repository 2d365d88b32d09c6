import { expect, test } from 'vitest'
import { ppm } from './ppm.ts'
import { value } from './value.ts'
import {
  commonExposure,
  commonVariance,
  exposureProduct,
  fullVariance,
  isLeastRoot,
  loading,
  mixedVariance,
  ownShare,
  ownVariance,
  rootShareUp,
} from './variance.ts'
import { weightedExposure } from './weighted-exposure.ts'

/** The variance of a weighted exposure of some atoms with itself: the square of the atoms, in full scale. */
function squareOf(atoms: bigint) {
  const weighted = weightedExposure(value(atoms), ppm(1_000_000n))
  const full = fullVariance(exposureProduct(weighted, weighted))
  return mixedVariance(full, full, ppm(300_000n))
}

/** The least variance there is. */
const LEAST = (() => {
  const common = commonExposure(weightedExposure(value(1n), ppm(1n)), loading(1n))
  const none = commonVariance(commonExposure(weightedExposure(value(0n), ppm(0n)), loading(0n)), common)
  return mixedVariance(none, commonVariance(common, common), ppm(1n))
})()

test('a root is exact where it is whole, and rounds up where it is not', () => {
  const roots = [0n, 1n, 7n, 10n ** 33n - 1n].map((atoms) => rootShareUp(squareOf(atoms), ppm(1_000_000n)))
  expect(roots).toEqual([0n, 1n, 7n, 10n ** 33n - 1n])
  // 0.8 of 5 is 4, of 6 is 4.8, of 1 is 0.8.
  expect([5n, 6n, 1n].map((atoms) => rootShareUp(squareOf(atoms), ppm(800_000n)))).toEqual([4n, 5n, 1n])
  expect(rootShareUp(squareOf(7n), ppm(0n))).toBe(0n)
  expect(rootShareUp(LEAST, ppm(1n))).toBe(1n)
})

test('the check of a root takes the least that reaches it, and neither neighbour', () => {
  const table: [atoms: bigint, share: bigint, root: bigint][] = [
    [0n, 1_000_000n, 0n],
    [7n, 1_000_000n, 7n],
    [6n, 800_000n, 5n],
    [7n, 0n, 0n],
  ]
  for (const [atoms, share, root] of table) {
    const taken = [root - 1n, root, root + 1n].map((r) => isLeastRoot(value(r), squareOf(atoms), ppm(share)))
    expect(taken).toEqual([false, true, false])
  }
})

test('own and common parts of one exposure make its square: 0.36 + 0.48 * 0.48 = 0.5904, and 0.4096 of its own', () => {
  const weighted = weightedExposure(value(5n), ppm(200_000n))
  const loadings = [loading(600_000n), loading(-480_000n)]
  const square = exposureProduct(weighted, weighted)
  expect(ownShare(loadings)).toBe(409_600_000_000n)
  const parts: readonly bigint[] = [
    ownVariance(square, ownShare(loadings)),
    ...loadings.map((one) => commonVariance(commonExposure(weighted, one), commonExposure(weighted, one))),
  ]
  // Five atoms at a fifth are one atom: 1e6 in 1e-24 USD.
  expect(parts).toEqual([409_600_000_000n * 10n ** 12n, 360_000_000_000n * 10n ** 12n, 230_400_000_000n * 10n ** 12n])
  expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(fullVariance(square))
})

test('a mixture takes its weight of the second and the rest of the first', () => {
  const one = fullVariance(exposureProduct(weightedExposure(value(1n), ppm(1n)), weightedExposure(value(1n), ppm(1n))))
  const three = fullVariance(
    exposureProduct(weightedExposure(value(3n), ppm(1n)), weightedExposure(value(1n), ppm(1n))),
  )
  // 0.75 * 1 + 0.25 * 3 = 1.5, of 1e12 * 1e6.
  expect(mixedVariance(one, three, ppm(250_000n))).toBe(15n * 10n ** 17n)
  expect(mixedVariance(one, three, ppm(0n))).toBe(10n ** 18n)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ppm } from '../quantity/ppm.ts'
import { type BorrowCurve, borrowRateUp } from './borrow-curve.ts'

/** 1% to 4% at 80% used, then to 100%. */
const CURVE: BorrowCurve = {
  basePpm: ppm(10_000n),
  kinkPpm: ppm(800_000n),
  atKinkPpm: ppm(40_000n),
  atFullPpm: ppm(1_000_000n),
  capPpm: ppm(1_000_000n),
}

const rates: [name: string, utilisation: bigint, yearly: bigint][] = [
  ['nothing used', 0n, 10_000n],
  // 30,000 / 800,000 = 0.0375 a ppm.
  ['one ppm used: rounded up', 1n, 10_001n],
  ['half of the way', 400_000n, 25_000n],
  // 39,999.96: the next whole one is the kink's.
  ['a ppm below the kink', 799_999n, 40_000n],
  ['27 ppm below the kink: the last below its rate', 799_973n, 39_999n],
  ['the kink', 800_000n, 40_000n],
  // 960,000 / 200,000 = 4.8 a ppm.
  ['a ppm above the kink', 800_001n, 40_005n],
  ['five ppm above the kink: exact', 800_005n, 40_024n],
  ['a ppm below the whole', 999_999n, 999_996n],
  ['the whole', 1_000_000n, 1_000_000n],
]
test.each(rates)('%s', (_name, utilisation, yearly) => {
  expect(borrowRateUp(CURVE, ppm(utilisation))).toBe(yearly)
})

test('INV-LENDING-5: a higher utilisation never costs less, and no rate leaves the curve', () => {
  const share = fc.bigInt({ min: 0n, max: 1_000_000n })
  const curves = fc
    .tuple(fc.tuple(share, share, share), fc.bigInt({ min: 1n, max: 999_999n }))
    .map(([heights, kink]): BorrowCurve => {
      const [base = 0n, atKink = 0n, atFull = 0n] = heights.toSorted((a, b) => (a < b ? -1 : 1))
      const [basePpm, atKinkPpm, atFullPpm] = [ppm(base), ppm(atKink), ppm(atFull)]
      return { basePpm, kinkPpm: ppm(kink), atKinkPpm, atFullPpm, capPpm: ppm(1_000_000n) }
    })
  fc.assert(
    fc.property(curves, share, share, (curve, one, other) => {
      const [less, more] = one < other ? [one, other] : [other, one]
      const [low, high] = [borrowRateUp(curve, ppm(less)), borrowRateUp(curve, ppm(more))]
      expect(curve.basePpm <= low && low <= high && high <= curve.atFullPpm).toBe(true)
    }),
  )
})

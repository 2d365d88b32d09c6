import { expect, test } from 'vitest'
import { factorId } from '../../../instrument/identifier.ts'
import { correlationTable } from './correlation-table.ts'
import { FACTOR } from './section.test-data.ts'
import { epochWith } from './small-world.test-data.ts'
import { SECTION } from './section.test-data.ts'

test('correlations of each regime: loadings, a fifth of a joint fall, a tenth of nothing', () => {
  const factors = {
    ...SECTION.factors,
    BTC: { ...FACTOR, loadingsPpm: [500_000, 100_000, 0, 0] },
    'BTC/vol': { ...FACTOR, loadingsPpm: [-400_000, 500_000, 0, 0], marketFallSign: 1 },
  }
  const { parameters } = epochWith({ factors })
  const names = ['BTC', 'BTC/vol'].map(factorId)
  // 0.5 * -0.4 + 0.1 * 0.5 = -0.15; 0.8 * -0.15 + 0.2 * -1 = -0.32; 0.9 * -0.15 = -0.135.
  expect(correlationTable(names, parameters.factorModel)).toEqual({
    factors: names,
    now: [
      [1_000_000n, -150_000n],
      [-150_000n, 1_000_000n],
    ],
    one: [
      [1_000_000n, -320_000n],
      [-320_000n, 1_000_000n],
    ],
    break: [
      [1_000_000n, -135_000n],
      [-135_000n, 1_000_000n],
    ],
  })
})

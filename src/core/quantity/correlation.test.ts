import { expect, test } from 'vitest'
import { correlationNearest, mixedCorrelationNearest, WHOLE_CORRELATION } from './correlation.ts'
import { move } from './move.ts'
import { ppm } from './ppm.ts'
import { loading } from './variance.ts'

const loadings = (...parts: bigint[]) => parts.map(loading)

const table: [name: string, a: bigint[], b: bigint[], want: bigint][] = [
  // 0.8 * 0.5 + 0.1 * -0.2 = 0.38
  ['products of four', [800_000n, 100_000n, 0n, 0n], [500_000n, -200_000n, 0n, 0n], 380_000n],
  // 0.5 ppm: 1e-6 * 0.5; halves go up.
  ['half a ppm', [1n, 0n, 0n, 0n], [500_000n, 0n, 0n, 0n], 1n],
  ['half a ppm below nothing', [-1n, 0n, 0n, 0n], [500_000n, 0n, 0n, 0n], 0n],
  ['less than half', [1n, 0n, 0n, 0n], [499_999n, 0n, 0n, 0n], 0n],
  ['more than half below', [-1n, 0n, 0n, 0n], [500_001n, 0n, 0n, 0n], -1n],
]
test.each(table)('a correlation: %s', (_name, a, b, want) => {
  expect(correlationNearest(loadings(...a), loadings(...b))).toBe(want)
})

const mixed: [together: 'same' | 'opposite' | 'none', want: bigint][] = [
  // 0.8 * 0.5 + 0.2 * (1, -1, 0)
  ['same', 600_000n],
  ['opposite', 200_000n],
  ['none', 400_000n],
]
test.each(mixed)('half correlated, and a fifth moving as %s', (together, want) => {
  expect(mixedCorrelationNearest(move(500_000n), together, ppm(200_000n))).toBe(want)
})

test('a factor stays correlated with itself in any mixture', () => {
  expect(mixedCorrelationNearest(WHOLE_CORRELATION, 'same', ppm(333_333n))).toBe(1_000_000n)
})

test('mixing is to the nearest ppm', () => {
  // 1 ppm * 0.5 = 0.5, up; 1 ppm * 0.499999, down.
  expect(mixedCorrelationNearest(move(1n), 'none', ppm(500_000n))).toBe(1n)
  expect(mixedCorrelationNearest(move(1n), 'none', ppm(500_001n))).toBe(0n)
})

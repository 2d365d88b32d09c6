import type { Random } from './random.ts'

/**
 * Quantiles of a lognormal distribution with median 1 and sigma 1.2, in thousandths: exp(1.2 z) at the normal quantile z of
 * (i + 1/2) / 64, i = 0..63, rounded. A table, because a logarithm may differ in its last digit between machines.
 */
export const LOGNORMAL_THOUSANDTHS: readonly number[] = [
  55, 92, 121, 146, 171, 194, 217, 240, 263, 286, 309, 333, 357, 381, 406, 432, 458, 485, 513, 542, 571, 602, 633, 666,
  699, 734, 771, 808, 848, 889, 932, 977, 1024, 1073, 1125, 1179, 1237, 1298, 1362, 1430, 1503, 1580, 1662, 1751, 1846,
  1949, 2060, 2182, 2314, 2460, 2622, 2802, 3004, 3233, 3497, 3803, 4166, 4605, 5152, 5860, 6829, 8281, 10858, 18194,
]

/** Starting value of an account of median size, in whole USD. */
const MEDIAN_USD = 10_000

/** Starting value of an account, in whole USD: one draw. */
export function drawSizeUsd(random: Random): number {
  const thousandths = LOGNORMAL_THOUSANDTHS[random.below(LOGNORMAL_THOUSANDTHS.length)]
  if (thousandths === undefined) throw new RangeError('the size table is empty')
  return (MEDIAN_USD * thousandths) / 1_000 - ((MEDIAN_USD * thousandths) % 1_000) / 1_000
}

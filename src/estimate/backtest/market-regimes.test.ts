import { expect, test } from 'vitest'
import { factorReturns } from '../calibration/factor-returns.ts'
import type { PricePanel } from '../calibration/price-panel.ts'
import { stressedWindows } from './market-regimes.ts'

const DAY = 86_400_000

/** One coin that moves by 1% a day, then by 8%, then by 1% again: 30 days each. */
function panel(): PricePanel {
  const moves = Array.from({ length: 90 }, (_, day) => (day >= 30 && day < 60 ? 0.08 : 0.01) * (day % 2 === 0 ? 1 : -1))
  let price = 100
  const close = Float64Array.from([100, ...moves].map((move, i) => (i === 0 ? price : (price *= 1 + move))))
  const none = close.map(() => Number.NaN)
  const series = {
    asset: 'AAA',
    kind: 'spot' as const,
    close,
    high: none,
    low: none,
    volumeUsd: none,
    sources: ['a.csv'],
  }
  return { stepMs: DAY, times: Array.from(close, (_, i) => i * DAY), series: [series] }
}

test('the stressed third is that in which the market has been most volatile', () => {
  const given = panel()
  const times = given.times.slice(1, -1)
  const stressed = stressedWindows(given, factorReturns(given).factors, times)
  const days = stressed.flatMap((is, i) => (is ? [i + 1] : []))
  expect(days.length).toBeGreaterThanOrEqual(28)
  expect(days.length).toBeLessThanOrEqual(32)
  // Volatility is known a day late and remembered for weeks, so the third begins within the wild month and ends after it.
  expect(days[0]).toBeGreaterThan(30)
  expect(days[0]).toBeLessThan(60)
  expect(days.every((day, i) => i === 0 || day === (days[i - 1] ?? 0) + 1)).toBe(true)
})

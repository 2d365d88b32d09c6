import { expect, test } from 'vitest'
import { chargedVolatility } from './charged-volatility.ts'

const TIER = { current: 0.9, stressed: 0.08, longRun: 0.05 }

// 120 days of history are half of the weight, 360 three quarters.
const table: [name: string, own: [current: number, stressed: number, longRun: number], days: number, want: number][] = [
  // 0.75 * 0.04 + 0.25 * 0.10 = 0.055; long run (0.03 + 0.05) / 2 = 0.04.
  ['calm: a quarter of the stressed sigma, half of which is the tier’s', [0.04, 0.12, 0.03], 120, 0.055],
  // 0.75 * 0.02 + 0.25 * 0.08 = 0.035 < 0.06.
  ['very calm: the long run', [0.02, 0.08, 0.07], 120, 0.06],
  // 0.75 * 0.2 + 0.25 * 0.1 = 0.175 < 0.2.
  ['stressed: today, nothing on top', [0.2, 0.12, 0.07], 120, 0.2],
  // 0.75 * 0.04 + 0.25 * 0.08 = 0.05 = 0.05: the floor is the tier's alone, today its own.
  ['no history: stressed and long run of the tier', [0.04, 9, 9], 0, 0.05],
  // Stressed 0.75 * 0.12 + 0.25 * 0.08 = 0.11: 0.75 * 0.04 + 0.25 * 0.11 = 0.0575.
  ['a year: three quarters its own', [0.04, 0.12, 0.03], 360, 0.0575],
]
test.each(table)('%s', (_name, [current, stressed, longRun], days, want) => {
  expect(chargedVolatility({ current, stressed, longRun }, TIER, days)).toBeCloseTo(want, 14)
})

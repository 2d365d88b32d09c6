import { expect, test } from 'vitest'
import { laterMark } from './later-mark.ts'
import type { ChainOption } from './option-chains.ts'

const YEAR = 31_536_000_000
const NOW = Date.UTC(2026, 1, 6)
const WANTED = { right: 'call', strike: 100, expiry: NOW + YEAR } as const

function option(over: Partial<ChainOption>): ChainOption {
  return { ...WANTED, forward: 100, volatility: 0.6, mark: 7, ...over }
}

function markAmong(...options: readonly ChainOption[]) {
  return laterMark(WANTED, { time: NOW, indexPrice: 100, options })
}

// At the money the Black-76 call is F (2 N(v/2) - 1); N(0.3) = 0.617911422188953 (tables): 23.582284437790.
const AT_THE_MONEY = 23.58228443779

test("the contract's own mark where the chain has it", () => {
  const others = [option({ right: 'put', mark: 1 }), option({ strike: 101 }), option({ expiry: NOW + 1 })]
  expect(markAmong(...others, option({ volatility: 0.5 }))).toEqual({ mark: 7, volatility: 0.5, isInferred: false })
})

test('else its Black-76 value between the strikes around it', () => {
  const around = [option({ strike: 50 }), option({ strike: 200 })]
  const inferred = markAmong(...around)
  expect(inferred).toMatchObject({ isInferred: true })
  expect(inferred?.volatility).toBeCloseTo(0.6, 9)
  expect(inferred?.mark).toBeCloseTo(AT_THE_MONEY, 6)
  // Variance is linear in ln(K/F): halfway between 0.25 and 0.49 it is 0.37.
  const skewed = markAmong(option({ strike: 50, volatility: 0.5 }), option({ strike: 200, volatility: 0.7 }))
  expect(skewed?.volatility).toBeCloseTo(Math.sqrt(0.37), 6)
})

test('or between the expiries around it', () => {
  // Total variance is linear in time: of half a year 0.18, of one and a half 0.54, so of one 0.36.
  const around = [option({ expiry: NOW + YEAR / 2 }), option({ expiry: NOW + 1.5 * YEAR })]
  expect(markAmong(...around)?.mark).toBeCloseTo(AT_THE_MONEY, 6)
})

test('a put by parity: the call less forward plus strike', () => {
  const snapshot = { time: NOW, indexPrice: 100, options: [option({ forward: 110, strike: 90 })] }
  const [call, put] = (['call', 'put'] as const).map((right) => laterMark({ ...WANTED, right }, snapshot)?.mark ?? 0)
  expect((call ?? 0) - (put ?? 0)).toBeCloseTo(10, 9)
})

test('nothing to tell it by', () => {
  expect(markAmong()).toBeUndefined()
  expect(laterMark({ ...WANTED, expiry: NOW }, { time: NOW, indexPrice: 100, options: [option({})] })).toBeUndefined()
})

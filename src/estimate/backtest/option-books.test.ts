import { expect, test } from 'vitest'
import { deltaOf, openedBook } from './option-books.ts'
import type { ChainOption } from './option-chains.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 1, 6)

function option(over: Partial<ChainOption> & { readonly days?: number }): ChainOption {
  const { days = 30, ...rest } = over
  return { right: 'call', strike: 100, expiry: NOW + days * DAY, forward: 100, volatility: 0.6, mark: 5, ...rest }
}

function both(strike: number, days = 30): readonly ChainOption[] {
  return [option({ strike, days }), option({ strike, days, right: 'put' })]
}

function straddleOf(...options: readonly ChainOption[]) {
  const book = openedBook('short straddle', { time: NOW, indexPrice: 100, options })
  return book?.sold.map(({ right, strike, expiry }) => `${right} ${strike} ${(expiry - NOW) / DAY}d`)
}

test('a straddle is a call and a put of one strike, without the coin', () => {
  const book = openedBook('short straddle', { time: NOW, indexPrice: 100, options: both(100) })
  expect(book).toEqual({ name: 'short straddle', coins: 0, sold: both(100) })
})

const straddles: [name: string, options: readonly ChainOption[], want: string | undefined][] = [
  ['the strike nearest to the forward', [...both(90), ...both(104), ...both(95)], '104 30d'],
  ['the lower of two as near', [...both(105), ...both(95)], '95 30d'],
  ['a strike with a put', [option({ strike: 100 }), ...both(110)], '110 30d'],
  ['the expiry nearest to 30 days', [...both(100, 20), ...both(100, 42), ...both(100, 38)], '100 38d'],
  ['the earlier of two as near', [...both(100, 40), ...both(100, 20)], '100 20d'],
  ['14 days are enough', [...both(100, 14), ...both(100, 90)], '100 14d'],
  ['less than 14 days are not', [...both(100, 13.9), ...both(100, 90)], '100 90d'],
  ['nothing after 14 days', both(100, 13), undefined],
  ['no puts', [option({})], undefined],
  ['no options', [], undefined],
]
test.each(straddles)('straddle: %s', (_name, options, want) => {
  expect(straddleOf(...options)).toEqual(want === undefined ? undefined : [`call ${want}`, `put ${want}`])
})

// s = 0.6 sqrt(73/365) = 0.268328; a strike of 100 exp(s^2/2) has d1 = 0, so a delta of N(0) = 1/2, whatever s.
const HALF = 100 * Math.exp((0.36 * 0.2) / 2)
// N(-0.674490) = 0.25: d1 = ln(F/K)/s + s/2, so K = F exp(s (s/2 + 0.674490)).
const QUARTER = 100 * Math.exp(Math.sqrt(0.072) * (Math.sqrt(0.072) / 2 + 0.67449))

test('delta of a call is N(d1)', () => {
  expect(deltaOf(option({ strike: HALF, days: 73 }), NOW)).toBeCloseTo(0.5, 12)
  expect(deltaOf(option({ strike: QUARTER, days: 73 }), NOW)).toBeCloseTo(0.25, 5)
})

test('a covered call is a coin against the call whose delta is nearest to a quarter', () => {
  const calls = [HALF, QUARTER, 200].map((strike) => option({ strike, days: 73 }))
  const options = [...calls, option({ strike: QUARTER, days: 73, right: 'put' })]
  const book = openedBook('covered call', { time: NOW, indexPrice: 100, options })
  expect(book).toEqual({ name: 'covered call', coins: 1, sold: [calls[1]] })
})

test('a covered call is out of the money, or there is none', () => {
  const inside = option({ strike: 99, volatility: 0.01 })
  const snapshot = { time: NOW, indexPrice: 100, options: [inside, option({ strike: 300 })] }
  expect(openedBook('covered call', snapshot)?.sold[0]?.strike).toBe(300)
  expect(openedBook('covered call', { ...snapshot, options: [inside] })).toBeUndefined()
})

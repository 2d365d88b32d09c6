import { expect, test } from 'vitest'
import { buildSection } from '../../estimate/epoch/build-section.ts'
import { TWO_COINS } from '../../estimate/epoch/two-coins.test-data.ts'
import type { OptionBook } from '../../estimate/backtest/option-books.ts'
import type { ChainOption } from '../../estimate/backtest/option-chains.ts'
import { optionMargin, optionRule } from './option-margin.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 1, 6)
// Of A: x = ln 1.25, a risk weight of 1/5; windows of -2, 0 and 3 times 5%.
const rule = optionRule(buildSection(TWO_COINS))

/** Worth 99 whatever the volatility: a forward of 100 against a strike of 1. */
const INSIDE: ChainOption = {
  right: 'call',
  strike: 1,
  expiry: NOW + 30 * DAY,
  forward: 100,
  volatility: 0.5,
  mark: 99,
}
/** Worth nothing whatever happens: a strike of ten times the forward. */
const OUTSIDE: ChainOption = { ...INSIDE, strike: 1_000, mark: 0 }

function charged(book: Omit<OptionBook, 'name'>) {
  const snapshot = { time: NOW, indexPrice: 100, options: [INSIDE, OUTSIDE] }
  return optionMargin({ name: 'covered call', ...book }, { underlying: 'A', snapshot }, rule)
}

test('a short call deep in the money is a short coin: the worst is a third of three times the move', () => {
  const { sizeFree, binding } = charged({ coins: 0, sold: [INSIDE] })
  // 1.25^3 - 1 = 0.953125 of 100, damped by 333333 ppm.
  expect(sizeFree).toBeCloseTo(95.3125 * 0.333333, 6)
  expect(binding).toBe('A +3, volatility up')
})

test('what it costs to close is added', () => {
  const { required, sizeFree } = charged({ coins: 0, sold: [INSIDE] })
  // Half spread and impact of one contract of 99: 1% and 5% sqrt(1/1000). Keeper: 5 USD at most 1% of the notional of 100, and 0.05%
  // of it. Short option minimum: 0.5% of 100.
  const liquidity = 99 * (0.01 + 0.05 * Math.sqrt(1 / 1_000))
  expect(required - sizeFree).toBeCloseTo(liquidity + 1 + 0.05 + 0.5, 6)
})

test('a coin against a call that is worth nothing is a coin', () => {
  const { sizeFree } = charged({ coins: 1, sold: [OUTSIDE] })
  expect(sizeFree).toBeCloseTo(20, 6)
})

test('a coin against a call deep in the money is hedged: the basis floor is left', () => {
  const { sizeFree, binding } = charged({ coins: 1, sold: [INSIDE] })
  expect(sizeFree).toBeCloseTo(1, 6)
  expect(binding).toBe('basis')
})

test('a straddle is charged as both its options together', () => {
  const put: ChainOption = { ...INSIDE, right: 'put', mark: 0 }
  const [alone, both] = [charged({ coins: 0, sold: [INSIDE] }), charged({ coins: 0, sold: [INSIDE, put] })]
  expect(both.sizeFree).toBeCloseTo(alone.sizeFree, 6)
})

test('a section that the model refuses is a bug of the caller', () => {
  const section = buildSection(TWO_COINS)
  expect(() => optionRule({ ...section, creditedSharePpm: -1 })).toThrow(RangeError)
})

import { expect, test } from 'vitest'
import { ppm } from '../quantity/ppm.ts'
import { price } from '../quantity/price.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { value } from '../quantity/value.ts'
import { type QuoteCondition, quoteCondition } from './quote.ts'

const NOW = 1_700_000_000_000
const RULES = { freshForMs: 60_000, lowConfidencePpm: ppm(5_000n), dailyVolatilityPpm: ppm(40_000n) }

// The price is 1000 atoms: 5000 ppm of it are 5 atoms.
const table: [name: string, ageMs: number, halfWidth: bigint, guarded: boolean, want: QuoteCondition][] = [
  ['a price of this moment is fresh', 0, 0n, false, 'fresh'],
  ['a price as old as it may be is fresh', 60_000, 0n, false, 'fresh'],
  ['a price one millisecond older is stale', 60_001, 0n, false, 'stale'],
  ['a price of the next moment is fresh', -1, 0n, false, 'fresh'],
  ['a half-width at the limit is fresh', 0, 5n, false, 'fresh'],
  ['a half-width one atom above is low confidence', 0, 6n, false, 'lowConfidence'],
  ['a half-width one atom below is fresh', 0, 4n, false, 'fresh'],
  ['a guarded price is guarded', 0, 0n, true, 'guarded'],
  ['a guarded price of low confidence is guarded', 0, 6n, true, 'guarded'],
  ['a guarded price at the end of its time is guarded', 60_000, 0n, true, 'guarded'],
  ['a stale price is stale whatever else it is', 60_001, 6n, true, 'stale'],
]
test.each(table)('%s', (_name, ageMs, halfWidth, guarded, want) => {
  const quote = {
    price: price(1000n),
    halfWidth: value(halfWidth),
    guarded,
    observedAt: timestamp(NOW - ageMs),
  }
  expect(quoteCondition(quote, RULES, timestamp(NOW))).toBe(want)
})

test('no price is none, not stale', () => {
  expect(quoteCondition(undefined, RULES, timestamp(NOW))).toBe('none')
})

test('with a limit of zero, any half-width is low confidence and none at all is fresh', () => {
  const rules = { ...RULES, lowConfidencePpm: ppm(0n) }
  const conditions = [0n, 1n].map((halfWidth) =>
    quoteCondition(
      { price: price(1000n), halfWidth: value(halfWidth), guarded: false, observedAt: timestamp(NOW) },
      rules,
      timestamp(NOW),
    ),
  )
  expect(conditions).toEqual(['fresh', 'lowConfidence'])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { price } from '../quantity/price.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { type ObservedIndex, settlementIndexDown, type SettlementIndex, withObservation } from './settlement-index.ts'

const observed = (index: bigint, from: number, until: number): ObservedIndex => ({
  index: price(index),
  from: timestamp(from),
  until: timestamp(until),
})

function averageOf(observations: readonly ObservedIndex[]): bigint | undefined {
  let average: SettlementIndex | undefined
  for (const observation of observations) average = withObservation(average, observation)
  return settlementIndexDown(average)
}

const table: [name: string, observations: readonly ObservedIndex[], want: bigint | undefined][] = [
  ['nothing', [], undefined],
  ['one', [observed(7n, 10, 20)], 7n],
  ['the second ends the first: (4 * 10 + 10 * 17) / 14', [observed(10n, 0, 10), observed(17n, 4, 14)], 15n],
  ['a gap counts for nothing', [observed(10n, 0, 10), observed(30n, 90, 100)], 20n],
  ['one that is replaced at once never counted', [observed(10n, 5, 10), observed(30n, 5, 10)], 30n],
]
test.each(table)('the average of %s', (_name, observations, want) => {
  expect(averageOf(observations)).toBe(want)
})

/** A price, what passes until the next is observed, and for how long this one is fresh. */
const walk = fc.array(
  fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 24n }), fc.nat({ max: 5_000 }), fc.integer({ min: 1, max: 8_000 })),
  { minLength: 1, maxLength: 12 },
)

test('INV-EXPIRY-1: the index lies between the least and the largest that counted, and hearing one twice changes nothing', () => {
  fc.assert(
    fc.property(walk, (steps) => {
      let now = 0
      const observations: ObservedIndex[] = []
      for (const [index, pause, fresh] of steps) {
        observations.push(observed(index, now, now + fresh))
        now += pause
      }
      const counted = observations.filter(({ from }, i) => (observations[i + 1]?.from ?? from + 1) > from)
      const sorted = counted.map(({ index }) => index).toSorted((a, b) => (a < b ? -1 : 1))
      const average = averageOf(observations) ?? 0n
      expect(average >= (sorted[0] ?? 0n) && average <= (sorted.at(-1) ?? 0n)).toBe(true)
      const twice = observations.flatMap((row) => {
        const middle = Math.trunc((row.from + row.until) / 2)
        const next = observations[observations.indexOf(row) + 1]?.from ?? row.until
        return middle > row.from && middle < next ? [row, { ...row, from: timestamp(middle) }] : [row]
      })
      expect(averageOf(twice)).toBe(averageOf(observations))
    }),
  )
})

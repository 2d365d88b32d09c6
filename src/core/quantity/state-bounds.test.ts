import { expect, test } from 'vitest'
import { ppm } from './ppm.ts'
import { isPrice, price } from './price.ts'
import { isQuantity, quantity } from './quantity.ts'
import { value } from './value.ts'

type Constructor = (atoms: bigint) => bigint

// METHODOLOGY section 6: |value| < 1e15 USD, 0 < price < 1e12, |quantity| < 1e18; atoms are 1e-18 of each.
const [VALUES, PRICES, QUANTITIES] = [10n ** (15n + 18n), 10n ** (12n + 18n), 10n ** (18n + 18n)]

const table: [name: string, make: Constructor, atoms: bigint, want: 'kept' | 'refused'][] = [
  ['a value of zero', value, 0n, 'kept'],
  ['the largest value', value, VALUES - 1n, 'kept'],
  ['a value at the bound', value, VALUES, 'refused'],
  ['the most negative value', value, -VALUES + 1n, 'kept'],
  ['a value at the negative bound', value, -VALUES, 'refused'],
  ['the smallest price', price, 1n, 'kept'],
  ['a price of zero', price, 0n, 'refused'],
  ['a negative price', price, -1n, 'refused'],
  ['the largest price', price, PRICES - 1n, 'kept'],
  ['a price at the bound', price, PRICES, 'refused'],
  ['a quantity of zero', quantity, 0n, 'kept'],
  ['the largest quantity', quantity, QUANTITIES - 1n, 'kept'],
  ['a quantity at the bound', quantity, QUANTITIES, 'refused'],
  ['the most negative quantity', quantity, -QUANTITIES + 1n, 'kept'],
  ['a quantity at the negative bound', quantity, -QUANTITIES, 'refused'],
  ['a share of zero', ppm, 0n, 'kept'],
  ['a share above the whole', ppm, 1_000_001n, 'kept'],
  ['a negative share', ppm, -1n, 'refused'],
]
test.each(table)('%s is right at its bound', (_name, make, atoms, want) => {
  if (want === 'kept') expect(make(atoms)).toBe(atoms)
  else expect(() => make(atoms)).toThrow(RangeError)
})

test('the questions answer as the constructors do', () => {
  expect([isPrice(0n), isPrice(1n), isPrice(PRICES - 1n), isPrice(PRICES)]).toEqual([false, true, true, false])
  expect([isQuantity(-QUANTITIES), isQuantity(1n - QUANTITIES), isQuantity(QUANTITIES)]).toEqual([false, true, false])
})

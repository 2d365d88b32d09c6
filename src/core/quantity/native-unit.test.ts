import { expect, test } from 'vitest'
import { isWholeUnits } from './native-unit.ts'
import { quantity } from './quantity.ts'

const table: [name: string, atoms: bigint, nativeDecimals: number, whole: boolean][] = [
  ['zero is whole units of anything', 0n, 6, true],
  ['one native unit of six decimals is whole', 10n ** 12n, 6, true],
  ['one atom above is not', 10n ** 12n + 1n, 6, false],
  ['one atom below is not', 10n ** 12n - 1n, 6, false],
  ['a single atom is whole with 18 decimals', 1n, 18, true],
  ['a single atom is not with 17', 1n, 17, false],
  ['whole units only with 0 decimals', 10n ** 18n, 0, true],
  ['half a unit is not with 0 decimals', 5n * 10n ** 17n, 0, false],
  ['a negative amount is judged by its size', -(10n ** 12n), 6, true],
  ['a negative amount one atom off is not', -(10n ** 12n) - 1n, 6, false],
]
test.each(table)('%s', (_name, atoms, nativeDecimals, whole) => {
  expect(isWholeUnits(quantity(atoms), nativeDecimals)).toBe(whole)
})

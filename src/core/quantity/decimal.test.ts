import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DecimalProblem, formatDecimal18, parseDecimal18 } from './decimal.ts'

const readable: [text: string, atoms: bigint][] = [
  ['0', 0n],
  ['-0', 0n],
  ['9000', 9000n * 10n ** 18n],
  ['-12.5', -125n * 10n ** 17n],
  ['0.000000000000000001', 1n],
  ['-0.000000000000000001', -1n],
  ['1.000000000000000000', 10n ** 18n],
  ['0.10', 10n ** 17n],
  ['999999999999999.999999999999999999', 10n ** 33n - 1n],
  ['123456789012345678901234567890', 123456789012345678901234567890n * 10n ** 18n],
]
test.each(readable)('reads %j', (text, atoms) => {
  expect(parseDecimal18(text)).toEqual({ ok: true, atoms })
})

const unreadable: [text: string, problem: DecimalProblem][] = [
  ['', 'empty'],
  ['  \t', 'empty'],
  ['1,000', 'thousandsSeparator'],
  ['1 000', 'thousandsSeparator'],
  ['1_000.5', 'thousandsSeparator'],
  ["-12'345'678", 'thousandsSeparator'],
  ['1e5', 'exponent'],
  ['-1.5E-3', 'exponent'],
  ['+1e+5', 'exponent'],
  ['0.0000000000000000001', 'tooManyDigits'],
  ['1.0000000000000000000', 'tooManyDigits'],
  ['01', 'notDecimal'],
  ['00', 'notDecimal'],
  ['+1', 'notDecimal'],
  [' 1', 'notDecimal'],
  ['1 ', 'notDecimal'],
  ['1\n', 'notDecimal'],
  ['.5', 'notDecimal'],
  ['5.', 'notDecimal'],
  ['1.2.3', 'notDecimal'],
  ['1,5', 'notDecimal'],
  ['--1', 'notDecimal'],
  ['-', 'notDecimal'],
  ['0x10', 'notDecimal'],
  ['NaN', 'notDecimal'],
  ['Infinity', 'notDecimal'],
  ['١', 'notDecimal'],
]
test.each(unreadable)('says what is wrong with %j: %s', (text, problem) => {
  expect(parseDecimal18(text)).toEqual({ ok: false, problem })
})

const shortest: [atoms: bigint, text: string][] = [
  [0n, '0'],
  [1n, '0.000000000000000001'],
  [-1n, '-0.000000000000000001'],
  [10n ** 18n, '1'],
  [-(10n ** 18n), '-1'],
  [10n ** 18n - 1n, '0.999999999999999999'],
  [1_050_000_000_000_000_000n, '1.05'],
  [100n * 10n ** 18n, '100'],
]
test.each(shortest)('writes %s atoms as %j, without trailing zeros', (atoms, text) => {
  expect(formatDecimal18(atoms)).toBe(text)
})

test('INV-QUANTITY-3: what is written is read back to the atom', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (atoms) => {
      expect(parseDecimal18(formatDecimal18(atoms))).toEqual({ ok: true, atoms })
    }),
  )
})

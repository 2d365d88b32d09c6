import { describe, expect, test } from 'vitest'
import { type Decimal, inJson } from './decimal-field.ts'
import {
  AMOUNT,
  DELTA,
  FRACTION,
  NON_NEGATIVE_RATE,
  NON_NEGATIVE_VALUE,
  POSITIVE_QUANTITY,
  POSITIVE_RATE,
  POSITIVE_VALUE,
  PRICE,
  QUANTITY,
  RATE,
  TRADED_QUANTITY,
} from './unit-fields.ts'
import { createFindings } from './findings.ts'
import { ROOT, sourceOf } from './source.ts'

const ONE = 10n ** 18n
const SOURCE = sourceOf({ name: 'a', text: '' })

function read<Unit extends bigint>({ read }: Decimal<Unit>, text: string) {
  const findings = createFindings()
  const atoms = read(text, { source: SOURCE, offset: 0, path: ROOT }, findings)
  return atoms ?? findings.problems.sorted().kept[0]
}

const accepted: [name: string, kind: Decimal<bigint>, text: string, atoms: bigint][] = [
  ['the largest quantity', QUANTITY, '999999999999999999.999999999999999999', 10n ** 36n - 1n],
  ['the least quantity', QUANTITY, '-999999999999999999.999999999999999999', 1n - 10n ** 36n],
  ['nothing', QUANTITY, '0', 0n],
  ['nothing with a sign', QUANTITY, '-0', 0n],
  ['an atom to trade', TRADED_QUANTITY, '-0.000000000000000001', -1n],
  ['a size of an atom', POSITIVE_QUANTITY, '0.000000000000000001', 1n],
  ['an amount of nothing', AMOUNT, '0.00', 0n],
  ['the largest price', PRICE, '999999999999.999999999999999999', 10n ** 30n - 1n],
  ['the least price', PRICE, '0.000000000000000001', 1n],
  ['the largest value', POSITIVE_VALUE, '999999999999999.999999999999999999', 10n ** 33n - 1n],
  ['no value', NON_NEGATIVE_VALUE, '0', 0n],
  ['a rate of twenty digits', RATE, '-99999999999999999999', -99_999_999_999_999_999_999n * ONE],
  ['the least positive rate', POSITIVE_RATE, '0.000000000000000001', 1n],
  ['no rate', NON_NEGATIVE_RATE, '0', 0n],
  ['the whole', FRACTION, '1.000', ONE],
  ['none of it', FRACTION, '0', 0n],
  ['a put delta', DELTA, '-0.999999999999999999', 1n - ONE],
]
test.each(accepted)('%s is read exactly', (_name, kind, text, atoms) => {
  expect(read(kind, text)).toBe(atoms)
})

const refused: [name: string, kind: Decimal<bigint>, text: string, code: string, remedy: RegExp][] = [
  ['one atom above the largest quantity', QUANTITY, '1000000000000000000', 'BadDecimal', /unit/],
  ['one atom below the least quantity', QUANTITY, '-1000000000000000000', 'BadDecimal', /unit/],
  ['nothing to trade', TRADED_QUANTITY, '-0.00', 'BadDecimal', /leave the entry out/],
  ['no size', POSITIVE_QUANTITY, '0', 'NotPositive', /default/],
  ['an amount below zero', AMOUNT, '-0.000000000000000001', 'NotPositive', /zero or above/],
  ['an amount of nothing with a sign', AMOUNT, '-0', 'NotPositive', /zero or above/],
  ['no price', PRICE, '0.0', 'NotPositive', /leave the entry out/],
  ['a price of 1e12', PRICE, '1000000000000', 'BadDecimal', /unit/],
  ['a value of 1e15', NON_NEGATIVE_VALUE, '1000000000000000', 'BadDecimal', /unit/],
  ['no value where one is needed', POSITIVE_VALUE, '0', 'NotPositive', /above zero/],
  ['an atom above the whole', FRACTION, '1.000000000000000001', 'BadDecimal', /fractions/],
  ['an atom below none', FRACTION, '-0.000000000000000001', 'BadDecimal', /fractions/],
  ['a percentage', FRACTION, '5', 'BadDecimal', /"0\.05" if percent/],
  ['a hundred percent', FRACTION, '100', 'BadDecimal', /"1" if percent/],
  ['more than a hundred percent', FRACTION, '100.01', 'BadDecimal', /5 % is "0\.05"/],
  ['a delta of one', DELTA, '1', 'BadDecimal', /call delta/],
  ['no delta', DELTA, '0', 'BadDecimal', /call delta/],
]
test.each(refused)('%s is refused', (_name, kind, text, code, remedy) => {
  expect(read(kind, text)).toMatchObject({ code, remedy: expect.stringMatching(remedy) as string })
})

describe('what is no decimal string is refused with the digits as they should be:', () => {
  const table: [text: string, remedy: string | RegExp][] = [
    ['', 'write the number, or leave the entry out'],
    ['  ', 'write the number, or leave the entry out'],
    ['2,500', 'leave the commas out: "2500"'],
    ['-1,250,900.5', 'leave the commas out: "-1250900.5"'],
    ['1,5', 'write the point as a point: "1.5"'],
    ['12,50', 'write the point as a point: "12.50"'],
    ['1.2345678901234567890', 'at most 18 digits after the point; nothing is rounded silently'],
    ['1e3', 'write the digits out, without exponent'],
    ['-1.5E-7', 'write the digits out, without exponent'],
    ['+5', 'digits, a point and a minus sign only: "5"'],
    ['007', 'digits, a point and a minus sign only: "7"'],
    ['-.5', 'digits, a point and a minus sign only: "-0.5"'],
    ['5.', 'digits, a point and a minus sign only: "5"'],
    ['1 000', 'digits, a point and a minus sign only: "1000"'],
    ['1_000.25', 'digits, a point and a minus sign only: "1000.25"'],
    ["1'000", 'digits, a point and a minus sign only: "1000"'],
    ['$5', 'digits, a point and a minus sign only: "5"'],
    ['-€5', 'digits, a point and a minus sign only: "-5"'],
    ['5 USDC', 'digits, a point and a minus sign only: "5"'],
    ['(250)', 'a minus sign stands before a loss: "-250"'],
    ['5%', 'fractions, never percent: 5 % is "0.05"'],
    ['NaN', 'digits, a point and a minus sign only'],
    ['0x10', 'digits, a point and a minus sign only'],
    ['٣', 'digits, a point and a minus sign only'],
    ['1\n', 'digits, a point and a minus sign only: "1"'],
    ['100000000000000000000', /not in wei/],
    ['2500000000000000000000.5', /not in wei/],
  ]
  test.each(table)('%j', (text, remedy) => {
    const problem = read(RATE, text)
    expect(problem).toMatchObject({
      code: 'BadDecimal',
      expected: 'a decimal string such as "9000" or "-12.5"',
      got: JSON.stringify(text),
      remedy: typeof remedy === 'string' ? remedy : (expect.stringMatching(remedy) as string),
    })
  })
})

describe('of other kinds of JSON', () => {
  function told(node: Parameters<ReturnType<typeof inJson>>[0]['node']) {
    const findings = createFindings()
    expect(inJson(QUANTITY)({ node, path: ROOT, source: SOURCE }, findings)).toBeUndefined()
    return findings.problems.sorted().kept[0]
  }
  test('a number is refused with its own digits, for it may have been rounded', () => {
    expect(told({ kind: 'number', start: 0, end: 0, raw: '0.30000000000000004' })).toMatchObject({
      code: 'NotDecimalString',
      got: 'the number 0.30000000000000004',
      remedy: 'put quotes round it: "0.30000000000000004" (JSON numbers lose digits)',
    })
  })
  test('null and lists are refused', () => {
    expect(told({ kind: 'literal', start: 0, end: 0, value: null })).toMatchObject({
      code: 'NotDecimalString',
      got: 'null',
    })
    expect(told({ kind: 'array', start: 0, end: 0, items: [] })).toMatchObject({ code: 'NotDecimalString', got: '[]' })
  })
})

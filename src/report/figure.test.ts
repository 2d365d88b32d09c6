import { describe, expect, test } from 'vitest'
import { atomsOf, centsDown, centsNearest, centsUp } from './amount.ts'
import { printedAmount, printedCount, printedExactly, scaleOf, shortAmount } from './figure.ts'

describe('amounts', () => {
  const rounding: [amount: string, down: bigint, nearest: bigint, up: bigint][] = [
    ['0', 0n, 0n, 0n],
    ['1.23', 123n, 123n, 123n],
    ['1.230000000000000001', 123n, 123n, 124n],
    ['1.234999999999999999', 123n, 123n, 124n],
    ['1.235', 123n, 124n, 124n],
    ['-1.235', -124n, -124n, -123n],
    ['-1.230000000000000001', -124n, -123n, -123n],
    ['-0.001', -1n, 0n, 0n],
  ]
  test.each(rounding)('%s rounds down, to the nearest, and up', (amount, down, nearest, up) => {
    const atoms = atomsOf(amount)
    expect([centsDown(atoms), centsNearest(atoms), centsUp(atoms)]).toEqual([down, nearest, up])
  })
  test('what is no decimal is a bug', () => {
    expect(() => atomsOf('1,000')).toThrow(RangeError)
    expect(() => atomsOf('1e3')).toThrow(RangeError)
  })
})

describe('figures', () => {
  const exact: [amount: string, want: string][] = [
    ['0', '0.00'],
    ['-0.001', '0.00'],
    ['-0.005', '−0.01'],
    ['999.995', '1,000.00'],
    ['1234567.891', '1,234,567.89'],
    ['-1234567.891', '−1,234,567.89'],
  ]
  test.each(exact)('%s to the cent is %s', (amount, want) => {
    expect(printedAmount(atomsOf(amount))).toBe(want)
  })

  const short: [amount: string, want: string][] = [
    ['999999.99', '999,999.99'],
    ['999999.995', '1.00 m'],
    ['1000000', '1.00 m'],
    ['25772110.42', '25.77 m'],
    ['-25772110.42', '−25.77 m'],
    ['999994999', '999.99 m'],
    ['999995000', '1.00 bn'],
    ['1234000000000', '1.23 tn'],
    ['999995000000000', '1.00e15'],
    [`1${'0'.repeat(30)}`, '1.00e30'],
  ]
  test.each(short)('%s is short as %s', (amount, want) => {
    expect(shortAmount(atomsOf(amount))).toBe(want)
  })

  test('the largest of several amounts sets their scale', () => {
    expect(scaleOf([1n, atomsOf('2500000')]).unit).toBe(' m')
    expect(scaleOf([1n, atomsOf('-250000')]).unit).toBe('')
    expect(scaleOf([]).unit).toBe('')
  })
  test('an exact figure keeps every digit', () => {
    expect(printedExactly('14882104.512233000000000001')).toBe('14,882,104.512233000000000001')
    expect(printedExactly('-1000')).toBe('−1,000')
    expect(() => printedExactly('')).toThrow(RangeError)
  })
  test('counts have commas', () => {
    expect(printedCount(243_911)).toBe('243,911')
    expect(printedCount(-1_000n)).toBe('−1,000')
    expect(printedCount(0)).toBe('0')
  })
})

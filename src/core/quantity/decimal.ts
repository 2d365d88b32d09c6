import { ONE } from './unit.ts'

const DECIMALS = 18
const DECIMAL = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/

export type DecimalProblem = 'empty' | 'thousandsSeparator' | 'exponent' | 'tooManyDigits' | 'notDecimal'
export type ParsedDecimal =
  | { readonly ok: true; readonly atoms: bigint }
  | { readonly ok: false; readonly problem: DecimalProblem }

/**
 * Atoms (1e-18) of a decimal string such as "9000" or "-12.5"; exact, nothing is rounded.
 * At most 18 digits after the point; no plus sign, blanks, exponent, leading zeros or thousands separators.
 */
export function parseDecimal18(text: string): ParsedDecimal {
  if (!DECIMAL.test(text)) return { ok: false, problem: problemOf(text) }
  const point = text.indexOf('.')
  if (point < 0) return { ok: true, atoms: BigInt(text) * ONE }
  const fraction = text.slice(point + 1)
  if (fraction.length > DECIMALS) return { ok: false, problem: 'tooManyDigits' }
  return { ok: true, atoms: BigInt(text.slice(0, point) + fraction.padEnd(DECIMALS, '0')) }
}

/** Shortest decimal string of atoms (1e-18): exact, the inverse of parseDecimal18. */
export function formatDecimal18(atoms: bigint): string {
  const negative = atoms < 0n
  const digits = (negative ? -atoms : atoms).toString().padStart(DECIMALS + 1, '0')
  const whole = digits.slice(0, -DECIMALS)
  let end = DECIMALS
  while (end > 0 && digits[whole.length + end - 1] === '0') end -= 1
  const fraction = digits.slice(whole.length, whole.length + end)
  return (negative ? '-' : '') + whole + (fraction === '' ? '' : `.${fraction}`)
}

function problemOf(text: string): DecimalProblem {
  if (text.trim() === '') return 'empty'
  if (/^-?[0-9]{1,3}([,_' ][0-9]{3})+(\.[0-9]+)?$/.test(text)) return 'thousandsSeparator'
  if (/^[-+]?[0-9.]+[eE][-+]?[0-9]+$/.test(text)) return 'exponent'
  return 'notDecimal'
}

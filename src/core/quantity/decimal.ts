import { ONE } from './unit.ts'

const DECIMALS = 18
const ZERO = 48
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
  if (atoms === 0n) return '0'
  if (atoms < 0n) return `-${formatDecimal18(-atoms)}`
  const digits = atoms.toString()
  let end = digits.length
  const least = end - DECIMALS
  while (end > least && end > 0 && digits.charCodeAt(end - 1) === ZERO) end -= 1
  if (least > 0) return end === least ? digits.slice(0, least) : `${digits.slice(0, least)}.${digits.slice(least, end)}`
  return `0.${'0'.repeat(-least)}${digits.slice(0, end)}`
}

function problemOf(text: string): DecimalProblem {
  if (text.trim() === '') return 'empty'
  if (/^-?[0-9]{1,3}([,_' ][0-9]{3})+(\.[0-9]+)?$/.test(text)) return 'thousandsSeparator'
  if (/^[-+]?[0-9.]+[eE][-+]?[0-9]+$/.test(text)) return 'exponent'
  return 'notDecimal'
}

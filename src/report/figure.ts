import { centsNearest, roundedTo } from './amount.ts'

/** Figures as reports print them: commas between thousands, a point, a true minus; the same on every host. */

const ATOMS = 10n ** 18n
const NAMED = ['', '', ' m', ' bn', ' tn']

/** A unit for figures that stand together and must add up as shown. */
export interface Scale {
  /** What follows a figure: nothing, ` m`, ` bn`, ` tn`, then `e15` and so on. */
  readonly unit: string
  /** Atoms in a hundredth of the unit: figures have two places. */
  readonly step: bigint
}

/** Cents, however many. */
export const CENTS: Scale = { unit: '', step: ATOMS / 100n }

/** Cents with all their digits: `−1,234.50`. */
export function printedCents(cents: bigint): string {
  const digits = magnitude(cents).toString().padStart(3, '0')
  return sign(cents) + grouped(digits.slice(0, -2)) + '.' + digits.slice(-2)
}

/** Atoms to the nearest cent, all digits: `1,234.50`. */
export function printedAmount(atoms: bigint): string {
  return printedCents(centsNearest(atoms))
}

/** At most a dozen characters whatever the size: cents below a million, then `25.77 m`, `bn`, `tn`, `e15`. */
export function shortAmount(atoms: bigint): string {
  const { unit, step } = scaleOf([atoms])
  return printedCents(roundedTo(atoms, step)) + unit
}

/** The scale in which the largest of the amounts is short. */
export function scaleOf(amounts: readonly bigint[]): Scale {
  const isShort = (step: bigint, limit: bigint) => amounts.every((atoms) => magnitude(roundedTo(atoms, step)) < limit)
  if (isShort(CENTS.step, 100_000_000n)) return CENTS
  let thousands = 2
  while (!isShort(stepOf(thousands), 100_000n)) thousands += 1
  return { unit: NAMED[thousands] ?? `e${thousands * 3}`, step: stepOf(thousands) }
}

/** Exact: every digit of a decimal string, thousands grouped. */
export function printedExactly(amount: string): string {
  const [, minus, whole = '', fraction = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(amount) ?? []
  if (whole === '') throw new RangeError(`"${amount}" in a report is no amount`)
  return (minus === '-' ? '−' : '') + grouped(whole) + fraction
}

/** A whole number: `243,911`. */
export function printedCount(count: number | bigint): string {
  const whole = BigInt(count)
  return sign(whole) + grouped(magnitude(whole).toString())
}

function stepOf(thousands: number): bigint {
  return (ATOMS * 1000n ** BigInt(thousands)) / 100n
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

function magnitude(n: bigint): bigint {
  return n < 0n ? -n : n
}

function sign(n: bigint): string {
  return n < 0n ? '−' : ''
}

import { parseDecimal18 } from '../core/quantity/decimal.ts'

const ATOMS_PER_CENT = 10n ** 16n

/** Atoms (1e-18) of an amount in a report. Throws RangeError if it is no decimal: reports are written by our own code. */
export function atomsOf(amount: string): bigint {
  const parsed = parseDecimal18(amount)
  if (!parsed.ok) throw new RangeError(`"${amount}" in a report is no amount: ${parsed.problem}`)
  return parsed.atoms
}

/** Cents nearest to the amount, a half away from zero: for what is neither a requirement nor measured against one. */
export function centsNearest(atoms: bigint): bigint {
  return roundedTo(atoms, ATOMS_PER_CENT)
}

/** Cents of a requirement: rounds UP (against the member). */
export function centsUp(atoms: bigint): bigint {
  return -centsDown(-atoms)
}

/** Cents of what is held against a requirement: rounds DOWN (against the member). */
export function centsDown(atoms: bigint): bigint {
  const whole = atoms / ATOMS_PER_CENT
  return atoms < whole * ATOMS_PER_CENT ? whole - 1n : whole
}

/** Whole dollars, rounds UP: for names and heads, where cents would be in the way. */
export function dollarsUp(atoms: bigint): bigint {
  return (centsUp(atoms) + 99n) / 100n
}

/** Steps nearest to the amount, a half away from zero. */
export function roundedTo(atoms: bigint, step: bigint): bigint {
  const half = step / 2n
  return (atoms < 0n ? atoms - half : atoms + half) / step
}

import { atomsOf, roundedTo } from '../../amount.ts'

/** How figures of a heat map are shortened: all alike, so that they can be compared. */
export interface CellScale {
  /** Such as `USD` or `thousand USD`. */
  readonly unit: string
  /** Atoms in a tenth or a whole of the unit. */
  readonly step: bigint
  readonly places: 0 | 1
  /** Atoms of the largest figure, at least one. */
  readonly largest: bigint
}

const ATOMS = 10n ** 18n
const UNITS = ['USD', 'thousand USD', 'million USD', 'billion USD', 'trillion USD']
/** Small losses stay visible beside large ones. */
const POWER = 0.6

/** At most three digits for the largest; one place below ten. */
export function cellScale(amounts: readonly string[]): CellScale {
  const largest = amounts.map(atomsOf).reduce((most, atoms) => (size(atoms) > most ? size(atoms) : most), 1n)
  let thousands = 0
  while (thousands < UNITS.length - 1 && largest >= 1_000n * ATOMS * 1_000n ** BigInt(thousands)) thousands += 1
  const one = ATOMS * 1_000n ** BigInt(thousands)
  const places = largest < 10n * one ? 1 : 0
  return { unit: UNITS[thousands] ?? '', step: places === 1 ? one / 10n : one, places, largest }
}

/** A signed figure: `+1.4`, `−43`, `0`. */
export function cellFigure(amount: string, { step, places }: CellScale): string {
  const steps = roundedTo(atomsOf(amount), step)
  if (steps === 0n) return '0'
  const digits = size(steps)
    .toString()
    .padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -1)}.${digits.slice(-1)}`
  return `${steps < 0n ? '−' : '+'}${text}`
}

/** How strongly a cell is coloured: whole percent of the strongest. */
export function cellTint(amount: string, { largest }: CellScale): number {
  const share = Number((size(atomsOf(amount)) * 1_000_000n) / largest) / 1_000_000
  return Math.round(100 * Math.min(1, share) ** POWER)
}

function size(n: bigint): bigint {
  return n < 0n ? -n : n
}

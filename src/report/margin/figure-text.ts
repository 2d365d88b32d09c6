import { formatDecimal18 } from '../../core/quantity/decimal.ts'
import { atomsOf, roundedTo } from '../amount.ts'

const MOST_PLACES = 6

/** A price or a quantity: two places at least, six at most, rounded to the nearest beyond: `2,500.00`, `0.9998`. */
export function figureText(decimal: string): string {
  const step = 10n ** BigInt(18 - MOST_PLACES)
  const steps = roundedTo(atomsOf(decimal), step)
  const digits = (steps < 0n ? -steps : steps).toString().padStart(MOST_PLACES + 1, '0')
  const whole = digits.slice(0, -MOST_PLACES).replace(/\B(?=(\d{3})+$)/g, ',')
  const places = digits.slice(-MOST_PLACES).replace(/0{1,4}$/, '')
  return `${steps < 0n ? '−' : ''}${whole}.${places}`
}

/** A price: two places from a hundred on, four from one on, six below. */
export function priceText(decimal: string): string {
  const atoms = atomsOf(decimal)
  const places = atoms >= 100n * ATOMS ? 2n : atoms >= ATOMS ? 4n : 6n
  const step = 10n ** (18n - places)
  return figureText(formatDecimal18(roundedTo(atoms, step) * step))
}

const ATOMS = 10n ** 18n

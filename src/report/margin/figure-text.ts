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

export const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000

const UNITS: readonly (readonly [ms: number, name: string])[] = [
  [DAY_MS, 'd'],
  [3_600_000, 'h'],
  [MINUTE_MS, 'min'],
  [1_000, 's'],
]

/** Milliseconds in the largest unit that divides them: `4 h`. */
export function printedDuration(ms: number): string {
  const [unitMs, name] = UNITS.find(([unit]) => ms % unit === 0) ?? [1, 'ms']
  return `${ms / unitMs} ${name}`
}

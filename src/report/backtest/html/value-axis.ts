/** Scales of pictures: floats, for the eye only. */

const STEPS = [1, 2, 2.5, 5, 10]

/** What a picture shows, from the lowest to the highest figure of its axis. */
export interface Scale {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
}

/** Round figures from at or below `low` to at or above `high`, about so many of them. */
export function scaleOver(low: number, high: number, about: number): Scale {
  const top = high > low ? high : low + 1
  const rough = (top - low) / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (STEPS.find((candidate) => candidate * power >= rough * 0.999) ?? 10)
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(top / step - 1e-9)]
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
  return { low: first * step, high: last * step, ticks }
}

/** Share of the height, 0 at the bottom. */
export function shareOf(value: number, { low, high }: Pick<Scale, 'low' | 'high'>): number {
  return (value - low) / (high - low)
}

/** As many places as the steps of the axis need. */
export function tickText(tick: number, { ticks }: Scale): string {
  const step = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0))
  const places = Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) + (isHalfStep(step) ? 1 : 0))
  const text = Math.abs(tick).toFixed(places)
  return tick < 0 && /[1-9]/.test(text) ? `−${text}` : text
}

function isHalfStep(step: number): boolean {
  const power = 10 ** Math.floor(Math.log10(step) + 1e-9)
  return Math.abs(step / power - 2.5) < 1e-6
}

/** Scales of pictures: floats, for the eye only. */

const STEPS = [1, 2, 2.5, 5, 10]
const DAY = 86_400_000
const TIME_STEPS = [1, 5, 15, 30, 60, 180, 360, 720, 1_440, 2_880, 4_320, 10_080, 20_160, 40_320, 120_960, 483_840].map(
  (minutes) => minutes * 60_000,
)
const NAMED = [
  [1e12, 'tn'],
  [1e9, 'bn'],
  [1e6, 'm'],
  [1e3, 'k'],
] as const

/** Round figures from at or below `low` to at or above `high`, about so many of them; `high` above `low`. */
export function ticksOver(low: number, high: number, about: number): readonly number[] {
  const rough = (high - low) / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (STEPS.find((candidate) => candidate * power >= rough * 0.999) ?? 10)
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)]
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
}

/** Round figures for a logarithmic scale, within [low, high]: decades, or their parts where few decades are seen. */
export function logTicksWithin(low: number, high: number): readonly number[] {
  const decades = Math.log10(high / low)
  if (decades < 0.7) return ticksOver(low, high, 4).filter((tick) => tick >= low && tick <= high)
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))]
  const stride = Math.ceil(decades / 5)
  const parts = decades < 2 ? [1, 2, 5] : decades < 3 ? [1, 3] : [1]
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .filter((power) => (power - 2) % stride === 0)
    .flatMap((power) => parts.map((part) => part * 10 ** power))
    .filter((tick) => tick >= low && tick <= high)
}

/** Times for at most so many labels: whole days where the tape has more than two, else hours or minutes. */
export function timeTicks(from: number, to: number, most: number): readonly number[] {
  const step = TIME_STEPS.find((candidate) => (to - from) / candidate <= most) ?? (to - from) / most
  const grid = step >= DAY ? DAY : step
  const ticks: number[] = []
  for (let time = Math.ceil(from / grid) * grid; time < to; time += step) ticks.push(time)
  return ticks
}

/** A figure on an axis: `30 m`, `2.5 k`, `0`. */
export function axisFigure(figure: number): string {
  const [of, unit] = NAMED.find(([size]) => Math.abs(figure) >= size) ?? [1, '']
  const text = String(Number((figure / of).toPrecision(3))).replace('-', '−')
  return unit === '' ? text : `${text} ${unit}`
}

/** An index (start = 100) with as many digits as matter. */
export function indexFigure(index: number): string {
  if (index >= 9.95) return index.toFixed(0)
  if (index >= 0.0995) return index.toFixed(1)
  return index < 0.001 ? '≈0' : index.toFixed(1 - Math.floor(Math.log10(index)))
}

/** What the cursor reads out of one plot. */
export interface PlotReading {
  /** As in the plot's `id`. */
  readonly id: string
  /** ms since 1970, ascending. */
  readonly times: readonly number[]
  readonly series: readonly ReadSeries[]
  /** What follows a figure, such as ` %`. */
  readonly unit: string
  readonly places: number
}

export interface ReadSeries {
  readonly name: string
  /** In the unit of the plot. */
  readonly values: readonly number[]
}

/** Rounded to what is read out; times as their first, their step and their count where they are even. */
export function cursorData(readings: readonly PlotReading[]): unknown {
  return Object.fromEntries(
    readings.map(({ id, times, series, unit, places }) => [
      id,
      {
        t: packedTimes(times),
        u: unit,
        p: places,
        s: series.map(({ name, values }) => [name, values.map((value) => Math.round(value * 10 ** places))]),
      },
    ]),
  )
}

function packedTimes(times: readonly number[]): unknown {
  const [first = 0, second = first] = times
  const step = second - first
  const isEven = times.every((time, i) => time === first + i * step)
  return isEven ? { from: first, step, count: times.length } : times
}

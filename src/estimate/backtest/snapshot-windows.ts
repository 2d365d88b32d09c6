/** From one snapshot to another, by their place among the times. */
export interface SnapshotWindow {
  readonly start: number
  readonly end: number
}

export interface SnapshotWindows {
  /** Every snapshot that another one follows a day later: they overlap. */
  readonly all: readonly SnapshotWindow[]
  /** Those of them of which none begins before the one before it has ended. */
  readonly apart: readonly SnapshotWindow[]
  /** Snapshots that none follows a day later. */
  readonly alone: number
}

const HOUR_MS = 3_600_000
/** What still counts as a day later. */
const LEAST_MS = 18 * HOUR_MS
const MOST_MS = 30 * HOUR_MS
const DAY_MS = 24 * HOUR_MS

/**
 * Windows of a margin period of one day between snapshots: from each to the one nearest to 24 hours later, the earlier of two as
 * near, if it is 18 to 30 hours later, both included. Longer ones are never scaled down to a day. `times` are ms UTC, ascending.
 */
export function snapshotWindows(times: readonly number[]): SnapshotWindows {
  const all = times.flatMap((_, start) => {
    const end = dayLater(times, start)
    return end === undefined ? [] : [{ start, end }]
  })
  const apart: SnapshotWindow[] = []
  for (const window of all) if (window.start >= (apart.at(-1)?.end ?? 0)) apart.push(window)
  return { all, apart, alone: times.length - all.length }
}

function dayLater(times: readonly number[], start: number): number | undefined {
  const from = times[start] ?? 0
  let nearest: number | undefined
  let least = Infinity
  times.forEach((time, place) => {
    const off = Math.abs(time - from - DAY_MS)
    if (time - from < LEAST_MS || time - from > MOST_MS || off >= least) return
    nearest = place
    least = off
  })
  return nearest
}

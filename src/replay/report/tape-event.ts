import { printedCount } from '../../report/figure.ts'
import { spanName } from '../../report/moment.ts'
import type { ReplayReport } from './replay-report.ts'

/** A moment worth a mark, found in the data alone. */
export interface TapeEvent {
  readonly time: number
  readonly text: string
}

/** A fall smaller than this is no event. */
const LEAST_FALL = 0.05

/** The steepest fall of any price from one bar to the next, and the bar with the most liquidations; in order of time. */
export function eventsOf(report: ReplayReport): readonly TapeEvent[] {
  const events = [steepestFall(report), mostLiquidations(report)]
  return events.filter((event) => event !== undefined).toSorted((a, b) => a.time - b.time)
}

/** A fall across a gap is none: nobody knows how fast it was. */
function steepestFall({ tape: { intervalMs }, prices }: ReplayReport): TapeEvent | undefined {
  let [steepest, found]: [number, TapeEvent | undefined] = [LEAST_FALL, undefined]
  for (const { asset, points } of prices) {
    const step = stepOf(points, ([time]) => time) ?? intervalMs
    for (const [i, [time, close]] of points.entries()) {
      const before = points[i - 1]
      if (before === undefined || time - before[0] > step) continue
      const fall = 1 - Number(close) / Number(before[1])
      if (!(fall > steepest)) continue
      steepest = fall
      found = { time, text: `${asset} −${Math.floor(fall * 100 + 1e-9)} % in ${spanWithArticle(step)}` }
    }
  }
  return found
}

function mostLiquidations({ tape: { intervalMs }, runs }: ReplayReport): TapeEvent | undefined {
  const run = runs.find(({ liquidations }) => liquidations > 0)
  if (run === undefined) return undefined
  const [first, ...rest] = run.timeline
  if (first === undefined) return undefined
  const peak = rest.reduce((most, point) => (point.liquidations > most.liquidations ? point : most), first)
  const step = stepOf(run.timeline, ({ time }) => time) ?? intervalMs
  const where = runs.length > 1 ? `, ${run.mode}` : ''
  return {
    time: peak.time,
    text: `most liquidations per ${spanName(step)}: ${printedCount(peak.liquidations)}${where}`,
  }
}

/** Time between points that follow each other without a gap. A long series has been thinned: then it is more than a bar. */
function stepOf<P>(points: readonly P[], timeOf: (point: P) => number): number | undefined {
  const steps = points.slice(1).flatMap((point, i) => {
    const before = points[i]
    return before === undefined ? [] : [timeOf(point) - timeOf(before)]
  })
  return steps.length === 0 ? undefined : steps.reduce((least, step) => Math.min(least, step))
}

function spanWithArticle(ms: number): string {
  const name = spanName(ms)
  return /^\d/.test(name) ? name : `${name === 'hour' ? 'an' : 'a'} ${name}`
}

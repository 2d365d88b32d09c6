/** Places of dates on a picture: floats, for the eye only. */

const DAY = 86_400_000
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60]
const DAY_STEPS = [1, 2, 5, 7, 14, 28]
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The stretch of time that a picture covers, ms since 1970. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

export interface DateTick {
  readonly text: string
  readonly time: number
}

export function shareOfTime(time: number, { from, to }: Stretch): number {
  return to === from ? 0 : (time - from) / (to - from)
}

/** From the first date to the last of all; undefined if there is none. */
export function stretchOf(dates: readonly string[]): Stretch | undefined {
  const times = dates.map((date) => Date.parse(date)).filter((time) => !Number.isNaN(time))
  if (times.length === 0) return undefined
  const [from, to] = times.reduce(
    ([low, high], time) => [Math.min(low, time), Math.max(high, time)],
    [times[0] ?? 0, times[0] ?? 0],
  )
  return { from, to: to > from ? to : from + DAY }
}

/** At most so many dates: begins of months or years, or days where there is less than a quarter. */
export function dateTicks(stretch: Stretch, most: number): readonly DateTick[] {
  const days = (stretch.to - stretch.from) / DAY
  return days < 92 ? dayTicks(stretch, most) : monthTicks(stretch, most)
}

function monthTicks({ from, to }: Stretch, most: number): readonly DateTick[] {
  const months = (to - from) / DAY / 30.44
  const step = MONTH_STEPS.find((candidate) => months / candidate <= most) ?? Math.ceil(months / most / 12) * 12
  const ticks: DateTick[] = []
  const start = new Date(from)
  let month = start.getUTCFullYear() * 12 + Math.floor(start.getUTCMonth() / step) * step
  for (; ; month += step) {
    const time = Date.UTC(Math.floor(month / 12), month % 12)
    if (time > to) return ticks
    if (time < from) continue
    const text = month % 12 === 0 ? String(Math.floor(month / 12)) : (MONTHS[month % 12] ?? '')
    ticks.push({ text, time })
  }
}

function dayTicks({ from, to }: Stretch, most: number): readonly DateTick[] {
  const step = (DAY_STEPS.find((candidate) => (to - from) / DAY / candidate <= most) ?? 28) * DAY
  const ticks: DateTick[] = []
  for (let time = Math.ceil(from / DAY) * DAY; time <= to; time += step) {
    const date = new Date(time)
    ticks.push({ text: `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`, time })
  }
  return ticks
}

import type { Stretch } from './date-axis.ts'

const DAY = 86_400_000
const WITH_QUARTERS = 550
const WITH_MONTHS = 60

/** Windows of one quarter, month or day: what a picture shows, in so few rows that they can be read. */
export interface Period {
  readonly name: string
  /** Places of its dates in their list. */
  readonly indexes: readonly number[]
}

/** Dates by quarter, or by month or day where there are few. */
export function periodsOf(dates: readonly string[], stretch: Stretch): readonly Period[] {
  const days = (stretch.to - stretch.from) / DAY
  const nameOf = days >= WITH_QUARTERS ? quarterName : (date: string) => date.slice(0, days >= WITH_MONTHS ? 7 : 10)
  const byName = Map.groupBy(dates.keys(), (index) => nameOf(dates[index] ?? ''))
  return [...byName].map(([name, indexes]) => ({ name, indexes }))
}

function quarterName(date: string): string {
  return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`
}

/** Times as reports print them: UTC, in English, the same on every host. All arguments are milliseconds since 1970. */

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

const UNITS = [
  { name: 'week', ms: 604_800_000 },
  { name: 'day', ms: 86_400_000 },
  { name: 'hour', ms: 3_600_000 },
  { name: 'minute', ms: 60_000 },
  { name: 'second', ms: 1_000 },
  { name: 'millisecond', ms: 1 },
] as const

/** `8 Nov`. */
export function dayName(time: number): string {
  return `${new Date(time).getUTCDate()} ${monthOf(time).slice(0, 3)}`
}

/** `15:00`. */
export function clockTime(time: number): string {
  return new Date(time).toISOString().slice(11, 16)
}

/** `6–14 November 2022`. `to` is the end of the last bar: a tape that ends at midnight ends on the day before. */
export function dateRange(from: number, to: number): string {
  const last = Math.max(from, to - 1)
  const [start, end] = [new Date(from), new Date(last)]
  const ending = `${end.getUTCDate()} ${monthOf(last)} ${end.getUTCFullYear()}`
  if (start.getUTCFullYear() !== end.getUTCFullYear())
    return `${start.getUTCDate()} ${monthOf(from)} ${start.getUTCFullYear()} – ${ending}`
  if (start.getUTCMonth() !== end.getUTCMonth()) return `${start.getUTCDate()} ${monthOf(from)} – ${ending}`
  return start.getUTCDate() === end.getUTCDate() ? ending : `${start.getUTCDate()}–${ending}`
}

/** `hour`, `4 hours`, `90 minutes`: what follows "per" or "every". */
export function spanName(ms: number): string {
  const unit = UNITS.find((candidate) => ms % candidate.ms === 0) ?? UNITS[5]
  const count = ms / unit.ms
  return count === 1 ? unit.name : `${count} ${unit.name}s`
}

function monthOf(time: number): string {
  return MONTHS[new Date(time).getUTCMonth()] ?? ''
}

import { DAY_MS } from '../../estimate/calibration/rules.ts'

/** Day at which a window begins, ISO 8601; with its hour where windows are shorter than a day. */
export function windowDate(time: number, stepMs: number): string {
  const iso = new Date(time).toISOString()
  return stepMs >= DAY_MS ? iso.slice(0, 10) : `${iso.slice(0, 16)}Z`
}

/** Name of the quarter a time is in. */
export function quarterOf(time: number): string {
  const date = new Date(time)
  return `${date.getUTCFullYear()} Q${Math.floor(date.getUTCMonth() / 3) + 1}`
}

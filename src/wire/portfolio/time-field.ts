import { isTimestamp, type Timestamp, timestamp } from '../../core/quantity/timestamp.ts'
import { refuse, type Reader } from './findings.ts'

const ISO = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,3})?Z$/
const LOCAL =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$/
const MILLISECONDS = /^(0|[1-9][0-9]{0,15})$/

/** UTC time such as "2026-02-06T08:00:00Z", or whole milliseconds since 1970. */
export const TIME: Reader<Timestamp> = (at, findings) => {
  const { node } = at
  const ms =
    node.kind === 'string'
      ? utcTime(node.text)
      : node.kind === 'number' && MILLISECONDS.test(node.raw)
        ? Number(node.raw)
        : NaN
  if (isTimestamp(ms)) return ms
  return refuse(at, findings, {
    code: 'BadTime',
    expected: 'UTC time such as "2026-02-06T08:00:00Z", or milliseconds',
    remedy:
      node.kind === 'string' ? timeRemedy(node.text) : 'a time is a string in UTC, or whole milliseconds since 1970',
  })
}

/** Time as messages print it, to the second where that says all. */
export function timeText(time: Timestamp): string {
  return new Date(time).toISOString().replace('.000Z', 'Z')
}

/** A day at 08:00 UTC, when dated contracts end; undefined for a day that does not exist. */
export function expiryOf({
  year,
  month,
  day,
}: {
  readonly year: number
  readonly month: number
  readonly day: number
}): Timestamp | undefined {
  const ms = Date.UTC(year, month - 1, day, 8)
  const isSameDay = new Date(ms).getUTCDate() === day && new Date(ms).getUTCMonth() === month - 1
  return isSameDay ? timestamp(ms) : undefined
}

/** Milliseconds; NaN for anything else. The round trip refuses what Date would move, such as 30 February. */
function utcTime(text: string): number {
  if (!ISO.test(text)) return Number.NaN
  const ms = Date.parse(text)
  return isTimestamp(ms) && new Date(ms).toISOString().startsWith(text.slice(0, 19)) ? ms : Number.NaN
}

function timeRemedy(text: string): string {
  const parts = text.length > 40 ? null : LOCAL.exec(text)
  if (parts === null) return 'write it in UTC with a Z at the end; times before 1970 are not known'
  const [, day = '', minutes = '00:00', seconds = ':00', , zone = ''] = parts
  if (zone === '' || zone === 'Z') {
    const utc = `${day}T${minutes}${seconds}Z`
    if (Number.isNaN(utcTime(utc))) return 'no such day or hour, or before 1970'
    return zone === 'Z' ? `write "${utc}"` : `write "${utc}" if that was UTC`
  }
  const ms = Date.parse(
    `${day}T${minutes}${seconds}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone}`,
  )
  return isTimestamp(ms) ? `write "${timeText(ms)}", the same moment in UTC` : 'no such day or hour'
}

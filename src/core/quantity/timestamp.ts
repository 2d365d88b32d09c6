declare const unit: unique symbol

/** Milliseconds since 1970-01-01T00:00:00Z, an integer in a number (the one unit that is not a bigint: it is never money). */
export type Timestamp = number & { readonly [unit]: 'Timestamp:ms' }

const LAST = 8_640_000_000_000_000

/** Throws RangeError unless a whole number of milliseconds from 1970 on. */
export function timestamp(ms: number): Timestamp {
  if (!isTimestamp(ms)) throw new RangeError(`time must be whole milliseconds >= 0, was ${ms}`)
  return ms as Timestamp
}

/** Whether the number is a whole number of milliseconds within the range of dates. */
export function isTimestamp(ms: number): ms is Timestamp {
  return ms % 1 === 0 && ms >= 0 && ms <= LAST
}

/** Milliseconds from `earlier` to `later`; negative if they are the other way round. */
export function elapsedMs({ earlier, later }: { readonly earlier: Timestamp; readonly later: Timestamp }): number {
  return later - earlier
}

/** The time so many milliseconds away (negative: before); within the range of dates. */
export function shifted(time: Timestamp, ms: number): Timestamp {
  const moved = time + ms
  return timestamp(moved < 0 ? 0 : moved < LAST ? moved : LAST)
}

export function earlier(a: Timestamp, b: Timestamp): Timestamp {
  return a < b ? a : b
}

export function later(a: Timestamp, b: Timestamp): Timestamp {
  return a > b ? a : b
}

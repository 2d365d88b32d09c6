// A count comes before a date: where a file has both, the count has no zone to guess.
/** Names of a column of times, the one to take first. */
export const TIME_NAMES = ['ts', 'ts_s', 'timestamp', 'time', 'unix', 'open_time', 'date'] as const

/** Names of a column of prices, the one to take first. */
export const CLOSE_NAMES = ['close', 'price', 'price_usd'] as const

/** Column names as they are looked up: in lower case, `_` for blanks. */
export function columnKeys(names: readonly string[]): readonly string[] {
  return names.map((name) => name.toLowerCase().replaceAll(' ', '_'))
}

/** Position of the first of `names` that is among the keys; undefined if none is. */
export function firstColumn(keys: readonly string[], names: readonly string[]): number | undefined {
  const found = names.find((name) => keys.includes(name))
  return found === undefined ? undefined : keys.indexOf(found)
}

/** Digits of a change from one value to the next: the middle one is none. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const MIDDLE = 30

/**
 * Whole numbers as one letter each: the change from the value before, the first from 0. Larger changes stand between tildes, a minus
 * alone is a gap. `UNPACK` reads it.
 */
export function packed(values: readonly (number | undefined)[]): string {
  let before = 0
  let text = ''
  for (const value of values) {
    if (value === undefined) {
      text += '-'
      continue
    }
    text += DIGITS[value - before + MIDDLE] ?? `~${value - before}~`
    before = value
  }
  return text
}

/** JavaScript for the page: `unpack(text)` is the numbers, with null for a gap. */
export const UNPACK = `const digits='${DIGITS}';const unpack=text=>{let v=0;return[...text.matchAll(/~(.*?)~|./g)].map(([sign,far])=>sign==='-'?null:v+=far===undefined?digits.indexOf(sign)-${MIDDLE}:+far)};`

import { millionthsOf, tenthsText } from '../set-figures.ts'

/** A simple move in percent with its sign, to a tenth: `+12.8 %`, `−5.1 %`, `±0 %`. */
export function moveText(ratio: string): string {
  const tenths = tenthsOf(ratio)
  return `${tenths > 0n ? '+' : tenths === 0n ? '±' : ''}${tenthsText(tenths).replace(/\.0$/, '')} %`
}

/** Tenths of a percent, nearest, a half away from zero. */
export function tenthsOf(ratio: string): bigint {
  const millionths = millionthsOf(ratio)
  return (millionths < 0n ? millionths - 500n : millionths + 500n) / 1_000n
}

/**
 * Figures become whole ppm, to the nearest: no direction is against every member, a long loses by the one move and a short by the
 * other. It also hides the last digit of exp and log, in which two versions of a JavaScript engine may differ.
 */
export function toPpm(figure: number): number {
  return Math.round(figure * 1e6) + 0
}

/** exp(log move) - 1 in ppm: never below -1000000. */
export function moveOfLog(logMove: number): number {
  return toPpm(Math.expm1(logMove))
}

/** x_k = min(3, -ln(1 - RW_k)). */
export function logMoveOfWeight(riskWeightPpm: number): number {
  return Math.min(LARGEST, -Math.log1p(-riskWeightPpm / 1e6))
}

/** 1 - exp(-x), in ppm. */
export function weightOfLogMove(logMove: number): number {
  return toPpm(-Math.expm1(-logMove))
}

/** A factor that may lose everything has no finite log move; twenty times is more than any price does in a day. */
const LARGEST = 3

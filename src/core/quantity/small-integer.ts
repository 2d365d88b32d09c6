/** Integers that a number holds exactly, for a first look at what is then worked out in bigint. */

const TOO_LARGE = 2 ** 53
const scratch = new DataView(new ArrayBuffer(8))

/** A whole number as a number: exact below 2^52 in size, 2^53 from there on. */
export function smallInteger(whole: bigint): number {
  if (BigInt.asIntN(53, whole) !== whole) return whole < 0n ? -TOO_LARGE : TOO_LARGE
  scratch.setBigInt64(0, whole)
  return scratch.getInt32(0) * 2 ** 32 + scratch.getUint32(4)
}

/** Quotient to the nearest, halves up, as a number: exact below 2^52 in size, 2^53 from there on. */
export function smallQuotient(dividend: bigint, divisor: bigint): number {
  const shifted = 2n * dividend + divisor
  const quotient = shifted / (2n * divisor)
  return smallInteger(shifted < 0n && quotient * 2n * divisor !== shifted ? quotient - 1n : quotient)
}

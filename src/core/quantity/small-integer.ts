/** Integers that a number holds exactly, for a first look at what is then worked out in bigint. */

const scratch = new DataView(new ArrayBuffer(8))

/** A whole number below 2^53 in size as a number: exact. */
export function smallInteger(whole: bigint): number {
  scratch.setBigInt64(0, whole)
  return scratch.getInt32(0) * 2 ** 32 + scratch.getUint32(4)
}

/** Quotient to the nearest, halves up, as a number; it must stay below 2^53 in size. */
export function smallQuotient(dividend: bigint, divisor: bigint): number {
  const shifted = 2n * dividend + divisor
  const quotient = shifted / (2n * divisor)
  return smallInteger(shifted < 0n && quotient * 2n * divisor !== shifted ? quotient - 1n : quotient)
}

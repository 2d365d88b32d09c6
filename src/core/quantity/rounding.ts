/** Quotient rounded toward minus infinity. Throws RangeError unless the divisor is positive. */
export function divFloor(dividend: bigint, divisor: bigint): bigint {
  requirePositiveDivisor(divisor)
  const quotient = dividend / divisor
  return dividend < 0n && quotient * divisor !== dividend ? quotient - 1n : quotient
}

/** Quotient rounded toward plus infinity. Throws RangeError unless the divisor is positive. */
export function divCeil(dividend: bigint, divisor: bigint): bigint {
  requirePositiveDivisor(divisor)
  const quotient = dividend / divisor
  return dividend > 0n && quotient * divisor !== dividend ? quotient + 1n : quotient
}

/** Least integer whose square is not below x: r*r >= x > (r-1)*(r-1). Throws RangeError when x < 0. */
export function sqrtCeil(x: bigint): bigint {
  if (x < 0n) throw new RangeError(`square root of ${x}`)
  if (x < 2n) return x
  let guess = 1n << BigInt((bitLength(x) + 1) >> 1)
  // Newton from above descends strictly until it reaches the floor of the root.
  for (;;) {
    const next = (guess + x / guess) >> 1n
    if (next >= guess) break
    guess = next
  }
  return guess * guess >= x ? guess : guess + 1n
}

/** Number of binary digits; hexadecimal ones are counted, which takes a fraction of the time. */
function bitLength(x: bigint): number {
  const digits = x.toString(16)
  const first = digits.charCodeAt(0)
  // '1', '2' to '3', '4' to '7', '8' to 'f'
  const leading = first < 50 ? 1 : first < 52 ? 2 : first < 56 ? 3 : 4
  return 4 * (digits.length - 1) + leading
}

function requirePositiveDivisor(divisor: bigint): void {
  if (divisor <= 0n) throw new RangeError(`divisor must be > 0, was ${divisor}`)
}

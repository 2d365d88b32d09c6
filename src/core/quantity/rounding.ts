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
  const floor = sqrtFloor(x)
  return floor * floor >= x ? floor : floor + 1n
}

/**
 * Floor of the root of x >= 1, by Newton's method at a precision that doubles with each step, so that only the last division is a long
 * one. The steps are those of CPython's `math.isqrt`, whose proof is with its source: before the last line the guess is the floor or one
 * above it.
 */
function sqrtFloor(x: bigint): bigint {
  const half = (bitLength(x) - 1) >> 1
  let [root, known, step] = [1n, 0, 0]
  while (half >> step > 0) step += 1
  while (step > 0) {
    step -= 1
    const bits = half >> step
    root = (root << BigInt(bits - known - 1)) + (x >> BigInt(2 * half - known - bits + 1)) / root
    known = bits
  }
  return root * root > x ? root - 1n : root
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

/** A probability as a fraction of whole numbers: 1/200 is `{ of: 1n, in: 200n }`. */
export interface Fraction {
  readonly of: bigint
  readonly in: bigint
}

/** The chances of 0 to n by sums of exact binomial terms C(n,k) a^k (b-a)^(n-k), over b^n. For small n: it works on thousands of digits. */
export function exactUpperTail(n: number, x: number, { of: a, in: b }: Fraction): number {
  let [term, sum] = [(b - a) ** BigInt(n), 0n]
  for (let k = 0; k <= n; k += 1) {
    if (k >= x) sum += term
    term = (term * BigInt(n - k) * a) / (BigInt(k + 1) * (b - a))
  }
  return quotient(sum, b ** BigInt(n))
}

/**
 * The same for large n, in whole numbers of a hundred digits: weights from the mode outwards by the ratio of neighbours,
 * P(k+1)/P(k) = (n-k)a / ((k+1)(b-a)), until they vanish, over their sum. No logarithm and no factorial. Good for tails above 1e-60.
 */
export function wideUpperTail(n: number, x: number, { of: a, in: b }: Fraction): number {
  const mode = Number((BigInt(n + 1) * a) / b)
  let [tail, total] = [0n, 0n]
  const count = (k: number, weight: bigint) => {
    total += weight
    if (k >= x) tail += weight
  }
  let weight = 10n ** 100n
  for (let k = mode; k <= n && weight > 0n; k += 1) {
    count(k, weight)
    weight = (weight * BigInt(n - k) * a) / (BigInt(k + 1) * (b - a))
  }
  weight = (10n ** 100n * BigInt(mode) * (b - a)) / (BigInt(n - mode + 1) * a)
  for (let k = mode - 1; k >= 0 && weight > 0n; k -= 1) {
    count(k, weight)
    weight = (weight * BigInt(k) * (b - a)) / (BigInt(n - k + 1) * a)
  }
  return quotient(tail, total)
}

/** To seventeen digits, however small. */
function quotient(over: bigint, under: bigint): number {
  if (over === 0n) return 0
  const shift = Math.max(0, `${under}`.length - `${over}`.length) + 20
  return Number(`${(over * 10n ** BigInt(shift)) / under}e-${shift}`)
}

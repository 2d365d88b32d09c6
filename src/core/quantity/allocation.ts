import type { Ppm } from './ppm.ts'
import { divFloor } from './rounding.ts'
import { type Branded, MILLION, ONE } from './unit.ts'
import { type Value, type WideValue, value } from './value.ts'
import type { WeightedExposure } from './weighted-exposure.ts'

/**
 * Splits a rounded total over the exact shares it was rounded from (`shareOf` terms, a million times too large), so that
 * the parts add up to the total to the last unit: each is rounded down, what is left goes to the largest remainders,
 * the earlier first among equals. Throws RangeError unless the total is within one unit per part of their sum.
 */
export function allocate(total: Value, shares: readonly WideValue[]): readonly Value[] {
  return spread(total, shares, ONE * ONE * MILLION)
}

/** The same for a total that was rounded from a share of weighted exposures (`weightedShareUp` of their sum). */
export function allocateWeighted(
  total: Value,
  { parts, share }: { readonly parts: readonly WeightedExposure[]; readonly share: Ppm },
): readonly Value[] {
  const shares = parts.map((part) => part * share)
  return spread(total, shares, MILLION * MILLION)
}

/** The same for a total in proportion to parts of any sign and one unit, whose sum is not 0; nothing when the total is. */
export function allocateInProportion<Unit extends string>(
  total: Value,
  parts: readonly Branded<Unit>[],
): readonly Value[] {
  const whole = parts.reduce((sum, part) => sum + part, 0n)
  if (total === 0n) return parts.map(() => value(0n))
  const shares = parts.map((part) => (whole < 0n ? -total * part : total * part))
  return spread(total, shares, whole < 0n ? -whole : whole)
}

/**
 * The same where parts may cancel: if their sum is less than a billionth of the largest, a share of it means nothing, and the
 * largest part, the first among equals, bears the total. Without parts nobody does.
 */
export function allocateFairly<Unit extends string>(total: Value, parts: readonly Branded<Unit>[]): readonly Value[] {
  const size = (amount: bigint) => (amount < 0n ? -amount : amount)
  let largest = 0
  parts.forEach((part, i) => {
    if (size(part) > size(parts[largest] ?? 0n)) largest = i
  })
  const sum = parts.reduce((all, part) => all + part, 0n)
  const isFair = size(sum) * 1_000_000_000n >= size(parts[largest] ?? 0n) && sum !== 0n
  return isFair ? allocateInProportion(total, parts) : parts.map((_, i) => (i === largest ? total : value(0n)))
}

/** Each part in millionths of the sum of all, which is above 0; the last millionths go to the largest remainders. */
export function millionthsOfSum(parts: readonly Value[]): readonly bigint[] {
  const whole = parts.reduce((sum, part) => sum + part, 0n)
  const shares = parts.map((part) => part * MILLION)
  return spread(value(MILLION), shares, whole)
}

function spread(total: Value, shares: readonly bigint[], unit: bigint): readonly Value[] {
  const parts = shares.map((share) => divFloor(share, unit))
  const remainders = shares.map((share, i) => ({ i, remainder: share - (parts[i] ?? 0n) * unit }))
  remainders.sort((a, b) => (a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : a.i - b.i))
  let left = total - parts.reduce((sum, part) => sum + part, 0n)
  if (left < 0n || left > BigInt(parts.length))
    throw new RangeError(`${left} units cannot be spread over ${parts.length} parts`)
  for (const { i } of remainders) {
    if (left === 0n) break
    parts[i] = (parts[i] ?? 0n) + 1n
    left -= 1n
  }
  return parts.map(value)
}

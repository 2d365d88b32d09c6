/** A source of 64-bit integers. The same seed gives the same numbers for ever; whoever draws from it says in which order. */
export interface Prng {
  next(): bigint
}

const MASK = (1n << 64n) - 1n

/** SplitMix64 (Steele, Lea, Flood 2014): state + golden ratio, then two multiply-xorshift rounds. */
export function splitmix64(seed: bigint): Prng {
  let state = seed & MASK
  return {
    next: () => {
      state = (state + 0x9e3779b97f4a7c15n) & MASK
      let z = state
      z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK
      z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK
      return z ^ (z >> 31n)
    },
  }
}

/** A whole number from 0 to `bound` - 1, one draw. The bias is below bound / 2^64. */
export function below(prng: Prng, bound: number): number {
  return Number((prng.next() * BigInt(bound)) >> 64n)
}

/** A whole number from `from` to `to`, both included, one draw. */
export function between(prng: Prng, from: number, to: number): number {
  return from + below(prng, to - from + 1)
}

/** True `chances` times in a hundred, one draw. */
export function percent(prng: Prng, chances: number): boolean {
  return below(prng, 100) < chances
}

/** One of a list, one draw. Throws RangeError for an empty list. */
export function pick<Item>(prng: Prng, items: readonly Item[]): Item {
  const [first] = items
  if (first === undefined) throw new RangeError('nothing to pick from')
  return items[below(prng, items.length)] ?? first
}

/** A whole number of up to `bits` bits, every size about equally likely: two draws. */
export function anySize(prng: Prng, bits: number): bigint {
  return prng.next() & ((1n << BigInt(between(prng, 0, bits))) - 1n)
}

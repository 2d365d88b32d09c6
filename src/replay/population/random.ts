/** Integers drawn from a seed: the same on every machine. The order of draws is part of the population's format. */
export interface Random {
  /** A whole number in [0, bound), each equally likely. Throws RangeError unless 1 <= bound <= 2^32. */
  below(bound: number): number
}

/**
 * sfc32 (Chris Doty-Humphrey, PractRand), seeded with three words of splitmix32 of the seed and a counter of 1, and twelve
 * draws thrown away. 32-bit integer arithmetic only.
 */
export function randomFrom(seed: number): Random {
  const mix = splitmix32(seed)
  let [a, b, c, counter] = [mix(), mix(), mix(), 1]

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  for (let i = 0; i < 12; i += 1) next()
  return {
    below: (bound) => {
      if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32)
        throw new RangeError(`bound must be 1 to 2^32, was ${bound}`)
      // The largest multiple of the bound: what lies above it would make small numbers likelier.
      const fair = 2 ** 32 - (2 ** 32 % bound)
      for (;;) {
        const word = next()
        if (word < fair) return word % bound
      }
    },
  }
}

function splitmix32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state ^ (state >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z ^= z >>> 15
    z = Math.imul(z, 0x735a2d97)
    return z ^ (z >>> 15)
  }
}

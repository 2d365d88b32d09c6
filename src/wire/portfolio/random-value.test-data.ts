/** Random values from a source of numbers that a property supplies: the few generators that random documents need. */

/** A whole number from 0 to below the bound. */
export type Draw = (below: number) => number

export interface Gen<T> {
  readonly from: (draw: Draw) => T
  map<U>(to: (value: T) => U): Gen<U>
}

export function gen<T>(from: (draw: Draw) => T): Gen<T> {
  return { from, map: (to) => gen((draw) => to(from(draw))) }
}

export function constant<T>(value: T): Gen<T> {
  return gen(() => value)
}

export function constantFrom<T>(...values: readonly [T, ...T[]]): Gen<T> {
  return gen((draw) => values[draw(values.length)] ?? values[0])
}

export function oneOf<T>(...choices: readonly [Gen<T>, ...Gen<T>[]]): Gen<T> {
  return gen((draw) => (choices[draw(choices.length)] ?? choices[0]).from(draw))
}

/** From `min` to `max`, both included; every other one close to `min`. */
export function integer({ min, max }: { readonly min: number; readonly max: number }): Gen<number> {
  const span = BigInt(max) - BigInt(min) + 1n
  return gen((draw) => {
    const near = BigInt(draw(10))
    const far = BigInt(draw(2 ** 31)) * 2n ** 31n + BigInt(draw(2 ** 31))
    return Number(BigInt(min) + ((draw(2) === 0 ? near : far) % span))
  })
}

export const flag: Gen<boolean> = gen((draw) => draw(2) === 1)

/** Digits, `least` to `most` of them. */
export function digits(least: number, most: number): Gen<string> {
  return text('0123456789', least, most)
}

export function text(alphabet: string, least: number, most: number): Gen<string> {
  const letters = Array.from(alphabet)
  return gen((draw) => {
    const length = least + draw(most - least + 1)
    return Array.from({ length }, () => letters[draw(letters.length)] ?? '').join('')
  })
}

export function list<T>(item: Gen<T>, least: number, most: number): Gen<readonly T[]> {
  return gen((draw) => Array.from({ length: least + draw(most - least + 1) }, () => item.from(draw)))
}

/** A list in which no two items have the same key. */
export function distinct<T>(
  item: Gen<T>,
  key: (value: T) => unknown,
  limits: readonly [least: number, most: number],
): Gen<readonly T[]> {
  return list(item, ...limits).map((all) => [...new Map(all.map((value) => [key(value), value])).values()])
}

/** An object with up to `most` entries. */
export function dictionary<T>(key: Gen<string>, value: Gen<T>, most: number): Gen<{ readonly [key: string]: T }> {
  return gen((draw) =>
    Object.fromEntries(
      list(key, 0, most)
        .from(draw)
        .map((name) => [name, value.from(draw)]),
    ),
  )
}

/** An object with every field that is needed and some of the others. */
export function record<T>(
  fields: { readonly [key: string]: Gen<T> },
  needed: readonly string[] = [],
): Gen<{ readonly [key: string]: T }> {
  return gen((draw) =>
    Object.fromEntries(
      Object.entries(fields)
        .filter(([name]) => needed.includes(name) || draw(2) === 1)
        .map(([name, value]) => [name, value.from(draw)]),
    ),
  )
}

/** Two objects made into one. */
export function both<T>(
  a: Gen<{ readonly [key: string]: T }>,
  b: Gen<{ readonly [key: string]: T }>,
): Gen<{ readonly [key: string]: T }> {
  return gen((draw) => ({ ...a.from(draw), ...b.from(draw) }))
}

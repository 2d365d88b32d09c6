import { type AccountId, accountId } from '../../core/instrument/identifier.ts'
import { type Kind, KINDS } from './kind.ts'
import { randomFrom } from './random.ts'
import { drawSizeUsd } from './size.ts'
import type { Opening, World } from './world.ts'

/** An account that is going to be opened. */
export interface Drawn {
  readonly id: AccountId
  readonly kind: Kind
  readonly opening: Opening
}

export interface Population {
  readonly drawn: readonly Drawn[]
  /** Kinds this world has none of, and why: the other kinds take their place. */
  readonly leftOut: readonly { readonly kind: Kind; readonly reason: string }[]
}

/** Draws accounts one after another: kind, size, then what the kind draws. The same seed and world give the same accounts. */
export function drawPopulation(world: World, count: number, seed: number): Population {
  const random = randomFrom(seed)
  const judged = KINDS.map((kind) => ({ kind, reason: kind.missing(world) }))
  const possible = judged.filter(({ reason }) => reason === undefined).map(({ kind }) => kind)
  const leftOut = judged.flatMap(({ kind, reason }) => (reason === undefined ? [] : [{ kind, reason }]))
  if (possible.length === 0) return { drawn: [], leftOut }
  const total = possible.reduce((sum, { weight }) => sum + weight, 0)
  const digits = String(count).length
  const drawn: Drawn[] = []
  for (let i = 1; i <= count; i += 1) {
    const kind = kindAt(possible, random.below(total))
    const usd = drawSizeUsd(random)
    drawn.push({
      id: accountId(`A-${String(i).padStart(Math.max(4, digits), '0')}`),
      kind,
      opening: kind.draw(random, world, usd),
    })
  }
  return { drawn, leftOut }
}

function kindAt(kinds: readonly Kind[], point: number): Kind {
  let left = point
  for (const kind of kinds) {
    if (left < kind.weight) return kind
    left -= kind.weight
  }
  throw new RangeError(`no kind at ${point}`)
}

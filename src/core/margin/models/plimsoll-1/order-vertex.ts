import { negate } from '../../../quantity/arithmetic.ts'
import type { Fill } from './filled-portfolio.ts'
import type { OrderFlow } from './order-flow.ts'

/** Sides of this many markets are tried in every combination; those of markets beyond it, by name, are charged apart. */
export const JOINT_MARKETS = 4

/**
 * The combinations of sides to look at: none filled, and every choice of all buys or all sells at each market. What lies between
 * cannot be worse: each size-free term is quasi-convex in the contracts of any one market (the correlated component, scenarios,
 * history, event and peg are convex; the smaller side of an underlying only grows away from zero), so over the box of what may fill
 * the largest is at a corner. An order fewer makes the box smaller.
 */
export function orderVertices(flows: readonly OrderFlow[]): readonly (readonly Fill[])[] {
  const none: readonly Fill[] = []
  if (flows.length === 0) return [none]
  return [none, ...corners(flows)]
}

function corners(flows: readonly OrderFlow[]): readonly (readonly Fill[])[] {
  const [first, ...rest] = flows
  if (first === undefined) return [[]]
  const others = corners(rest)
  return endsOf(first).flatMap((fill) => others.map((fills) => [fill, ...fills]))
}

/** Both ends of what one market's orders may trade. */
export function endsOf({ traded, bought, sold }: OrderFlow): readonly [Fill, Fill] {
  return [
    { traded, bought },
    { traded, bought: negate(sold) },
  ]
}

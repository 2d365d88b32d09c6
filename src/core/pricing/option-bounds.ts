import type { Move } from '../quantity/move.ts'
import { MILLION, ONE } from '../quantity/unit.ts'
import type { OptionNode, OptionNodes } from './option-nodes.ts'

/** Bounds of the profit of one contract, long and short: atoms of value, 1e-18 of the quote unit, unless it says otherwise. */
export interface OptionBounds {
  readonly down: VolatilityBounds
  readonly none: VolatilityBounds
  readonly up: VolatilityBounds
  /** Twice the value one node above 0 less that one node below, volatility as it is. */
  readonly deltaDifference: bigint
  /** Twice the value with volatility up less that with volatility down, price as it is. */
  readonly vegaDifference: bigint
}

/**
 * At one volatility. A line's two numbers are 1e-42, so that constant plus slope times a move in ppm is a profit without a
 * division.
 */
export interface VolatilityBounds {
  /** Of one contract short: the most it loses at each node. */
  readonly shortLosses: readonly bigint[]
  /** Of one contract short: the most it loses beyond the last node, per ppm. 1e-24. */
  readonly shortSlope: bigint
  /** Of one contract long: the least it gains at each node; mostly negative. */
  readonly longGains: readonly bigint[]
  /** Of one contract long: the least it gains from each node to halfway, from there to the next node, ..., beyond the last. */
  readonly longConstants: readonly bigint[]
  readonly longSlopes: readonly bigint[]
}

/** Factor from atoms of value to 1e-42. */
export const LINE_SCALE = ONE * MILLION

interface Line {
  readonly constant: bigint
  readonly slope: bigint
}

/**
 * What one contract may lose, by Black-76 being convex in the forward: a chord lies above it and a tangent below. A tangent
 * upward from a node takes the low end of the delta's enclosure, downward the high end.
 *
 * Long: the tangent of the nearer node. But where a contract may end worthless that tangent may fall below zero before it is
 * halfway; then, from halfway on, the tangent of the other node is a better bound and is taken. A call's tangent upward and a
 * put's downward stay above zero, so no contract is said to lose more than it is worth. Which of two lines is taken depends on
 * the contract alone, not on who holds how many: bounds of a book are sums.
 *
 * Beyond the last node: short, a call loses a unit per unit of forward and a put no more than at the node; long, a call gains
 * along its tangent and a put may have become worthless.
 */
export function optionBounds({ right, forward, base, down, none, up }: OptionNodes): OptionBounds {
  const bounds = (nodes: readonly OptionNode[]) => ({
    ...shortBounds(nodes, { right, forward, base }),
    ...longBounds(nodes, { right, forward, base }),
  })
  const { below, still, above } = middle(none.map((node) => node.move))
  return {
    down: bounds(down),
    none: bounds(none),
    up: bounds(up),
    deltaDifference: twice(none, above) - twice(none, below),
    vegaDifference: twice(up, still) - twice(down, still),
  }
}

/** Where the price stands still, and the nodes next to it; at an end the node itself. */
export function middle(moves: readonly Move[]): {
  readonly below: number
  readonly still: number
  readonly above: number
} {
  const still = moves.findIndex((step) => step === 0n)
  if (still < 0) throw new RangeError('no node at rest')
  return { below: still > 0 ? still - 1 : still, still, above: still + 1 < moves.length ? still + 1 : still }
}

type Option = Pick<OptionNodes, 'right' | 'forward' | 'base'>

function shortBounds(nodes: readonly OptionNode[], { right, forward, base }: Option) {
  const paid: bigint = base.low
  const shortLosses = nodes.map((node) => highOf(node) - paid)
  const perPart: bigint = forward
  return { shortLosses, shortSlope: right === 'call' ? perPart : 0n }
}

function longBounds(nodes: readonly OptionNode[], option: Option) {
  const paid: bigint = option.base.high
  const longGains = nodes.map((node) => lowOf(node) - paid)
  const lines = nodes.flatMap((node, i) => {
    const next = nodes[i + 1]
    return next === undefined ? [lineBeyond(node, option)] : linesBetween(node, next, option)
  })
  return { longGains, longConstants: lines.map((line) => line.constant), longSlopes: lines.map((line) => line.slope) }
}

function linesBetween(lower: OptionNode, upper: OptionNode, option: Option): readonly [near: Line, far: Line] {
  const [rising, falling] = [tangentUpward(lower, option), tangentDownward(upper, option)]
  const [from, to]: readonly [bigint, bigint] = [lower.move, upper.move]
  const lead = 2n * (falling.constant - rising.constant) + (falling.slope - rising.slope) * (from + to)
  if (option.right === 'call') return [rising, lead < 0n ? rising : falling]
  return [lead > 0n ? falling : rising, falling]
}

function lineBeyond(last: OptionNode, option: Option): Line {
  const paid: bigint = option.base.high
  return option.right === 'call' ? tangentUpward(last, option) : { constant: -paid * LINE_SCALE, slope: 0n }
}

function tangentUpward(node: OptionNode, option: Option): Line {
  return tangent(node, node.delta.low, option)
}

function tangentDownward(node: OptionNode, option: Option): Line {
  return tangent(node, node.delta.high, option)
}

function tangent(node: OptionNode, delta: bigint, { forward, base }: Option): Line {
  const [from, paid, perWhole]: readonly [bigint, bigint, bigint] = [node.move, base.high, forward]
  const slope = delta * perWhole
  return { constant: (lowOf(node) - paid) * LINE_SCALE - slope * from, slope }
}

function lowOf({ value }: OptionNode): bigint {
  return value.low
}

function highOf({ value }: OptionNode): bigint {
  return value.high
}

function twice(nodes: readonly OptionNode[], index: number): bigint {
  const node = nodes[index]
  if (node === undefined) throw new RangeError(`no node ${index}`)
  return lowOf(node) + highOf(node)
}

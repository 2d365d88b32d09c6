import { move } from '../../src/core/quantity/move.ts'
import { rate } from '../../src/core/quantity/rate.ts'
import type { EuropeanOption } from '../../src/core/instrument/market.ts'
import type { OptionPricing } from '../../src/core/market/listing.ts'
import { type OptionNode, type OptionNodes, optionNodes } from '../../src/core/pricing/option-nodes.ts'
import type { GridDocument } from './section-document.ts'

/** Contracts of one option in a netting set. Worths are 1e-54 USD. */
export interface ReferenceOption {
  readonly underlying: string
  readonly terms: EuropeanOption
  readonly pricing: OptionPricing
  readonly grid: GridDocument
  /** 1e-18 contracts, signed. */
  readonly quantity: bigint
  readonly settlement: bigint
  readonly worth: bigint
  readonly notional: bigint
}

/** The options on one underlying, contract by contract. */
export interface ReferenceGroup {
  readonly delta: bigint
  readonly vega: bigint
  readonly deltas: readonly (readonly [expiry: number, delta: bigint])[]
  /** 1e-54 USD, down; moves in ppm. */
  readonly profitIn: (priceMove: bigint, volatilityMove: bigint) => bigint
}

interface Priced extends ReferenceOption {
  readonly nodes: OptionNodes
}

const PPM = 1_000_000n
const SCALE = 10n ** 24n

/** Chords for what is short and tangents for what is long, from the nodes the engine priced: METHODOLOGY 4. */
export function referenceGroup(options: readonly ReferenceOption[]): ReferenceGroup {
  const priced = options.map((option): Priced => ({ ...option, nodes: nodesOf(option) }))
  const [first] = options
  if (first === undefined) throw new Error('a group has an option')
  const [down, up] = [BigInt(first.grid.volatilityDownPpm), BigInt(first.grid.volatilityUpPpm)]
  const deltaOf = (some: readonly Priced[]) => difference(some, ({ nodes }) => aroundRest(nodes.none))
  const vega = difference(priced, ({ nodes }) => ({
    low: atRest(nodes.down),
    high: atRest(nodes.up),
    width: up - down,
  }))
  const deltas = [...Map.groupBy(priced, ({ terms }) => terms.expiry)].map(
    ([expiry, some]) => [expiry, deltaOf(some)] as const,
  )
  function profitIn(priceMove: bigint, volatilityMove: bigint): bigint {
    const profits = rowsFor(volatilityMove, down, up).map((row) => {
      let [sum, denominator] = [0n, 1n]
      for (const option of priced) {
        const profit = profitOf(option, option.nodes[row], priceMove)
        // All contracts of a grid have the same nodes, hence the same denominators but for sides.
        sum = sum * profit.denominator + profit.numerator * denominator
        denominator *= profit.denominator
      }
      return floor(sum, denominator)
    })
    return profits.reduce((least, one) => (one < least ? one : least))
  }
  return { delta: deltaOf(priced), vega, deltas, profitIn }
}

function nodesOf({ terms, pricing, grid }: ReferenceOption): OptionNodes {
  const [whole = '0', parts = ''] = grid.volatilityFloor.split('.')
  return optionNodes(terms, pricing, {
    priceMoves: grid.priceMovesPpm.map((one) => move(BigInt(one))),
    volatilityDown: move(BigInt(grid.volatilityDownPpm)),
    volatilityUp: move(BigInt(grid.volatilityUpPpm)),
    termPowerQuarters: grid.termPowerQuarters,
    volatilityFloor: rate(BigInt(whole + parts.padEnd(18, '0'))),
  })
}

function rowsFor(volatilityMove: bigint, down: bigint, up: bigint): readonly ('down' | 'none' | 'up')[] {
  if (volatilityMove === 0n) return ['none']
  if (volatilityMove <= down) return ['down']
  if (volatilityMove >= up) return ['up']
  return volatilityMove < 0n ? ['none', 'down'] : ['none', 'up']
}

/** Middle of the enclosures at rest and next to it, doubled. */
function aroundRest(nodes: readonly OptionNode[]) {
  const still = nodes.findIndex(({ move: at }) => at === 0n)
  const [low, high] = [nodes[still - 1] ?? nodes[still], nodes[still + 1] ?? nodes[still]]
  if (low === undefined || high === undefined) throw new Error('no node at rest')
  return { low, high, width: high.move - low.move }
}

function atRest(nodes: readonly OptionNode[]): OptionNode {
  const node = nodes.find(({ move: at }) => at === 0n)
  if (node === undefined) throw new Error('no node at rest')
  return node
}

/** Sum of differences over the width, to the nearest 1e-54 USD. */
function difference(
  some: readonly Priced[],
  ends: (option: Priced) => { readonly low: OptionNode; readonly high: OptionNode; readonly width: bigint },
): bigint {
  let [sum, width] = [0n, 1n]
  for (const option of some) {
    const { low, high, width: over } = ends(option)
    const twice = high.value.low + high.value.high - low.value.low - low.value.high
    sum += option.quantity * option.settlement * twice
    width = over
  }
  return floor(2n * sum * PPM + 2n * width, 4n * width)
}

/** Profit of all contracts of an option at one move, a fraction of 1e-54 USD. */
function profitOf({ quantity, settlement, nodes }: Priced, row: readonly OptionNode[], at: bigint) {
  const { right, forward, base } = nodes
  const index = row.findLastIndex((node) => node.move <= at)
  const [lower, upper] = [row[index], row[index + 1]]
  if (lower === undefined) throw new Error('no node below')
  const contracts = quantity * settlement
  if (quantity < 0n) {
    if (upper === undefined) {
      const beyond = right === 'call' ? forward * (at - lower.move) : 0n
      return { numerator: contracts * ((lower.value.high - base.low) * PPM + beyond), denominator: PPM }
    }
    const width = upper.move - lower.move
    const chord = lower.value.high * (upper.move - at) + upper.value.high * (at - lower.move)
    return { numerator: contracts * (chord - base.low * width), denominator: width }
  }
  return {
    numerator: contracts * (longValue({ right, forward }, lower, upper, at) - base.high * SCALE),
    denominator: SCALE,
  }
}

/** Least value of one contract long, 1e-42: the tangent of the nearer node, or the other's where that is the better bound. */
function longValue(
  { right, forward }: { readonly right: 'call' | 'put'; readonly forward: bigint },
  lower: OptionNode,
  upper: OptionNode | undefined,
  at: bigint,
): bigint {
  if (at === lower.move) return lower.value.low * SCALE
  const rising = (x2: bigint) => 2n * lower.value.low * SCALE + lower.delta.low * forward * (x2 - 2n * lower.move)
  if (upper === undefined) return right === 'call' ? rising(2n * at) / 2n : 0n
  const falling = (x2: bigint) => 2n * upper.value.low * SCALE + upper.delta.high * forward * (x2 - 2n * upper.move)
  const middle = lower.move + upper.move
  const isNearUpper = 2n * at > middle
  const risingIsBetter = rising(middle) > falling(middle)
  const fallingIsBetter = rising(middle) < falling(middle)
  const takesFalling = right === 'call' ? isNearUpper && !risingIsBetter : isNearUpper || fallingIsBetter
  return (takesFalling ? falling(2n * at) : rising(2n * at)) / 2n
}

function floor(dividend: bigint, divisor: bigint): bigint {
  const rest = ((dividend % divisor) + divisor) % divisor
  return (dividend - rest) / divisor
}

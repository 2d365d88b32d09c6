import { absolute, compare, isLess } from '../core/quantity/arithmetic.ts'
import type { Distance } from './deciding-excess.ts'

/** Two ticks side by side of which one is safe and the other is not. */
export interface Crossing {
  readonly inside: bigint
  readonly outside: bigint
}

/** A narrowing of a dip or a bump ends after so many looks: each leaves about five eighths of where it may be. */
const MOST_LOOKS = 14

/**
 * Every change between safe and not, found from ascending ticks that are looked at. Between two that agree there may be a dip to the
 * other side and back: where the excess of the middle of three is the smallest, among safe ones, or the largest, among the others, the
 * extreme is narrowed down first. Each change is then bisected to neighbouring ticks. `probe` is asked once for a tick. Ascending.
 */
export function findCrossings(probe: (tick: bigint) => Distance, ticks: readonly bigint[]): readonly Crossing[] {
  const known = new Map<bigint, Distance>()
  const look = (tick: bigint): Distance => {
    const before = known.get(tick)
    if (before !== undefined) return before
    const found = probe(tick)
    known.set(tick, found)
    return found
  }
  ticks.forEach(look)
  for (let i = 1; i < ticks.length - 1; i += 1) narrowExtreme(look, ticks[i - 1], ticks[i], ticks[i + 1])
  const looked = [...known.keys()].toSorted((a, b) => (a < b ? -1 : 1))
  const crossings: Crossing[] = []
  for (const [i, low] of looked.entries()) {
    const high = looked[i + 1]
    if (high !== undefined && look(low).safe !== look(high).safe) crossings.push(bisected(look, low, high))
  }
  return crossings
}

/** Looks between three ticks where the middle one is an extreme towards the other side, until the other side is met. */
function narrowExtreme(
  look: (tick: bigint) => Distance,
  low: bigint | undefined,
  middle: bigint | undefined,
  high: bigint | undefined,
): void {
  if (low === undefined || middle === undefined || high === undefined) return
  const { safe } = look(middle)
  const isNearer = (a: bigint, b: bigint): boolean =>
    safe ? isLess(look(a).excess, look(b).excess) : isLess(look(b).excess, look(a).excess)
  if (look(low).safe !== safe || look(high).safe !== safe) return
  if (isNearer(low, middle) || isNearer(high, middle) || isFlat(look, low, middle, high)) return
  let [from, best, to] = [low, middle, high]
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const isLeftWider = best - from > to - best
    const next = isLeftWider ? best - ((best - from) * 3n) / 8n : best + ((to - best) * 3n) / 8n
    if (next === best) return
    if (look(next).safe !== safe) return
    if (isNearer(next, best)) [from, best, to] = isLeftWider ? [from, next, best] : [best, next, to]
    else if (isLeftWider) from = next
    else to = next
  }
}

function isFlat(look: (tick: bigint) => Distance, low: bigint, middle: bigint, high: bigint): boolean {
  const { excess } = look(middle)
  return compare(look(low).excess, excess) === 0 && compare(look(high).excess, excess) === 0
}

/**
 * Where a straight line between two would be at zero, half a tick to a few ticks towards the farther end, so that the next look is likely
 * to lie on the other side of the change: strictly between.
 */
function interpolated(look: (tick: bigint) => Distance, from: bigint, to: bigint): bigint {
  const [low, high] = [magnitude(look(from).excess), magnitude(look(to).excess)]
  const width = to - from
  const straight = low + high === 0n ? width / 2n : (width * low) / (low + high)
  const past = width / 64n + 1n
  const step = straight * 2n < width ? straight + past : straight - past
  return from + (step < 1n ? 1n : step >= width ? width - 1n : step)
}

function magnitude(excess: Distance['excess']): bigint {
  return absolute(excess)
}

function bisected(look: (tick: bigint) => Distance, low: bigint, high: bigint): Crossing {
  const isLowSafe = look(low).safe
  let [from, to] = [low, high]
  for (let looks = 0; to - from > 1n; looks += 1) {
    const middle = looks % 4 === 3 ? (from + to) / 2n : interpolated(look, from, to)
    if (look(middle).safe === isLowSafe) from = middle
    else to = middle
  }
  return isLowSafe ? { inside: from, outside: to } : { inside: to, outside: from }
}

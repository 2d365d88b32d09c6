import { deviance } from './deviance.ts'

/** Where a book exceeded its margin. */
export interface Exceedances {
  /** Windows in all. */
  readonly n: number
  /** Windows that exceeded, counted from 0: ascending, each once. */
  readonly indices: readonly number[]
}

export interface IndependenceTest {
  /** LR_ind, >= 0. */
  readonly ratio: number
  /** Undefined with fewer than two exceedances: there is nothing that could follow one another. */
  readonly p: number | undefined
}

export interface Simulation {
  /** Sequences simulated, >= 1. */
  readonly draws: number
  /** Gives numbers in (0, 1), of at least 32 bits. */
  readonly draw: () => number
}

/** Of what is equal but for rounding, neither is larger. */
const ROUNDING = 1e-12

/** Positions of what is true, or not 0, in a sequence with one entry a window. */
export function exceedancesOf(sequence: ArrayLike<boolean | number>): Exceedances {
  const indices: number[] = []
  for (let i = 0; i < sequence.length; i += 1) if (sequence[i]) indices.push(i)
  return { n: sequence.length, indices }
}

/** Runs of exceedances in windows next to each other, at least two long, in the order of the ascending `indices`. */
export function adjacentRuns(indices: readonly number[]): readonly (readonly number[])[] {
  const runs: number[][] = []
  for (const index of indices) {
    const run = runs.at(-1)
    if (run?.at(-1) === index - 1) run.push(index)
    else runs.push([index])
  }
  return runs.filter(({ length }) => length > 1)
}

/**
 * Whether exceedances follow one another (Christoffersen 1998), with a Monte Carlo p-value that is valid in samples of any size
 * (Dufour 2006): given how many there are, independent exceedances are equally likely at any positions, so
 * p = (1 + simulated ratios >= the observed) / (1 + draws). Asks for one number per exceedance and simulated sequence, in no more
 * time than that. Throws RangeError if the indices are not ascending within the windows, or draws are not a whole number >= 1.
 */
export function christoffersen(exceedances: Exceedances, simulation: Simulation): IndependenceTest {
  if (!Number.isInteger(simulation.draws) || simulation.draws < 1)
    throw new RangeError(`draws must be a whole number >= 1, were ${simulation.draws}`)
  const ratio = independenceRatio(exceedances)
  const { n, indices } = exceedances
  if (indices.length < 2) return { ratio, p: undefined }
  let atLeast = 0
  for (const [key, times] of tallies(n, indices.length, simulation).entries())
    if (times > 0 && ratioOf({ n, count: indices.length, ...patternOf(key) }) >= ratio - ROUNDING) atLeast += times
  return { ratio, p: (1 + atLeast) / (1 + simulation.draws) }
}

/**
 * LR_ind = -2 ln[(1-q)^(n00+n10) q^(n01+n11) / ((1-q0)^n00 q0^n01 (1-q1)^n10 q1^n11)], >= 0, of the n - 1 transitions: n01 of them
 * lead from a window without to one with an exceedance, q0 = n01/(n00+n01), q1 = n11/(n10+n11), q = (n01+n11)/(n-1). A power
 * 0^0 is 1. Throws RangeError if the indices are not ascending within the windows.
 */
export function independenceRatio({ n, indices }: Exceedances): number {
  let [adjacent, last] = [0, -1]
  for (const index of indices) {
    if (!Number.isInteger(index) || index >= n || index <= last)
      throw new RangeError(`indices must be whole, ascending and below ${n}: ${index} after ${last}`)
    if (last >= 0 && index === last + 1) adjacent += 1
    last = index
  }
  const [atStart, atEnd] = [indices[0] === 0 ? 1 : 0, last === n - 1 ? 1 : 0]
  return ratioOf({ n, count: indices.length, adjacent, atStart, atEnd })
}

/** All sequences of so many windows with so many exceedances. */
interface Sequences {
  readonly n: number
  readonly count: number
}

/** All that the transitions depend on, given how many exceedances there are. */
interface Pattern {
  /** Pairs of neighbours. */
  readonly adjacent: number
  /** 1 if the first window, or the last, is an exceedance. */
  readonly atStart: number
  readonly atEnd: number
}

function keyOf({ adjacent, atStart, atEnd }: Pattern): number {
  return 4 * adjacent + 2 * atStart + atEnd
}

function patternOf(key: number): Pattern {
  return { adjacent: key >> 2, atStart: (key >> 1) & 1, atEnd: key & 1 }
}

/** The likelihood ratio of a 2x2 table is twice the sum of the deviances of its cells from row times column over total. */
function ratioOf({ n, count, adjacent, atStart, atEnd }: Sequences & Pattern): number {
  const total = n - 1
  if (total < 1) return 0
  const [from, into] = [count - atEnd, count - atStart]
  const [notFrom, notInto] = [total - from, total - into]
  return (
    2 *
    (deviance(adjacent, (from * into) / total) +
      deviance(from - adjacent, (from * notInto) / total) +
      deviance(into - adjacent, (notFrom * into) / total) +
      deviance(notFrom - into + adjacent, (notFrom * notInto) / total))
  )
}

/**
 * How often each pattern, by its key, comes up in sequences of `n` windows of which `count` exceed, all such sequences equally
 * likely. Positions are drawn by the algorithm of Floyd (Bentley and Floyd 1987), without a second try for one that is taken.
 */
function tallies(n: number, count: number, { draws, draw }: Simulation): Uint32Array {
  const times = new Uint32Array(4 * count)
  // The sequence, counted from 1, in which a position last exceeded. Positions are moved by one: both ends have a neighbour.
  const held = new Uint32Array(n + 2)
  for (let sequence = 1; sequence <= draws; sequence += 1) {
    let adjacent = 0
    for (let top = n - count + 1; top <= n; top += 1) {
      const pick = 1 + Math.floor(draw() * top)
      const at = held[pick] === sequence ? top : pick
      if (held[at - 1] === sequence) adjacent += 1
      if (held[at + 1] === sequence) adjacent += 1
      held[at] = sequence
    }
    const key = keyOf({ adjacent, atStart: held[1] === sequence ? 1 : 0, atEnd: held[n] === sequence ? 1 : 0 })
    times[key] = (times[key] ?? 0) + 1
  }
  return times
}

/** What is searched: factors in standard deviations of a day, and how far a portfolio is from failure when they have moved. */
export interface FailureProblem {
  /** A row for each factor: how it moves with each common move. Correlations are their products; squares of a row add up to < 1. */
  readonly loadings: readonly (readonly number[])[]
  /** Where to start besides the steepest descent: a factor (by its row) and how far it moves, in standard deviations. */
  readonly starts: readonly { readonly factor: number; readonly move: number }[]
  /** Above zero: safe. The unit is of no matter. */
  readonly excess: (moves: readonly number[]) => number
}

export interface NearestFailure {
  /** Of each factor, in standard deviations. */
  readonly moves: readonly number[]
  /** Mahalanobis distance. */
  readonly distance: number
}

type Vector = readonly number[]

const MOST_STEPS = 12
const DIFFERENCE = 0.02
const FIRST_GUESS = 3
const CLOSE = 5e-3
/** Two searches this near each other end at one failure. */
const SAME = 0.15
const FARTHEST = 60

/**
 * The most likely joint move at which the excess is gone: least distance under R = D + L L', by the method of Hasofer, Lind, Rackwitz
 * and Fiessler (first-order reliability) with a line search (Zhang and Der Kiureghian 1995). It works on independent normal
 * variables, the common moves and each factor's own part, in which the distance is the ordinary one; gradients are differences of the
 * excess. It starts from the steepest descent, and from each start with what then is most likely of the other factors, and keeps the
 * nearest. An estimate: a nearer failure may exist where the excess has bends. Undefined if none was found within 60
 * deviations, or if there is no excess to begin with. The same problem gives the same answer.
 */
export function nearestFailure(problem: FailureProblem): NearestFailure | undefined {
  const { loadings, excess } = problem
  const count = loadings.length
  const own = loadings.map((row) => Math.sqrt(Math.max(0, 1 - row.reduce((sum, one) => sum + one * one, 0))))
  const space: Space = { loadings, own, common: loadings[0]?.length ?? 0 }
  const unit = excess(loadings.map(() => 0))
  if (!(unit > 0) || count === 0) return undefined
  const at = (x: Vector): number => excess(movesOf(x, space)) / unit
  const slope = (x: Vector, value: number): Vector => gradient(x, value, { space, at: (z) => excess(z) / unit })
  let nearest: Vector | undefined
  for (const start of startsOf(space, slope, problem.starts)) {
    const found = failureFrom(start, { at, slope }, nearest)
    if (found !== undefined && (nearest === undefined || norm(found) < norm(nearest))) nearest = found
  }
  return nearest === undefined ? undefined : { moves: movesOf(nearest, space), distance: norm(nearest) }
}

/** Independent variables: common moves first, then each factor's own part. */
interface Space {
  readonly loadings: readonly Vector[]
  readonly own: Vector
  readonly common: number
}

interface Surface {
  readonly at: (x: Vector) => number
  readonly slope: (x: Vector, value: number) => Vector
}

function movesOf(x: Vector, { loadings, own, common }: Space): Vector {
  return loadings.map((row, i) => {
    let move = (own[i] ?? 0) * (x[common + i] ?? 0)
    for (const [j, loading] of row.entries()) move += loading * (x[j] ?? 0)
    return move
  })
}

/** The transpose: what a slope along factors is along the independent variables. */
function spread(z: Vector, { loadings, own, common }: Space): Vector {
  const shared = Array.from({ length: common }, (_, j) =>
    z.reduce((sum, one, i) => sum + one * (loadings[i]?.[j] ?? 0), 0),
  )
  return [...shared, ...z.map((one, i) => one * (own[i] ?? 0))]
}

function gradient(
  x: Vector,
  value: number,
  { space, at }: { readonly space: Space; readonly at: (z: Vector) => number },
): Vector {
  const z = movesOf(x, space)
  const differences = z.map((move, i) => (at(z.with(i, move + DIFFERENCE)) - value) / DIFFERENCE)
  return spread(differences, space)
}

function startsOf(space: Space, slope: Surface['slope'], starts: FailureProblem['starts']): readonly Vector[] {
  const still = Array.from({ length: space.common + space.own.length }, () => 0)
  const descent = slope(still, 1)
  const size = norm(descent)
  const steepest = size > 0 ? [times(descent, -FIRST_GUESS / size)] : []
  const single = starts.map(({ factor, move }) =>
    times(
      spread(
        space.own.map((_, i) => (i === factor ? 1 : 0)),
        space,
      ),
      move,
    ),
  )
  return [...steepest, ...single]
}

/** Undefined also where a search nears a failure that is known. */
function failureFrom(start: Vector, surface: Surface, known: Vector | undefined): Vector | undefined {
  let x = start
  let value = surface.at(x)
  let slope = surface.slope(x, value)
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const steepness = dot(slope, slope)
    if (!(steepness > 1e-18) || !Number.isFinite(steepness)) return undefined
    const target = times(slope, (dot(slope, x) - value) / steepness)
    const next = lineSearch(x, target, { value, penalty: 2 * (norm(x) / Math.sqrt(steepness)) + 10, surface })
    const moved = minus(next.x, x)
    const expected = dot(slope, moved)
    const change = next.value - value
    ;({ x, value } = next)
    if (norm(x) > FARTHEST || (known !== undefined && norm(minus(x, known)) < SAME)) return undefined
    if (norm(moved) < CLOSE) break
    // Between full gradients the slope is corrected by what the step showed (Broyden 1965).
    slope =
      step % 3 === 2
        ? surface.slope(x, value)
        : plus(slope, times(moved, (change - expected) / Math.max(1e-12, dot(moved, moved))))
  }
  return ontoFailure(x, surface)
}

/** A shorter step while a full one makes neither nearer nor closer to failure. */
function lineSearch(
  x: Vector,
  target: Vector,
  { value, penalty, surface }: { readonly value: number; readonly penalty: number; readonly surface: Surface },
): { readonly x: Vector; readonly value: number } {
  const merit = (at: Vector, excess: number) => dot(at, at) / 2 + penalty * Math.abs(excess)
  const before = merit(x, value)
  const direction = minus(target, x)
  let next = { x, value }
  for (const share of [1, 0.4, 0.15]) {
    const shorter = plus(x, times(direction, share))
    next = { x: shorter, value: surface.at(shorter) }
    if (merit(next.x, next.value) < before) break
  }
  return next
}

/** The nearest multiple at which the excess is gone, on its far side; undefined if there is none close by. */
function ontoFailure(x: Vector, { at }: Surface): Vector | undefined {
  const isGone = (share: number) => at(times(x, share)) < 0
  let [near, far] = [0.9, 1]
  if (isGone(far)) while (near > 0.01 && isGone(near)) [near, far] = [near * 0.9, near]
  else {
    ;[near, far] = [1, 1.02]
    while (far < 1.5 && !isGone(far)) [near, far] = [far, far * 1.05]
    if (!isGone(far)) return undefined
  }
  for (let halving = 0; halving < 20; halving += 1) {
    const middle = (near + far) / 2
    if (isGone(middle)) far = middle
    else near = middle
  }
  return times(x, far)
}

function dot(a: Vector, b: Vector): number {
  return a.reduce((sum, one, i) => sum + one * (b[i] ?? 0), 0)
}

function norm(a: Vector): number {
  return Math.sqrt(dot(a, a))
}

function times(a: Vector, by: number): Vector {
  return a.map((one) => one * by)
}

function plus(a: Vector, b: Vector): Vector {
  return a.map((one, i) => one + (b[i] ?? 0))
}

function minus(a: Vector, b: Vector): Vector {
  return a.map((one, i) => one - (b[i] ?? 0))
}

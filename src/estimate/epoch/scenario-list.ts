import { logMoveOfWeight, moveOfLog } from './log-move.ts'
import type { FactorRow, GridRow, ScenarioRow } from './section.ts'

/** What the list of METHODOLOGY 4 is worked out from: published figures, so that anybody gets the same list. */
export interface ScenarioBasis {
  readonly factors: Readonly<Record<string, FactorRow>>
  /** Prices with rows of their own, in order; with the grid of their options, if there are any. */
  readonly underlyings: readonly Underlying[]
  readonly oneWeightPpm: number
}

export interface Underlying {
  readonly id: string
  readonly grid?: GridRow
}

interface Factor {
  readonly id: string
  /** x_k. */
  readonly logMove: number
  readonly loadings: readonly number[]
  readonly sign: -1 | 1
}

/** Shares of x_u, as they are shown and as they are. */
const WITHIN: readonly Step[] = [
  ['-1', -1],
  ['-2/3', -2 / 3],
  ['-1/3', -1 / 3],
  ['0', 0],
  ['+1/3', 1 / 3],
  ['+2/3', 2 / 3],
  ['+1', 1],
]
const TAILS: readonly (readonly [...Step, dampPpm: number])[] = [
  ['-3', -3, 333_333],
  ['-2', -2, 500_000],
  ['+2', 2, 500_000],
  ['+3', 3, 333_333],
]
const WHOLE = 1_000_000

type Step = readonly [label: string, steps: number]

/** Prices at which options are valued ahead of time: the underlying's own moves in all rows of its own. */
export function gridMoves(riskWeightPpm: number): readonly number[] {
  const logMove = logMoveOfWeight(riskWeightPpm)
  const steps = [...TAILS, ...WITHIN].map(([, step]) => step).sort((a, b) => a - b)
  return steps.map((step) => moveOfLog(step * logMove))
}

/** All rows but the named crashes: own moves with their tails, residuals, common moves, market-wide. */
export function scenarioList({ factors, underlyings, oneWeightPpm }: ScenarioBasis): readonly ScenarioRow[] {
  const all = Object.entries(factors).map(([id, row]) => factorOf(id, row))
  return [
    ...underlyings.flatMap((underlying) => ownRows(underlying, all)),
    ...underlyings.flatMap(({ id }) => residualRows(id, all)),
    ...commonRows(all),
    ...marketRows(all, oneWeightPpm),
  ]
}

function factorOf(id: string, { riskWeightPpm, loadingsPpm, marketFallSign }: FactorRow): Factor {
  const loadings = loadingsPpm.map((one) => one / 1e6)
  return { id, logMove: logMoveOfWeight(riskWeightPpm), loadings, sign: marketFallSign }
}

/** An underlying without options has one row a price; where the price stands still there is none, as nothing moves. */
function ownRows({ id, grid }: Underlying, all: readonly Factor[]): readonly ScenarioRow[] {
  const own = named(id, all)
  if (grid === undefined)
    return WITHIN.filter(([, step]) => step !== 0).map(([label, step]) =>
      row(`${id} ${label}`, together(own, step, all)),
    )
  const shocked = (step: number, volatilityPpm: number) =>
    withMove(together(own, step, all), `${id}/vol`, volatilityPpm)
  const within = WITHIN.flatMap(([label, step]) => [
    row(`${id} ${label}, volatility down`, shocked(step, grid.volatilityDownPpm)),
    row(`${id} ${label}`, shocked(step, 0)),
    row(`${id} ${label}, volatility up`, shocked(step, grid.volatilityUpPpm)),
  ])
  const tails = TAILS.map(([label, step, dampPpm]) => ({
    ...row(`${id} ${label}, volatility up`, shocked(step, grid.volatilityUpPpm)),
    dampPpm,
  }))
  return [...within, ...tails]
}

/** The own factor at a multiple of its x, every other at its conditional mean: that multiple of R x. */
function together(own: Factor, step: number, all: readonly Factor[]): Record<string, number> {
  return movesOf(all, (factor) => step * factor.logMove * (factor === own ? 1 : correlation(factor, own)))
}

function residualRows(id: string, all: readonly Factor[]): readonly ScenarioRow[] {
  const own = named(id, all)
  const residual = Math.sqrt(1 - own.loadings.reduce((sum, one) => sum + one * one, 0)) * own.logMove
  return [
    row(`${id} alone, down`, { [id]: moveOfLog(-residual) }),
    row(`${id} alone, up`, { [id]: moveOfLog(residual) }),
  ]
}

function commonRows(all: readonly Factor[]): readonly ScenarioRow[] {
  return [0, 1, 2, 3].flatMap((j) => {
    const along = (way: -1 | 1) => movesOf(all, ({ loadings, logMove }) => way * (loadings[j] ?? 0) * logMove)
    return [row(`common move ${j + 1}, up`, along(1)), row(`common move ${j + 1}, down`, along(-1))]
  })
}

function marketRows(all: readonly Factor[], oneWeightPpm: number): readonly ScenarioRow[] {
  const share = Math.sqrt(oneWeightPpm / 1e6)
  const along = (way: -1 | 1) => movesOf(all, ({ sign, logMove }) => way * sign * share * logMove)
  return [row('market fall', along(1)), row('market rise', along(-1))]
}

function correlation(a: Factor, b: Factor): number {
  return a.loadings.reduce((sum, one, j) => sum + one * (b.loadings[j] ?? 0), 0)
}

function movesOf(all: readonly Factor[], logMove: (factor: Factor) => number): Record<string, number> {
  const moves: Record<string, number> = {}
  for (const factor of all) {
    const move = moveOfLog(logMove(factor))
    if (move !== 0) moves[factor.id] = move
  }
  return moves
}

function withMove(moves: Readonly<Record<string, number>>, id: string, movePpm: number): Record<string, number> {
  const { [id]: _before, ...others } = moves
  return movePpm === 0 ? others : { ...others, [id]: movePpm }
}

function row(id: string, movesPpm: Readonly<Record<string, number>>): ScenarioRow {
  return { id, dampPpm: WHOLE, initialOnly: false, movesPpm }
}

function named(id: string, all: readonly Factor[]): Factor {
  const found = all.find((factor) => factor.id === id)
  if (found === undefined) throw new RangeError(`no factor is called ${id}`)
  return found
}

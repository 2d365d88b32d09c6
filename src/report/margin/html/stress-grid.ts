import type { NettingSetReport, ScenarioRow } from '../../../wire/margin-report.ts'

/** Profit and loss where one price moves by steps of its own, the other factors with it; with options at several volatilities. */
export interface StressGrid {
  /** The price that moves. */
  readonly factor: string
  /** Its moves, ascending: ratios such as `-0.113501`. */
  readonly moves: readonly string[]
  readonly rows: readonly StressGridRow[]
}

export interface StressGridRow {
  /** How volatility moves: a ratio; null for a price whose volatility matters to nothing here. */
  readonly volatility: string | null
  /** For each move the place of its scenario in the report, or undefined where there is none. */
  readonly cells: readonly (number | undefined)[]
}

interface OwnScenario {
  readonly index: number
  readonly move: string
  readonly volatility: 'up' | 'down' | 'still'
  readonly row: ScenarioRow
}

/** Named by their price and its step, such as `BTC +2/3, volatility up`: that is how an epoch names the scenarios of one price. */
const OWN = /^(.+) (?:0|[+-]\d+(?:\/\d+)?)(?:, volatility (up|down))?$/

/** A grid for each price there is an exposure to; none where the report has no scenarios of their own for it. */
export function stressGrids({ exposures, scenarios }: NettingSetReport): readonly StressGrid[] {
  const names = new Set((exposures ?? []).map(({ factor }) => factor))
  const own = new Map<string, OwnScenario[]>()
  scenarios?.forEach((row, index) => {
    const [, factor = '', volatility = 'still'] = OWN.exec(row.id) ?? []
    if (!names.has(factor)) return
    const scenario = { index, move: row.moves[factor] ?? '0.000000', volatility: asVolatility(volatility), row }
    own.set(factor, [...(own.get(factor) ?? []), scenario])
  })
  return [...own].map(([factor, list]) => gridOf(factor, list, names.has(`${factor}/vol`)))
}

function gridOf(factor: string, list: readonly OwnScenario[], hasOptions: boolean): StressGrid {
  const moves = [...new Set(list.map(({ move }) => move))].toSorted((a, b) => Number(a) - Number(b))
  if (!hasOptions) {
    const cells = moves.map((move) => {
      const same = list.filter((one) => one.move === move)
      return (same.find(({ volatility }) => volatility === 'still') ?? same[0])?.index
    })
    return { factor, moves, rows: [{ volatility: null, cells }] }
  }
  const rows = (['up', 'still', 'down'] as const).flatMap((volatility): readonly StressGridRow[] => {
    const some = list.filter((one) => one.volatility === volatility)
    const [first] = some
    if (first === undefined) return []
    const cells = moves.map((move) => some.find((one) => one.move === move)?.index)
    return [
      { volatility: volatility === 'still' ? '0.000000' : (first.row.moves[`${factor}/vol`] ?? '0.000000'), cells },
    ]
  })
  return { factor, moves, rows }
}

function asVolatility(text: string): OwnScenario['volatility'] {
  return text === 'up' || text === 'down' ? text : 'still'
}

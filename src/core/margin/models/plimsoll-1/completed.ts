import { type Move, STILL } from '../../../quantity/move.ts'
import type { FactorId } from '../../../instrument/identifier.ts'
import type { Plimsoll1Parameters, Scenario, Windows } from './parameters.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import { prepareEpoch } from './prepare-epoch.ts'

/**
 * An older epoch with the assets, contracts and factors that only a newer one knows, and how those move: in its own scenarios of
 * the same name, in the scenarios that only the newer list has, and in the latest of its windows. What it knows stays as it is.
 */
export function completed(older: PreparedEpoch, newer: PreparedEpoch): PreparedEpoch {
  return prepareEpoch(completedParameters(older.parameters, newer.parameters))
}

function completedParameters(older: Plimsoll1Parameters, newer: Plimsoll1Parameters): Plimsoll1Parameters {
  const known = older.factorModel.factors
  const isNew = (factor: FactorId) => !known.has(factor)
  return {
    ...older,
    factorModel: { ...older.factorModel, factors: withMissing(known, newer.factorModel.factors) },
    assets: withMissing(older.assets, newer.assets),
    contracts: withMissing(older.contracts, newer.contracts),
    scenarios: completedScenarios(older.scenarios, newer.scenarios, isNew),
    windows: completedWindows(older.windows, newer.windows, isNew),
  }
}

function withMissing<Key, Row>(older: ReadonlyMap<Key, Row>, newer: ReadonlyMap<Key, Row>): ReadonlyMap<Key, Row> {
  return new Map([...newer, ...older])
}

function completedScenarios(
  older: readonly Scenario[],
  newer: readonly Scenario[],
  isNew: (factor: FactorId) => boolean,
): readonly Scenario[] {
  const named = new Map(newer.map((scenario) => [scenario.id, scenario]))
  const own = new Set(older.map(({ id }) => id))
  const newMoves = ({ moves }: Scenario) => [...moves].filter(([factor]) => isNew(factor))
  const widened = older.map((scenario): Scenario => {
    const later = named.get(scenario.id)
    return later === undefined ? scenario : { ...scenario, moves: new Map([...scenario.moves, ...newMoves(later)]) }
  })
  const added = newer.flatMap((scenario): readonly Scenario[] => {
    const moves = own.has(scenario.id) ? [] : newMoves(scenario)
    return moves.length === 0 ? [] : [{ ...scenario, moves: new Map(moves) }]
  })
  return [...widened, ...added]
}

/** Windows are in order of time, so that the last of both are the latest; where the newer list is shorter, its factors stand still before. */
function completedWindows(older: Windows, newer: Windows, isNew: (factor: FactorId) => boolean): Windows {
  const added = [...newer.columns]
    .filter(([factor]) => isNew(factor))
    .map(([factor, column]): [FactorId, readonly Move[]] => [factor, latest(column, older.count)])
  return { count: older.count, columns: new Map([...older.columns, ...added]) }
}

function latest(column: readonly Move[], count: number): readonly Move[] {
  const kept = column.slice(column.length < count ? 0 : column.length - count)
  const missing = Array.from({ length: count - kept.length }, () => STILL)
  return [...missing, ...kept]
}

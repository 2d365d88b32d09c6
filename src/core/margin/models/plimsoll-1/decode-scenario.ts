import type { Move } from '../../../quantity/move.ts'
import { type FactorId, factorId, isName } from '../../../instrument/identifier.ts'
import type { FactorModel } from './factor-model.ts'
import type { Scenario, Windows } from './parameters.ts'
import { FieldError, fields, list, record } from './section-field.ts'
import { readMove, share, truth, whole } from './section-figure.ts'

/** `[{ id, dampPpm, initialOnly, movesPpm: { FACTOR: ppm } }]`, at least one, no id twice, no factor that is not in the model. */
export function scenarioList(got: unknown, at: string, model: FactorModel): readonly Scenario[] {
  const scenarios = list(got, at).map((row, i) => scenario(row, `${at}[${i}]`, model))
  const seen = new Set<string>()
  scenarios.forEach(({ id }, i) => {
    if (seen.has(id)) throw new FieldError(`${at}[${i}].id`, 'an id that no row before has', id)
    seen.add(id)
  })
  return scenarios
}

/** `{ count, columns: { FACTOR: [ppm...] } }`: from 1 to 10000 windows, each column as long. */
export function windowTable(row: unknown, at: string, model: FactorModel): Windows {
  const got = fields(row, at, ['count', 'columns'])
  whole(got.count, `${at}.count`, { from: 1, to: 10_000 })
  const count = got.count as number
  const columns = new Map<FactorId, readonly Move[]>()
  for (const [id, figures] of Object.entries(record(got.columns, `${at}.columns`)))
    columns.set(knownFactor(id, `${at}.columns`, model), column(figures, `${at}.columns.${id}`, count))
  return { count, columns }
}

/** A move of a factor that nobody weighs would be charged to nobody: more likely its name is misspelled. */
export function knownFactor(id: string, at: string, model: FactorModel): FactorId {
  const known = isName(id) ? factorId(id) : undefined
  if (known === undefined || !model.factors.has(known))
    throw new FieldError(`${at}.${id}`, 'a factor of this epoch', id)
  return known
}

function scenario(row: unknown, at: string, model: FactorModel): Scenario {
  const got = fields(row, at, ['id', 'dampPpm', 'initialOnly', 'movesPpm'])
  const { id } = got
  if (typeof id !== 'string' || id === '') throw new FieldError(`${at}.id`, 'a name of the row', id)
  const damp = share(got.dampPpm, `${at}.dampPpm`)
  const initialOnly = truth(got.initialOnly, `${at}.initialOnly`)
  const moves = new Map<FactorId, Move>()
  for (const [factor, figure] of Object.entries(record(got.movesPpm, `${at}.movesPpm`)))
    moves.set(knownFactor(factor, `${at}.movesPpm`, model), readMove(figure, `${at}.movesPpm.${factor}`))
  return { id, damp, initialOnly, moves }
}

/** There may be a million figures: none is named by its place, which would be a text for each. */
function column(got: unknown, at: string, count: number): readonly Move[] {
  if (!Array.isArray(got) || got.length !== count)
    throw new FieldError(at, `a list of ${count} moves, one a window`, got)
  return list(got, at).map((figure) => readMove(figure, at))
}

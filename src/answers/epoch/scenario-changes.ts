import type { ScenarioRow } from '../../estimate/epoch/section.ts'
import type {
  ColumnSummary,
  ScenarioChange,
  ScenarioChanges,
  WindowChanges,
  WindowColumnChange,
} from '../../wire/epoch-report.ts'
import type { PublishedSection } from './open-epoch.ts'

type Maybe = PublishedSection | undefined

/** Rows of the scenario lists that came, went or move otherwise; a row is known by its id. */
export function scenarioChanges(before: Maybe, after: Maybe): ScenarioChanges {
  const [old, now] = [before?.scenarios ?? [], after?.scenarios ?? []]
  const [oldById, nowById] = [byId(old), byId(now)]
  return {
    before: old.length,
    after: now.length,
    added: now.filter(({ id }) => !oldById.has(id)).map(({ id }) => id),
    removed: old.filter(({ id }) => !nowById.has(id)).map(({ id }) => id),
    changed: old.flatMap((row) => changedRow(row, nowById.get(row.id))),
  }
}

/** Columns of the windows that came, went or hold other moves. */
export function windowChanges(before: Maybe, after: Maybe): WindowChanges {
  const [old, now] = [columnsOf(before), columnsOf(after)]
  return {
    before: before?.windows.count ?? 0,
    after: after?.windows.count ?? 0,
    added: [...now.keys()].filter((factor) => !old.has(factor)),
    removed: [...old.keys()].filter((factor) => !now.has(factor)),
    changed: [...old].flatMap(([factor, column]) => changedColumn(factor, column, now.get(factor))),
  }
}

function byId(rows: readonly ScenarioRow[]): ReadonlyMap<string, ScenarioRow> {
  return new Map(rows.map((row) => [row.id, row]))
}

function changedRow(old: ScenarioRow, now: ScenarioRow | undefined): readonly ScenarioChange[] {
  if (now === undefined) return []
  const [from, to] = [new Map(Object.entries(old.movesPpm)), new Map(Object.entries(now.movesPpm))]
  const moves = [...new Set([...from.keys(), ...to.keys()])]
    .map((factor) => ({ factor, beforePpm: from.get(factor) ?? 0, afterPpm: to.get(factor) ?? 0 }))
    .filter(({ beforePpm, afterPpm }) => beforePpm !== afterPpm)
    .toSorted((a, b) => Math.abs(b.afterPpm - b.beforePpm) - Math.abs(a.afterPpm - a.beforePpm))
  const dampPpm = old.dampPpm === now.dampPpm ? null : { before: old.dampPpm, after: now.dampPpm }
  const initialOnly = old.initialOnly === now.initialOnly ? null : { before: old.initialOnly, after: now.initialOnly }
  if (moves.length === 0 && dampPpm === null && initialOnly === null) return []
  return [{ id: old.id, dampPpm, initialOnly, moves: moves.length, largest: moves[0] ?? null }]
}

function columnsOf(section: Maybe): ReadonlyMap<string, readonly number[]> {
  return new Map(Object.entries(section?.windows.columns ?? {}))
}

function changedColumn(
  factor: string,
  old: readonly number[],
  now: readonly number[] | undefined,
): readonly WindowColumnChange[] {
  if (now === undefined || (old.length === now.length && old.every((move, i) => move === now[i]))) return []
  return [{ factor, before: summaryOf(old), after: summaryOf(now) }]
}

/** There is at least one window. */
function summaryOf(column: readonly number[]): ColumnSummary {
  const squares = column.reduce((sum, move) => sum + move * move, 0)
  const [lowestPpm, highestPpm] = column.reduce(
    ([low, high], move) => [Math.min(low, move), Math.max(high, move)],
    [Infinity, -Infinity],
  )
  return { deviationPpm: Math.round(Math.sqrt(squares / column.length)), lowestPpm, highestPpm }
}

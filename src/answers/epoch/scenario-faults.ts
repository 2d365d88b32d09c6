import { scenarioList, type Underlying } from '../../estimate/epoch/scenario-list.ts'
import type { ScenarioRow } from '../../estimate/epoch/section.ts'
import type { EpochCheck, EpochFault } from '../../wire/epoch-report.ts'
import { houseField } from './field-text.ts'
import type { PublishedSection } from './open-epoch.ts'

/** In the last digit of exp two machines may differ, and with it the rounding to a whole ppm. */
export const ALLOWED_PPM = 1

interface Placed {
  readonly row: ScenarioRow
  readonly index: number
}

/**
 * Every row but the named crashes against the list that METHODOLOGY 4 gives for the section's own factors: the same rows in the same
 * order, the same damp and side, every move within 1 ppm. Underlyings may come in any order, as a document with sorted keys loses theirs.
 */
export function scenarioCheck(section: PublishedSection): EpochCheck {
  const derived = derivedRows(section)
  const placed = placedRows(section)
  const known = new Set(derived.map(({ id }) => id))
  const missing = derived.filter(({ id }) => !placed.has(id)).map(missingFault)
  const strangers = [...placed.values()].filter(({ row }) => !known.has(row.id) && !row.initialOnly).map(strangerFault)
  const order = missing.length + strangers.length > 0 ? [] : orderFaults(section, derived)
  const compared = derived.map((row) => comparedRow(row, placed.get(row.id)))
  return {
    id: 'scenarios',
    compared: compared.reduce((sum, { figures }) => sum + figures, 0),
    faults: [...missing, ...strangers, ...order, ...compared.flatMap(({ faults }) => faults)],
  }
}

/** What is named by no rule is a named crash: it comes after all others. */
export function namedCrashCheck(section: PublishedSection): EpochCheck {
  const known = new Set(derivedRows(section).map(({ id }) => id))
  const crashes = namedCrashes(section)
  const last = section.scenarios.findLastIndex(({ id }) => known.has(id))
  const early = section.scenarios.flatMap(({ id, initialOnly }, index) =>
    initialOnly && !known.has(id) && index < last ? [{ id, index }] : [],
  )
  const faults = early.map(({ id, index }) => ({
    field: houseField('scenarios', index, 'id'),
    row: id,
    expected: `named crashes after row ${last}, the last of the others`,
    got: JSON.stringify(id),
  }))
  return { id: 'namedCrashes', compared: crashes.length, faults }
}

/** Rows for the initial side alone. */
export function namedCrashes({ scenarios }: PublishedSection): readonly ScenarioRow[] {
  return scenarios.filter(({ initialOnly }) => initialOnly)
}

function derivedRows(section: PublishedSection): readonly ScenarioRow[] {
  const { factors, oneWeightPpm } = section
  const underlyings = underlyingsOf(section)
  const byKey = scenarioList({ factors, underlyings, oneWeightPpm })
  const places = placedRows(section)
  const place = ({ id }: Underlying) => {
    const first = byKey.find((row) => row.id.startsWith(`${id} `))
    return (first === undefined ? undefined : places.get(first.id)?.index) ?? section.scenarios.length
  }
  const ranked = underlyings.map((one) => ({ one, rank: place(one) })).toSorted((a, b) => a.rank - b.rank)
  return scenarioList({ factors, underlyings: ranked.map(({ one }) => one), oneWeightPpm })
}

/** What stands for itself has rows of its own; with three volatilities if there are options on it. */
function underlyingsOf({ assets, contracts }: PublishedSection): readonly Underlying[] {
  const grids = new Map(Object.entries(contracts).map(([id, { option }]) => [id, option?.grid]))
  return Object.entries(assets)
    .filter(([, { claim }]) => claim === undefined)
    .map(([id]) => {
      const grid = grids.get(id)
      return grid === undefined ? { id } : { id, grid }
    })
}

function placedRows({ scenarios }: PublishedSection): ReadonlyMap<string, Placed> {
  return new Map(scenarios.map((row, index) => [row.id, { row, index }]))
}

function missingFault({ id }: ScenarioRow): EpochFault {
  return { field: houseField('scenarios'), row: id, expected: `a row ${JSON.stringify(id)}`, got: 'nothing' }
}

function strangerFault({ row, index }: Placed): EpochFault {
  return {
    field: houseField('scenarios', index, 'id'),
    row: row.id,
    expected: 'a row of the published list, or one for the initial side alone',
    got: JSON.stringify(row.id),
  }
}

/** The first row that stands elsewhere: those after it would all be told of. */
function orderFaults({ scenarios }: PublishedSection, derived: readonly ScenarioRow[]): readonly EpochFault[] {
  const known = new Set(derived.map(({ id }) => id))
  const found = scenarios.flatMap(({ id }, index) => (known.has(id) ? [{ id, index }] : []))
  const at = found.findIndex(({ id }, i) => id !== derived[i]?.id)
  const [first, wanted] = [found[at], derived[at]]
  if (first === undefined || wanted === undefined) return []
  const field = houseField('scenarios', first.index, 'id')
  return [{ field, row: first.id, expected: JSON.stringify(wanted.id), got: JSON.stringify(first.id) }]
}

function comparedRow(
  wanted: ScenarioRow,
  placed: Placed | undefined,
): { readonly figures: number; readonly faults: readonly EpochFault[] } {
  if (placed === undefined) return { figures: 0, faults: [] }
  const { row, index } = placed
  const [expected, got] = [new Map(Object.entries(wanted.movesPpm)), new Map(Object.entries(row.movesPpm))]
  const factors = [...new Set([...expected.keys(), ...got.keys()])]
  const moves = factors.flatMap((factor) => {
    const [a, b] = [expected.get(factor) ?? 0, got.get(factor) ?? 0]
    if (Math.abs(a - b) <= ALLOWED_PPM) return []
    return [{ field: houseField('scenarios', index, 'movesPpm', factor), row: row.id, expected: `${a}`, got: `${b}` }]
  })
  const terms = (['dampPpm', 'initialOnly'] as const).flatMap((name) =>
    row[name] === wanted[name]
      ? []
      : [
          {
            field: houseField('scenarios', index, name),
            row: row.id,
            expected: `${wanted[name]}`,
            got: `${row[name]}`,
          },
        ],
  )
  return { figures: factors.length + 2, faults: [...terms, ...moves] }
}

import { adoptedEpoch, adoptedRisk } from '../../src/core/clearing/adopted-epoch.ts'
import type { ReadonlyState, State } from '../../src/core/clearing/state.ts'

/**
 * A copy of a state that shares nothing with it and whose every Map, at every depth, is in reversed order: what a snapshot may
 * do to a state. Whatever depends on the order of a Map comes out differently from here on.
 */
export function reversedCopy(state: ReadonlyState): State {
  const { risk, assets, markets, volatilities, assetBooks, accounts, answers, ...scalars } = state
  const tables = { assets, markets, volatilities, assetBooks, accounts, answers }
  return {
    ...scalars,
    ...(reversed(structuredClone(tables)) as Pick<State, keyof typeof tables>),
    risk: risk === undefined ? undefined : adoptedRisk(structuredClone(adoptedEpoch(risk))),
  }
}

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Map) return new Map([...value].reverse().map(([key, row]) => [key, reversed(row)]))
  if (Array.isArray(value)) return value.map(reversed)
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, reversed(field)]))
}

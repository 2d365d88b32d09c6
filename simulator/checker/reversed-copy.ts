import { type ReadonlyState, readRisk, type State } from '../../src/core/clearing/state.ts'

/**
 * A copy of a state that shares nothing with it and whose every Map, at every depth, is in reversed order: what a snapshot may
 * do to a state. Whatever depends on the order of a Map comes out differently from here on.
 */
export function reversedCopy(state: ReadonlyState): State {
  const { risk, assets, markets, volatilities, assetBooks, accounts, answers, ...scalars } = state
  const tables = { assets, markets, volatilities, assetBooks, accounts, answers }
  const reading = risk === undefined ? undefined : readRisk(structuredClone(risk.epoch))
  return {
    ...scalars,
    ...(reversed(structuredClone(tables)) as Pick<State, keyof typeof tables>),
    risk: reading?.ok === true ? reading.risk : undefined,
  }
}

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Map) return new Map([...value].reverse().map(([key, row]) => [key, reversed(row)]))
  if (Array.isArray(value)) return value.map(reversed)
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, reversed(field)]))
}

import { createHash } from 'node:crypto'
import { compareNames } from '../core/instrument/identifier.ts'
import { type AdoptedEpoch, adoptedEpoch, adoptedRisk } from '../core/clearing/adopted-epoch.ts'
import type { ReadonlyState, State } from '../core/clearing/state.ts'

/**
 * Canonical text of a state: JSON with sorted keys in which a bigint is "#atoms", a Map is {"~": [[key, row], ...]} sorted by
 * key, and other strings that start with # or ~ carry one more ~. Two equal states have one text, whatever order they grew in.
 */
export function encodeState(state: ReadonlyState): string {
  return [...stateChunks(state)].join('')
}

/** sha256 of the canonical text, in hex; computed account by account, without building the text. */
export function stateHash(state: ReadonlyState): string {
  const hash = createHash('sha256')
  for (const chunk of stateChunks(state)) hash.update(chunk)
  return hash.digest('hex')
}

/** The state of a canonical text. Throws SyntaxError or RangeError for a text that `encodeState` did not write. */
export function decodeState(text: string): State {
  const plain = decoded(JSON.parse(text)) as Omit<State, 'risk'> & Partial<AdoptedEpoch>
  const { epoch, ramp, ...state } = plain
  return { ...state, risk: epoch === undefined ? undefined : adoptedRisk({ epoch, ramp }) }
}

function* stateChunks(state: ReadonlyState): Generator<string> {
  const { risk, accounts, answers, assetBooks, assets, markets, protocolVersion, sequence, time, volatilities } = state
  yield `{"accounts":`
  yield* tableChunks(accounts)
  yield `,"answers":`
  yield* tableChunks(answers)
  yield `,"assetBooks":`
  yield* tableChunks(assetBooks)
  yield `,"assets":`
  yield* tableChunks(assets)
  const adopted = risk === undefined ? undefined : adoptedEpoch(risk)
  if (adopted !== undefined) yield `,"epoch":${canonical(adopted.epoch)}`
  yield `,"markets":`
  yield* tableChunks(markets)
  yield `,"protocolVersion":${protocolVersion}`
  if (adopted?.ramp !== undefined) yield `,"ramp":${canonical(adopted.ramp)}`
  yield `,"sequence":${sequence},"time":${time},"volatilities":`
  yield* tableChunks(volatilities)
  yield '}'
}

function* tableChunks(table: { entries(): IterableIterator<[string, unknown]> }): Generator<string> {
  let separator = '{"~":['
  const rows = [...table.entries()].sort(([a], [b]) => compareNames(a, b))
  for (const [key, row] of rows) {
    yield `${separator}[${canonical(key)},${canonical(row)}]`
    separator = ','
  }
  yield rows.length === 0 ? '{"~":[]}' : ']}'
}

function canonical(value: unknown): string {
  if (typeof value === 'bigint') return `"#${value}"`
  if (typeof value === 'string') return JSON.stringify(/^[#~]/.test(value) ? `~${value}` : value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (value instanceof Map) {
    const rows = [...(value as ReadonlyMap<string | number, unknown>)].sort(([a], [b]) => compareKeys(a, b))
    return `{"~":[${rows.map(([key, row]) => `[${canonical(key)},${canonical(row)}]`).join(',')}]}`
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  fields.sort(([a], [b]) => compareNames(a, b))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
}

function compareKeys(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareNames(String(a), String(b))
}

function decoded(json: unknown): unknown {
  if (typeof json === 'string')
    return json.startsWith('#') ? BigInt(json.slice(1)) : json.startsWith('~') ? json.slice(1) : json
  if (typeof json !== 'object' || json === null) return json
  if (Array.isArray(json)) return json.map(decoded)
  const entries = Object.entries(json)
  const rows = entries.length === 1 && entries[0]?.[0] === '~' ? entries[0][1] : undefined
  if (Array.isArray(rows)) return new Map(rows.map(([key, row]: [unknown, unknown]) => [decoded(key), decoded(row)]))
  return Object.fromEntries(entries.map(([name, field]) => [name, decoded(field)]))
}

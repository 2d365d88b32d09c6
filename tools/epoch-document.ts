import { assetId, marketId } from '../src/core/instrument/identifier.ts'
import { buildSection } from '../src/estimate/epoch/build-section.ts'
import { simulateWindows } from '../src/estimate/epoch/simulate-windows.ts'
import { randomFrom } from '../src/replay/population/random.ts'
import { standardSection } from '../src/replay/run/standard-section.ts'
import { PROVISIONAL } from './epoch-table.ts'

export const PROVISIONAL_ID = 'provisional-2026-11'

const SEED = 202_611
const WINDOWS = 1_500
const DRAWS = 2 ** 32
const SETTLEMENT = assetId('USDT')

/** Text of `epochs/provisional-2026-11.json`, the same each time: an epoch as the command `adoptEpoch` takes it. */
export function provisionalEpochText(): string {
  const simulated = new Map(Object.entries(PROVISIONAL.factors).filter(([id]) => !id.includes('/basis/')))
  const random = randomFrom(SEED)
  const windows = simulateWindows(simulated, WINDOWS / 2, () => (random.below(DRAWS) + 0.5) / DRAWS)
  const section = buildSection({ ...PROVISIONAL, windows: withMirrorImages(windows) })
  const perpetuals = Object.keys(section.contracts).map((id) => ({
    id: marketId(`${id}-PERP`),
    underlying: assetId(id),
  }))
  const epoch = {
    id: PROVISIONAL_ID,
    model: 'plimsoll-1',
    sections: {
      'plimsoll-1': section,
      standard: standardSection(Object.keys(section.assets).map(assetId), SETTLEMENT, perpetuals),
    },
    liquidation: { bufferPpm: 100_000, penaltyPpm: 5_000 },
  }
  return `${laidOut(epoch, 0)}\n`
}

/** Every window and its opposite: a draw of a few hundred crashes would otherwise favour one side. */
function withMirrorImages(windows: Readonly<Record<string, readonly number[]>>): Record<string, readonly number[]> {
  const columns = Object.entries(windows)
  return Object.fromEntries(columns.map(([id, returns]) => [id, [...returns, ...returns.map((one) => -one)]]))
}

/** A line for each factor, asset, scenario and column of windows, so that a change shows where it is. */
function laidOut(json: unknown, depth: number): string {
  const line = JSON.stringify(json)
  if (typeof json !== 'object' || json === null || isRow(json)) return line
  if (depth >= ROWS_FROM && line.length <= LONGEST_LINE) return line
  const isList = Array.isArray(json)
  const entries = Object.entries(json).map(([name, part]) => {
    const text = laidOut(part, depth + 1)
    return isList ? text : `${JSON.stringify(name)}:${text}`
  })
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  return `${open}\n${entries.join(',\n')}\n${close}`
}

/** Nothing in it is an object: figures and texts. */
function isRow(json: object): boolean {
  return Object.values(json).every((part) => typeof part !== 'object')
}

/** Epoch, sections, section, table: from there on a row. */
const ROWS_FROM = 4
const LONGEST_LINE = 4_000

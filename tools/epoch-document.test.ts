import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assetId } from '../src/core/instrument/identifier.ts'
import { decodePlimsoll1 } from '../src/core/margin/models/plimsoll-1/decode-parameters.ts'
import { decodeStandard } from '../src/core/margin/models/standard/parameters.ts'
import { epochHash } from '../src/journal/epoch-hash.ts'
import { venueOf } from '../src/replay/run/venue.ts'
import { decodeCommand } from '../src/wire/decode.ts'
import { provisionalEpochText } from './epoch-document.ts'

const ROOT = join(import.meta.dirname, '..')
const TAPES = globSync('scenarios/*.csv', { cwd: ROOT }).sort()
const text = readFileSync(join(ROOT, 'epochs/provisional-2026-11.json'), 'utf8')
const epoch = JSON.parse(text)

function parameters() {
  const decoded = decodePlimsoll1(epoch.sections['plimsoll-1'])
  if (!decoded.ok) throw new Error(`${decoded.field}: expected ${decoded.expected}, found ${decoded.found}`)
  return decoded.parameters
}

/** Symbols of a line of a tape's header, such as `# spot: BTC,ETH`. */
function symbols(tape: string, key: string): ReturnType<typeof assetId>[] {
  const line = new RegExp(`^# ${key}: (.*)$`, 'm').exec(readFileSync(join(ROOT, tape), 'utf8'))
  if (line?.[1] === undefined) throw new Error(`${tape} has no line ${key}`)
  return line[1].split(',').map(assetId)
}

test('the committed epoch is what tools/make-epoch.ts writes', () => {
  expect(text === provisionalEpochText(), 'run: node tools/make-epoch.ts').toBe(true)
})

test('it is small, and says of itself what it is not', () => {
  expect(text.length).toBeLessThan(400_000)
  const { source } = epoch.sections['plimsoll-1']
  expect(source).toContain('hand-written, not calibrated')
  expect(source).toContain('windows simulated')
  expect(source).toContain('never use it for money')
})

test('a venue can adopt it, and both models can read their section', () => {
  expect(decodeCommand({ type: 'adoptEpoch', epoch })).toMatchObject({ ok: true })
  expect(epoch.model).toBe('plimsoll-1')
  expect(decodeStandard(epoch.sections.standard)).toMatchObject({ ok: true })
  expect(parameters().windows.count).toBe(1_500)
})

/** Canonical JSON by another way than the encoder's: keys sorted, then the language's own. */
function sorted(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json
  if (Array.isArray(json)) return json.map(sorted)
  const fields = Object.entries(json).map(([name, part]) => [name, sorted(part)] as const)
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)))
}

test('its hash is that of its canonical JSON, and is printed beside it', () => {
  const decoded = decodeCommand({ type: 'adoptEpoch', epoch })
  if (!decoded.ok || decoded.decoded.type !== 'adoptEpoch') throw new Error('it is no epoch')
  const expected = createHash('sha256')
    .update(JSON.stringify(sorted(epoch)))
    .digest('hex')
  expect(epochHash(decoded.decoded.epoch)).toBe(`sha256:${expected}`)
  expect(readFileSync(join(ROOT, 'epochs/README.md'), 'utf8')).toContain(`sha256:${expected}`)
})

test.each(TAPES)('covers every asset and perpetual of %s', (tape) => {
  const [settlement] = symbols(tape, 'settlement')
  if (settlement === undefined) throw new Error(`${tape} settles in nothing`)
  const header = { id: tape, title: '', settlement, intervalMs: 3_600_000, sources: [], notes: [] }
  const venue = venueOf({ ...header, spot: symbols(tape, 'spot'), perpetualMarks: symbols(tape, 'perp') }, 'plimsoll-1')
  const { assets, contracts } = parameters()
  expect(venue.assets.map(({ id }) => id).filter((id) => !assets.has(id))).toEqual([])
  expect(venue.perpetuals.filter(({ underlying }) => contracts.get(underlying)?.perpetual === undefined)).toEqual([])
  const { standard } = epoch.sections
  expect(venue.assets.filter(({ id }) => standard.assets[id] === undefined)).toEqual([])
  expect(venue.perpetuals.filter(({ id }) => standard.markets[id] === undefined)).toEqual([])
})

test('what collapsed in 2022 earns no offset, the rest does', () => {
  const { factors } = parameters().factorModel
  const without = [...factors].filter(([, { earnsOffset }]) => !earnsOffset).map(([id]) => id)
  const collapsed = ['FTT', 'LUNA', 'UST']
  expect(without.filter((id) => !collapsed.includes(id.split('/')[0] ?? ''))).toEqual([])
  expect(without).toEqual(expect.arrayContaining(collapsed))
})

test('options on BTC, ETH and SOL have grids of eleven prices, and every price of their own rows is one of them', () => {
  const { contracts, scenarios } = parameters()
  const withOptions = [...contracts].filter(([, { option }]) => option !== undefined).map(([id]) => id)
  expect(withOptions).toEqual(['BTC', 'ETH', 'SOL'])
  for (const id of withOptions) {
    const nodes = contracts.get(id)?.option?.grid.priceMoves ?? []
    expect(nodes).toHaveLength(11)
    const own = scenarios.filter((row) => new RegExp(`^${id} [-+0]`).test(row.id))
    expect(own).toHaveLength(25)
    const moves = own.map((row) => [...row.moves].find(([factor]) => String(factor) === String(id))?.[1] ?? 0n)
    expect(moves.filter((move) => !nodes.some((node) => node === move))).toEqual([])
  }
})

test('correlations of prices are those of a crypto market: ether with bitcoin 0.75 to 0.85, other coins 0.4 to 0.8', () => {
  const { factors } = epoch.sections['plimsoll-1']
  const withBitcoin = (id: string) =>
    factors[id].loadingsPpm.reduce((sum: number, one: number, j: number) => sum + one * factors.BTC.loadingsPpm[j], 0) /
    1e12
  expect(withBitcoin('ETH')).toBeGreaterThan(0.75)
  expect(withBitcoin('ETH')).toBeLessThan(0.85)
  for (const id of ['SOL', 'BNB', 'XRP', 'DOGE', 'AVAX', 'LINK', 'ADA', 'LTC', 'BCH', 'XLM']) {
    expect([id, withBitcoin(id) > 0.4 && withBitcoin(id) < 0.8]).toEqual([id, true])
  }
})

test('its windows have the spread of the daily sigma that depths are charged with', () => {
  const { assets, windows } = epoch.sections['plimsoll-1']
  for (const id of ['BTC', 'ETH', 'DOGE']) {
    const squares = windows.columns[id].map((move: number) => Math.log(1 + move / 1e6) ** 2)
    const sigma = Math.sqrt(squares.reduce((sum: number, one: number) => sum + one, 0) / squares.length)
    // A fourth moment that is not finite makes a sample's variance uncertain: within a fifth.
    expect(Math.abs(sigma / (assets[id].depth.dailyVolatilityPpm / 1e6) - 1)).toBeLessThan(0.2)
  }
})

test('its windows favour no side: each has its opposite, in log returns', () => {
  const { columns } = epoch.sections['plimsoll-1'].windows
  for (const column of Object.values<number[]>(columns)) {
    const half = column.slice(0, 750)
    const logs = half.map((move, i) => Math.log(1 + move / 1e6) + Math.log(1 + (column[750 + i] ?? 0) / 1e6))
    // Each move is rounded by half a ppm at most, and none here is below -60%.
    expect(Math.max(...logs.map(Math.abs))).toBeLessThan(3e-6)
  }
})

import { expect, test } from 'vitest'
import { decodePlimsoll1 } from '../../core/margin/models/plimsoll-1/decode-parameters.ts'
import { buildSection } from './build-section.ts'
import type { ScenarioRow } from './section.ts'
import { TWO_COINS } from './two-coins.test-data.ts'

const section = buildSection(TWO_COINS)

function scenario(id: string): ScenarioRow {
  const found = section.scenarios.filter((row) => row.id === id)
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} rows are called ${id}`)
  return found[0]
}

/** base^power - 1 in ppm: exp(power ln base) - 1, by another way than through logarithms of the code. */
function grown(base: number, power: number): number {
  return Math.round((base ** power - 1) * 1e6)
}

test('the model reads what is built', () => {
  expect(decodePlimsoll1(JSON.parse(JSON.stringify(section)))).toMatchObject({ ok: true })
})

test('factors: a log move of ln 1.25 is a risk weight of 1 - 1/1.25', () => {
  const { A, B, 'A/vol': volatility, 'A/basis/perpetual': basis } = section.factors
  expect(A).toEqual({
    riskWeightPpm: 200_000,
    loadingsPpm: [800_000, 200_000, 0, 0],
    marketFallSign: -1,
    earnsOffset: true,
  })
  expect([B?.riskWeightPpm, volatility?.riskWeightPpm]).toEqual([500_000, 333_333])
  expect([volatility?.marketFallSign, basis?.earnsOffset]).toEqual([1, false])
})

test('own rows: a price at thirds of its x by three volatilities, the others at their conditional means', () => {
  const ids = section.scenarios.map(({ id }) => id).filter((id) => /^A [-+0]/.test(id))
  // Seven prices by three volatilities, and four tails.
  expect(ids).toHaveLength(7 * 3 + 4)
  // B: correlation 0.58 of x = ln 2.
  expect(scenario('A +2/3').movesPpm).toEqual({ A: grown(1.25, 2 / 3), B: grown(2, (0.58 * 2) / 3) })
  expect(scenario('A -1').movesPpm).toEqual({ A: -200_000, B: grown(2, -0.58) })
  expect(scenario('A +1').movesPpm).toEqual({ A: 250_000, B: grown(2, 0.58) })
  expect(scenario('A 0').movesPpm).toEqual({})
})

test('own rows: the own volatility moves as the grid does, not at its conditional mean', () => {
  expect(scenario('A 0, volatility up').movesPpm).toEqual({ 'A/vol': 500_000 })
  expect(scenario('A 0, volatility down').movesPpm).toEqual({ 'A/vol': -250_000 })
  const others = { A: grown(1.25, -1 / 3), B: grown(2, -0.58 / 3) }
  expect(scenario('A -1/3, volatility up').movesPpm).toEqual({ ...others, 'A/vol': 500_000 })
  expect(scenario('A -1/3, volatility down').movesPpm).toEqual({ ...others, 'A/vol': -250_000 })
})

test('own rows of what has no options: prices alone, and the volatility of others at its conditional mean', () => {
  const ids = section.scenarios.map(({ id }) => id).filter((id) => /^B [-+0]/.test(id))
  expect(ids).toEqual(['B -1', 'B -2/3', 'B -1/3', 'B +1/3', 'B +2/3', 'B +1'])
  // A/vol with B: -0.4 * 0.6 = -0.24 of x = ln 1.5.
  expect(scenario('B +1').movesPpm).toEqual({ A: grown(1.25, 0.58), B: 1_000_000, 'A/vol': grown(1.5, -0.24) })
})

test('tails: two and three times the own move, volatility up, damped to a half and a third', () => {
  const tails = section.scenarios.filter(({ dampPpm, initialOnly }) => dampPpm < 1_000_000 && !initialOnly)
  expect(tails.map(({ id, dampPpm }) => [id, dampPpm])).toEqual([
    ['A -3, volatility up', 333_333],
    ['A -2, volatility up', 500_000],
    ['A +2, volatility up', 500_000],
    ['A +3, volatility up', 333_333],
  ])
  // 1.25^3 = 1.953125; 2^1.74.
  expect(scenario('A +3, volatility up').movesPpm).toEqual({ A: 953_125, B: grown(2, 1.74), 'A/vol': 500_000 })
  expect(scenario('A -2, volatility up').movesPpm).toEqual({ A: -360_000, B: grown(2, -1.16), 'A/vol': 500_000 })
})

test('residual rows: what the loadings leave of the own move, the others still', () => {
  // D = 1 - 0.64 - 0.04 = 0.32 for A, 1 - 0.36 - 0.25 = 0.39 for B.
  expect(scenario('A alone, up').movesPpm).toEqual({ A: grown(1.25, 0.32 ** 0.5) })
  expect(scenario('A alone, down').movesPpm).toEqual({ A: grown(1.25, -(0.32 ** 0.5)) })
  expect(scenario('B alone, up').movesPpm).toEqual({ B: grown(2, 0.39 ** 0.5) })
  expect(section.scenarios.filter(({ id }) => id.includes('alone'))).toHaveLength(4)
})

test('common moves: every factor at its loading, both ways', () => {
  const up = { A: grown(1.25, 0.8), B: grown(2, 0.6), 'A/vol': grown(1.5, -0.4) }
  expect(scenario('common move 1, up').movesPpm).toEqual(up)
  const down = { A: grown(1.25, -0.8), B: grown(2, -0.6), 'A/vol': grown(1.5, 0.4) }
  expect(scenario('common move 1, down').movesPpm).toEqual(down)
  expect(scenario('common move 4, up').movesPpm).toEqual({ 'A/vol': grown(1.5, 0.7) })
  expect(section.scenarios.filter(({ id }) => id.startsWith('common'))).toHaveLength(8)
})

test('market-wide: every factor by its sign, at the root of w_one, a half here', () => {
  // Of basis and peg the risk weight is 9950 ppm (1 - e^-0.01 = 0.00995017), and the move half of -ln(1 - 0.00995).
  const half = grown(1 - 0.00995, 0.5)
  expect(scenario('market fall').movesPpm).toEqual({
    A: grown(1.25, -0.5),
    B: grown(2, -0.5),
    'A/vol': grown(1.5, 0.5),
    'A/basis/perpetual': half,
    'C/peg': half,
  })
  expect(scenario('market rise').movesPpm).toMatchObject({ A: grown(1.25, 0.5), 'A/vol': grown(1.5, -0.5) })
})

test('named crashes: their own returns, on the initial side only; nothing else is', () => {
  expect(section.scenarios.filter(({ initialOnly }) => initialOnly)).toEqual([
    { id: 'crash', dampPpm: 500_000, initialOnly: true, movesPpm: { A: -400_000, B: -500_000 } },
  ])
})

test('option grids: the price moves of the own rows and of the tails, exactly', () => {
  const { grid } = section.contracts['A']?.option ?? { grid: undefined }
  expect(grid).toMatchObject({ volatilityDownPpm: -250_000, volatilityUpPpm: 500_000, volatilityFloor: '0.3' })
  const powers = [-3, -2, -1, -2 / 3, -1 / 3, 0, 1 / 3, 2 / 3, 1, 2, 3]
  expect(grid?.priceMovesPpm).toEqual(powers.map((power) => grown(1.25, power)))
  const own = section.scenarios.filter(({ id }) => /^A [-+0]/.test(id)).map(({ movesPpm }) => movesPpm['A'] ?? 0)
  expect([...new Set(own)].sort((a, b) => a - b)).toEqual(grid?.priceMovesPpm)
})

test('windows: rescaled to the sigma of today, then exponentiated', () => {
  // e^-0.1 = 0.904837418, e^0.15 = 1.161834243; e^0.06 = 1.061836547, e^-0.06 = 0.941764534.
  expect(section.windows).toEqual({ count: 3, columns: { A: [-95_163, 0, 161_834], 'A/vol': [61_837, 0, -58_235] } })
})

test('assets and contracts: ppm, units, and the volatility of what they move with', () => {
  const { A, B, C } = section.assets
  expect(A).toEqual({
    isCollateral: true,
    jumpClass: 'major',
    depth: { halfSpreadPpm: 200, impactFactorPpm: 1_000_000, dailyVolatilityPpm: 50_000, dailyVolumeUnits: '1000' },
    concentration: { freeUnits: '500', surchargePpm: 50_000 },
  })
  expect([B?.isCollateral, B?.jumpClass]).toEqual([false, 'other'])
  expect(C?.claim).toEqual({ reference: 'B', betaPpm: 900_000, maintenanceSlipPpm: 50_000, initialSlipPpm: 100_000 })
  // A claim is as volatile as its reference.
  expect(C?.depth.dailyVolatilityPpm).toBe(100_000)
  const { perpetual, future, option } = section.contracts['A'] ?? {}
  expect([perpetual?.dailyVolatilityPpm, option?.depth.halfSpreadPpm, option?.minimumPpm]).toEqual([
    50_000, 10_000, 5_000,
  ])
  expect(future).toBeUndefined()
})

test('a claim on the unit of account is as volatile as its peg', () => {
  const { C, ...others } = TWO_COINS.assets
  if (C?.claim === undefined) throw new Error('C is a claim')
  const { reference: _none, ...claim } = C.claim
  const built = buildSection({ ...TWO_COINS, assets: { ...others, C: { ...C, claim } } })
  expect(built.assets['C']?.depth.dailyVolatilityPpm).toBe(1_000)
})

test('a factor that is not described is named', () => {
  const { B: _none, ...factors } = TWO_COINS.factors
  expect(() => buildSection({ ...TWO_COINS, factors })).toThrow(new RangeError('no factor is called B'))
})

test('a risk weight of one moves by x = 3: e^3 - 1', () => {
  const { A, ...others } = TWO_COINS.factors
  if (A === undefined) throw new Error('A is described')
  const built = buildSection({ ...TWO_COINS, factors: { A: { ...A, logMove: Infinity }, ...others } })
  // e^3 = 20.0855369232
  expect(built.scenarios.find(({ id }) => id === 'A +1')?.movesPpm['A']).toBe(19_085_537)
  expect(built.factors['A']?.riskWeightPpm).toBe(1_000_000)
})

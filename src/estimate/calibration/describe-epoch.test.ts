import { describe, expect, test } from 'vitest'
import { type CalibratedPast, describeEpoch } from './describe-epoch.ts'
import { factorOf } from './drawn-factors.test-data.ts'
import { knownOf, stateOf } from './known-factors.test-data.ts'

const DAYS = 100
const flat = Array.from({ length: DAYS }, () => 0)
const NONE = Number.NaN

/** Factors by id, each with what it trades a day and what is said of it otherwise. */
function past(
  factors: readonly (readonly [id: string, volumeUsd?: number, changed?: Parameters<typeof stateOf>[1]])[],
  changed: Partial<CalibratedPast> = {},
): CalibratedPast {
  return {
    factors: factors.map(([id, volumeUsd]) => factorOf(id, flat, volumeUsd)),
    known: knownOf(
      factors.map(([id, , state]) => stateOf(id, state)),
      [factors.map(() => 1), factors.map(() => -2)],
    ),
    prices: new Map(factors.map(([id]) => [id, 10])),
    spot: new Set(factors.map(([id]) => id)),
    at: DAYS - 1,
    daily: 1,
    crashes: [],
    source: 'made up',
    ...changed,
  }
}

describe('volumes', () => {
  test('a coin trades the units its dollars are; a perpetual five times that and a future half, where nobody tells', () => {
    const { description } = describeEpoch(past([['A', 2_001]]))
    const { perpetual, future } = description.contracts['A'] ?? {}
    expect(description.assets['A']).toMatchObject({ isCollateral: true, trading: { dailyVolumeUnits: 200 } })
    expect([perpetual?.dailyVolumeUnits, future?.dailyVolumeUnits]).toEqual([1_000, 100])
  })

  test('a perpetual with a volume of its own trades that', () => {
    const { description } = describeEpoch(
      past([
        ['A', 2_000],
        ['A/basis/perpetual', 50_000],
      ]),
    )
    expect(description.contracts['A']?.perpetual?.dailyVolumeUnits).toBe(5_000)
  })

  test('a coin known by its perpetual alone is no collateral, and its perpetual trades what is told', () => {
    const { description } = describeEpoch(past([['A', 2_000]], { spot: new Set() }))
    expect(description.assets['A']?.isCollateral).toBe(false)
    expect(description.contracts['A']?.perpetual?.dailyVolumeUnits).toBe(200)
  })

  test('without a volume an asset is no collateral, and the assumption names it', () => {
    const { description, assumptions } = describeEpoch(past([['A']]))
    expect(description.assets['A']?.isCollateral).toBe(false)
    // 2 million USD at 10.
    expect(description.assets['A']?.trading.dailyVolumeUnits).toBe(200_000)
    expect(assumptions.some((text) => text.includes('No volume of 1 assets (A)'))).toBe(true)
  })

  test('however cheap a coin is, its volume has no exponent', () => {
    const { description } = describeEpoch(past([['A', 1e12]], { prices: new Map([['A', 1e-12]]) }))
    const { perpetual, future } = description.contracts['A'] ?? {}
    for (const { dailyVolumeUnits = 0 } of [perpetual ?? {}, future ?? {}])
      expect(`${dailyVolumeUnits}`).toMatch(/^\d{1,17}$/)
  })
})

describe('what is left out', () => {
  test('a claim on something left out goes with it; a dollar needs no reference', () => {
    const { description, leftOut, places } = describeEpoch(
      past([
        ['ETH', 1e6, { collapsed: true }],
        ['USDC/peg', 1e6],
        ['stETH/peg', 1e6],
      ]),
    )
    expect(Object.keys(description.assets)).toEqual(['USDC'])
    expect(leftOut).toEqual([
      { asset: 'ETH', reason: 'Collapsed' },
      { asset: 'stETH', reason: 'NoReference' },
    ])
    expect(places).toEqual([1])
  })

  test('a basis without its coin is in no epoch, and is not told apart from it', () => {
    const { description, leftOut } = describeEpoch(
      past([
        ['A', 1, { steps: 89 }],
        ['A/basis/perpetual', 1],
      ]),
    )
    expect(Object.keys(description.factors)).toEqual([])
    expect(leftOut).toEqual([{ asset: 'A', reason: 'TooFewPrices' }])
  })
})

describe('windows', () => {
  test('are in standard deviations of a day: at three steps a day a step of two has two over the root of three', () => {
    const [daily, eight] = [1, 3].map((steps) => describeEpoch(past([['A', 1]], { daily: steps })).description)
    expect(daily?.windows['A']).toEqual([1, -2])
    expect(eight?.windows['A']?.[1]).toBeCloseTo(-2 / Math.sqrt(3), 12)
    // Times the sigma of a day they are the same move of a step: 2 x 0.04.
    expect((eight?.windows['A']?.[1] ?? 0) * (eight?.factors['A']?.dailySigma ?? 0)).toBeCloseTo(-0.08, 12)
  })

  test('move by nine in logarithms at most', () => {
    const known = knownOf([stateOf('A', { chargedSigma: 1 })], [[10], [-20]])
    expect(describeEpoch(past([['A', 1]], { known })).description.windows['A']).toEqual([9, -9])
  })
})

test('named crashes: a coin without a price on the day fell as the median coin did, a peg stood still', () => {
  const fell = (gained: number) => flat.map((one, day) => (day === 50 ? gained : one))
  const factors = [
    factorOf('A', fell(-0.1)),
    factorOf('B', fell(-0.2)),
    factorOf('C', fell(-0.4)),
    factorOf('D', fell(NONE)),
    factorOf('USDC/peg', fell(NONE)),
  ]
  const known = knownOf(factors.map(({ id }) => stateOf(id)))
  const crashes = [{ id: 'crash', at: 50 }]
  const { description } = describeEpoch(past([], { factors, known, crashes }))
  expect(description.crashes).toEqual([
    {
      id: 'crash',
      damp: 0.5,
      returns: { A: Math.expm1(-0.1), B: Math.expm1(-0.2), C: Math.expm1(-0.4), D: Math.expm1(-0.2) },
    },
  ])
})

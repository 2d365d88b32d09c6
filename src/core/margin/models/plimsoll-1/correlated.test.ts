import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatDecimal18, parseDecimal18 } from '../../../quantity/decimal.ts'
import { type Value, value } from '../../../quantity/value.ts'
import { factorId } from '../../../instrument/identifier.ts'
import { correlatedMargin, type Exposures } from './correlated.ts'
import { decodeFactorModel, type FactorModel } from './factor-model.ts'

type Results = Readonly<
  Record<'regime' | 'diversified' | 'undiversified' | 'notEarned' | 'exposureRounding' | 'total', string>
>
interface Case {
  readonly name: string
  readonly exposures: Readonly<Record<string, string>>
  readonly expected: Results
  readonly working: readonly string[]
}
interface Worked {
  readonly parameters: unknown
  readonly cases: readonly Case[]
}

const FILE = join(import.meta.dirname, '../../../../../vectors/plimsoll-1/correlated.json')
const worked = JSON.parse(readFileSync(FILE, 'utf8')) as Worked

function modelOf(section: unknown): FactorModel {
  const decoded = decodeFactorModel(section)
  if (!decoded.ok) throw new Error(`${decoded.field}: expected ${decoded.expected}, found ${decoded.found}`)
  return decoded.parameters
}

function usd(text: string): Value {
  const parsed = parseDecimal18(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem}`)
  return value(parsed.atoms)
}

function exposuresOf(texts: Readonly<Record<string, string>>): Exposures {
  return new Map(Object.entries(texts).map(([id, text]) => [factorId(id), usd(text)]))
}

/** Results as the golden file writes them. */
function resultsOf(exposures: Readonly<Record<string, string>>, model: FactorModel): Results {
  const { regime, ...amounts } = correlatedMargin(exposuresOf(exposures), model)
  return {
    regime,
    diversified: formatDecimal18(amounts.diversified),
    undiversified: formatDecimal18(amounts.undiversified),
    notEarned: formatDecimal18(amounts.notEarned),
    exposureRounding: formatDecimal18(amounts.exposureRounding),
    total: formatDecimal18(amounts.total),
  }
}

describe('the golden file', () => {
  const model = modelOf(worked.parameters)

  test.each(worked.cases)('$name: as worked in vectors/plimsoll-1/correlated.json', (one) => {
    expect(resultsOf(one.exposures, model)).toEqual(one.expected)
  })

  test('every case shows how its numbers come about, and all three regimes bind somewhere', () => {
    for (const { expected, working } of worked.cases) {
      const shown = working.join('\n')
      expect(shown).toContain(`(${expected.regime})`)
      for (const figure of [expected.diversified, expected.undiversified, expected.notEarned, expected.total])
        expect(shown).toContain(figure)
    }
    expect(new Set(worked.cases.map(({ expected }) => expected.regime))).toEqual(new Set(['now', 'one', 'break']))
  })
})

/** Two factors of 10% each; their correlation is 0.8 * 0.8 + 0.4 * 0.4 = 0.8. */
function pairModel(
  shares: { readonly c?: number; readonly one?: number; readonly apart?: number },
  secondSign = -1,
): FactorModel {
  const row = { riskWeightPpm: 100_000, loadingsPpm: [800_000, 400_000, 0, 0], earnsOffset: true }
  return modelOf({
    creditedSharePpm: shares.c ?? 1_000_000,
    oneWeightPpm: shares.one ?? 0,
    breakWeightPpm: shares.apart ?? 0,
    factors: { A: { ...row, marketFallSign: -1 }, B: { ...row, marketFallSign: secondSign } },
  })
}

// WS of 1000 USD is 100. Long and short: Q = 100^2 + 100^2 - 2 * 0.8 * 100 * 100 = 4000; both long: 36000. c = 1, so that the
// total is the root, up, and two units.
const byHand: [name: string, model: FactorModel, b: string, regime: string, total: string][] = [
  // The root of 4000 is 63.245553203367586639 977870...
  ['a hedge, correlation alone', pairModel({}), '-1000', 'now', '63.245553203367586642'],
  // The root of 36000 is 189.736659610102759919 933612...
  ['both long, correlation alone', pairModel({}), '1000', 'now', '189.736659610102759922'],
  // 0.9 * 4000 + 0.1 * (100^2 + 100^2) = 3600 + 2000 = 5600, whose root is 74.833147735478827711 674974...
  ['a hedge that may break', pairModel({ apart: 100_000 }), '-1000', 'break', '74.833147735478827714'],
  // 0.55 * 36000 + 0.45 * (-100 - 100)^2 = 19800 + 18000 = 37800, whose root is 194.422220952235806928 979023...
  ['both long in one market', pairModel({ one: 450_000 }), '1000', 'one', '194.422220952235806931'],
  // 0.5 * 4000 + 0.5 * (-100 - 100)^2 = 2000 + 20000 = 22000, whose root is 148.323969741913258974 227948...
  ['opposite signs that fall together', pairModel({ one: 500_000 }, 1), '-1000', 'one', '148.323969741913258977'],
]

test.each(byHand)('%s: as worked by hand', (_name, model, b, regime, total) => {
  expect(resultsOf({ A: '1000', B: b }, model)).toMatchObject({ regime, total })
})

test('a root that is whole is not raised: 300 and 400 without correlation make 500', () => {
  const model = modelOf({
    creditedSharePpm: 1_000_000,
    oneWeightPpm: 0,
    breakWeightPpm: 0,
    factors: {
      A: { riskWeightPpm: 100_000, loadingsPpm: [500_000, 0, 0, 0], marketFallSign: -1, earnsOffset: true },
      B: { riskWeightPpm: 100_000, loadingsPpm: [0, 500_000, 0, 0], marketFallSign: -1, earnsOffset: true },
    },
  })
  expect(resultsOf({ A: '3000', B: '4000' }, model)).toMatchObject({ diversified: '500', undiversified: '0' })
})

test('of equal regimes the first binds', () => {
  // One exposure: every regime has the same variance, because every matrix has 1 on its diagonal.
  expect(resultsOf({ A: '1000' }, pairModel({ one: 200_000, apart: 100_000 }))).toMatchObject({ regime: 'now' })
  // Weights of 0: nothing is mixed in, and all three are the same.
  expect(resultsOf({ A: '1000', B: '-1000' }, pairModel({}))).toMatchObject({ regime: 'now' })
})

test('nothing is required of nothing, and an exposure of zero is none', () => {
  const none = { diversified: '0', undiversified: '0', notEarned: '0', exposureRounding: '0', total: '0' }
  expect(resultsOf({}, pairModel({}))).toEqual({ regime: 'now', ...none })
  expect(resultsOf({ A: '0', GHOST: '0' }, pairModel({}))).toEqual({ regime: 'now', ...none })
})

test('a factor that is not in the epoch is charged in full, however large the rest that it would hedge', () => {
  const { notEarned, total } = resultsOf({ GHOST: '-12.5' }, pairModel({ c: 800_000 }))
  expect([notEarned, total]).toEqual(['12.5', '12.500000000000000001'])
})

test('the largest exposure there is stays exact; a requirement beyond the bound of values stops the engine', () => {
  const largest = '999999999999999'
  // A tenth of it is a whole root: 0.8 * 99999999999999.9 + 0.2 * 99999999999999.9, and one unit.
  expect(resultsOf({ A: largest }, pairModel({ c: 800_000 })).total).toBe('99999999999999.900000000000000001')
  const model = pairModel({})
  expect(() => resultsOf({ GHOST: largest, HOST: largest }, model)).toThrow(RangeError)
})

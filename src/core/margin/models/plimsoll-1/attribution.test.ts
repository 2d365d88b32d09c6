import { expect, test } from 'vitest'
import { formatDecimal18, parseDecimal18 } from '../../../quantity/decimal.ts'
import { value } from '../../../quantity/value.ts'
import { factorId } from '../../../instrument/identifier.ts'
import { attribution } from './attribution.ts'
import type { Exposures } from './correlated.ts'
import { decodeFactorModel, type FactorModel } from './factor-model.ts'

interface Shares {
  readonly c: number
  readonly one?: number
  readonly apart?: number
}

/** A and B of 10% each at a correlation of 0.8 * 0.8 + 0.4 * 0.4 = 0.8; NEW of 50%, which has not earned an offset. */
function modelOf({ c, one = 0, apart = 0 }: Shares): FactorModel {
  const row = { riskWeightPpm: 100_000, loadingsPpm: [800_000, 400_000, 0, 0], marketFallSign: -1, earnsOffset: true }
  const decoded = decodeFactorModel({
    creditedSharePpm: c,
    oneWeightPpm: one,
    breakWeightPpm: apart,
    factors: { A: row, B: row, NEW: { ...row, riskWeightPpm: 500_000, earnsOffset: false } },
  })
  if (!decoded.ok) throw new Error(decoded.field)
  return decoded.parameters
}

function exposuresOf(texts: Readonly<Record<string, string>>): Exposures {
  return new Map(
    Object.entries(texts).map(([id, text]) => {
      const parsed = parseDecimal18(text)
      if (!parsed.ok) throw new Error(text)
      return [factorId(id), value(parsed.atoms)]
    }),
  )
}

function partsOf(texts: Readonly<Record<string, string>>, shares: Shares): readonly string[] {
  const parts = attribution(exposuresOf(texts), modelOf(shares))
  return parts.map((part) => `${part.factor} ${formatDecimal18(part.value)}`)
}

const table: [name: string, texts: Record<string, string>, shares: Shares, want: string[]][] = [
  ['nothing has no parts', {}, { c: 800_000 }, []],
  ['an exposure of zero has no part', { A: '0', GHOST: '0' }, { c: 800_000 }, []],
  // WS 300 and -100. Q = 90000 + 10000 - 2 * 0.8 * 300 * 100 = 52000, root up 228.035085019827595828.
  // A: 300 * (300 - 80) = 66000, 66/52 of the root is 289.429146371319640858 615...; B: -100 * (240 - 100) = -14000,
  // -14/52 of it is -61.394061351492045030 615..., in whole units down ...031 and 384... left, less than what A has left:
  // the unit goes to A. One unit each on top.
  [
    'a hedge has a negative part, and the last unit goes to the larger remainder',
    { A: '3000', B: '-1000' },
    { c: 1_000_000 },
    ['A 289.42914637131964086', 'B -61.39406135149204503'],
  ],
  // (1 - c) |WS|: c = 0 leaves 300 and 100, and a unit each.
  [
    'without credit everyone bears its own',
    { A: '3000', B: '-1000' },
    { c: 0 },
    ['A 300.000000000000000001', 'B 100.000000000000000001'],
  ],
  // Both long 1000: WS 100, S = -200. Q one = 0.5 * 36000 + 0.5 * 40000 = 38000, root up 194.935886896179278137;
  // half of it each, 97.467943448089639068 and half a unit, which goes to the first; and a unit each.
  [
    'equals share the regime in which all move together',
    { A: '1000', B: '1000' },
    { c: 1_000_000, one: 500_000 },
    ['A 97.46794344808963907', 'B 97.467943448089639069'],
  ],
  // WS 300 and -100 again. Q break = 0.5 * 52000 + 0.5 * 100000 = 76000; A: 0.5 * 66000 + 0.5 * 90000 = 78000,
  // B: 0.5 * -14000 + 0.5 * 10000 = -2000. Root up 275.68097504180443536; 78/76 of it is 282.93573754290455208, -2/76 of it
  // -7.25476250110011672, both whole units; and a unit each.
  [
    'a hedge that may break earns less',
    { A: '3000', B: '-1000' },
    { c: 1_000_000, apart: 500_000 },
    ['A 282.935737542904552081', 'B -7.254762501100116719'],
  ],
]

test.each(table)('%s', (_name, texts, shares, want) => {
  expect(partsOf(texts, shares)).toEqual(want)
})

test('parts come by name, whatever their order; what has not earned an offset comes last and says so', () => {
  const parts = attribution(exposuresOf({ NEW: '-20', B: '1000', GHOST: '7', A: '1000' }), modelOf({ c: 800_000 }))
  expect(parts.map(({ factor, offset }) => [factor, offset])).toEqual([
    ['A', 'OffsetEarned'],
    ['B', 'OffsetEarned'],
    ['GHOST', 'OffsetNotYetEarned'],
    ['NEW', 'OffsetNotYetEarned'],
  ])
  // Half of 20, all of 7, and a unit each.
  expect(parts.slice(2).map((part) => formatDecimal18(part.value))).toEqual([
    '7.000000000000000001',
    '10.000000000000000001',
  ])
})

test('equal remainders: the odd unit goes to the first by name', () => {
  // One atom each, WS 1e-19: the root of c c Q rounds up to one unit, which halves; (1 - c) G to none at c = 1.
  expect(partsOf({ B: '0.000000000000000001', A: '0.000000000000000001' }, { c: 1_000_000 })).toEqual([
    'A 0.000000000000000002',
    'B 0.000000000000000001',
  ])
})

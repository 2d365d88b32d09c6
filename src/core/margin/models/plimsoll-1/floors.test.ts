import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ppm } from '../../../quantity/ppm.ts'
import { value } from '../../../quantity/value.ts'
import { basisFloorUp, eventChargeUp, type JumpClass, type Jumps, pegFloorUp, type UnderlyingLegs } from './floors.ts'

interface Legs {
  readonly spot?: bigint
  readonly claims?: readonly bigint[]
  readonly perpetual?: bigint
  readonly expiries?: readonly bigint[]
}

function legsOf({ spot = 0n, claims = [], perpetual = 0n, expiries = [] }: Legs): UnderlyingLegs {
  return { spot: value(spot), claims: claims.map(value), perpetual: value(perpetual), expiries: expiries.map(value) }
}

function basis(underlyings: readonly Legs[], share: bigint): bigint {
  return basisFloorUp(underlyings.map(legsOf), ppm(share))
}

function peg(claims: readonly (readonly [exposure: bigint, slip: bigint])[]): bigint {
  return pegFloorUp(claims.map(([exposure, slip]) => ({ exposure: value(exposure), slip: ppm(slip) })))
}

/** The figures of METHODOLOGY 5. */
const JUMPS: Jumps = {
  major: { long: ppm(150_000n), short: ppm(150_000n) },
  large: { long: ppm(350_000n), short: ppm(500_000n) },
  other: { long: ppm(500_000n), short: ppm(800_000n) },
}

function event(exposures: readonly (readonly [exposure: bigint, jumpClass: JumpClass])[]): bigint {
  return eventChargeUp(
    exposures.map(([exposure, jumpClass]) => ({ exposure: value(exposure), jumpClass })),
    JUMPS,
  )
}

// 1%, as for maintenance.
const bases: [name: string, underlyings: readonly Legs[], want: bigint][] = [
  ['nothing', [], 0n],
  ['an outright pays none', [{ spot: 5_000n }], 0n],
  ['cash and carry', [{ spot: 5_000n, perpetual: -5_000n }], 50n],
  ['the smaller side counts', [{ spot: 5_000n, perpetual: -3_000n }], 30n],
  ['a short side of two expiries: min(5000, 2000 + 2500)', [{ spot: 5_000n, expiries: [-2_000n, -2_500n] }], 45n],
  ['two expiries against each other', [{ expiries: [700n, -700n] }], 7n],
  ['two claims against each other', [{ claims: [700n, -700n] }], 7n],
  ['a claim against a perpetual', [{ claims: [700n], perpetual: -900n }], 7n],
  ['two underlyings do not hedge each other', [{ spot: 5_000n }, { spot: -5_000n }], 0n],
  [
    'two underlyings add up',
    [
      { spot: 500n, perpetual: -500n },
      { spot: -300n, perpetual: 300n },
    ],
    8n,
  ],
  // 0.5 + 0.5 is one unit: the sum is rounded, not each.
  [
    'rounded once',
    [
      { spot: 50n, perpetual: -50n },
      { spot: 50n, perpetual: -50n },
    ],
    1n,
  ],
  ['the least hedge costs a unit', [{ spot: 1n, perpetual: -1n }], 1n],
]
test.each(bases)('basis: %s', (_name, underlyings, want) => {
  expect(basis(underlyings, 10_000n)).toBe(want)
})

test('basis: the initial side asks for five times as much', () => {
  expect(basis([{ spot: 5_000n, perpetual: -5_000n }], 50_000n)).toBe(250n)
})

const pegs: [name: string, claims: readonly (readonly [bigint, bigint])[], want: bigint][] = [
  ['nothing', [], 0n],
  ['3% of a stablecoin', [[1_000n, 30_000n]], 30n],
  ['a claim held short pays nothing', [[-1_000n, 30_000n]], 0n],
  [
    'a short claim nets nothing: 30 + 50, not 30 + 50 - 30',
    [
      [1_000n, 30_000n],
      [1_000n, 50_000n],
      [-1_000n, 30_000n],
    ],
    80n,
  ],
  [
    'rounded once: 0.5 + 0.5',
    [
      [10n, 50_000n],
      [10n, 50_000n],
    ],
    1n,
  ],
  ['the least claim costs a unit', [[1n, 30_000n]], 1n],
]
test.each(pegs)('peg: %s', (_name, claims, want) => {
  expect(peg(claims)).toBe(want)
})

const events: [name: string, exposures: readonly (readonly [bigint, JumpClass])[], want: bigint][] = [
  ['nothing', [], 0n],
  ['a major long', [[1_000n, 'major']], 150n],
  ['a major short', [[-1_000n, 'major']], 150n],
  ['a large long', [[1_000n, 'large']], 350n],
  ['a large short', [[-1_000n, 'large']], 500n],
  ['another long', [[1_000n, 'other']], 500n],
  ['another short', [[-1_000n, 'other']], 800n],
  [
    'one jumps at a time: the most is lost on the large one, 350 against 300 and 240',
    [
      [2_000n, 'major'],
      [1_000n, 'large'],
      [-300n, 'other'],
    ],
    350n,
  ],
  ['a fraction rounds up', [[1n, 'major']], 1n],
]
test.each(events)('event: %s', (_name, exposures, want) => {
  expect(event(exposures)).toBe(want)
})

const amount = fc.bigInt({ min: -(10n ** 27n), max: 10n ** 27n })
const legs = fc.record({
  spot: amount,
  claims: fc.array(amount, { maxLength: 3 }),
  perpetual: amount,
  expiries: fc.array(amount, { maxLength: 3 }),
})
const slips = fc.bigInt({ min: 0n, max: 1_000_000n })

function mirrored({ spot, claims, perpetual, expiries }: Required<Legs>): Legs {
  const other = (one: bigint) => -one
  return { spot: -spot, claims: claims.map(other), perpetual: -perpetual, expiries: expiries.map(other) }
}

test('INV-ADD-10: a basis floor is the same for a portfolio and its mirror image, and never more than a share of its half', () => {
  fc.assert(
    fc.property(fc.array(legs, { maxLength: 4 }), slips, (underlyings, share) => {
      const floor = basis(underlyings, share)
      expect(basis(underlyings.map(mirrored), share)).toBe(floor)
      const all = underlyings.flatMap(({ spot, claims, perpetual, expiries }) => [
        spot,
        ...claims,
        perpetual,
        ...expiries,
      ])
      const gross = all.reduce((sum, one) => sum + (one < 0n ? -one : one), 0n)
      expect(floor >= 0n && 2n * (floor - 1n) * 1_000_000n < gross * share + 2_000_000n).toBe(true)
      expect(basis(underlyings, share + 1n) >= floor).toBe(true)
    }),
  )
})

test('INV-ADD-11: one claim or one price more never lowers the peg floor or the event charge', () => {
  const claims = fc.tuple(amount, slips)
  const prices = fc.tuple(amount, fc.constantFrom<JumpClass>('major', 'large', 'other'))
  fc.assert(
    fc.property(fc.array(claims, { maxLength: 5 }), claims, (some, one) => {
      const [floor, more] = [peg(some), peg([...some, one])]
      expect(floor >= 0n && floor <= more && more <= floor + peg([one])).toBe(true)
    }),
  )
  fc.assert(
    fc.property(fc.array(prices, { maxLength: 5 }), prices, (some, one) => {
      const [charge, alone] = [event(some), event([one])]
      expect(event([...some, one])).toBe(charge > alone ? charge : alone)
    }),
  )
})

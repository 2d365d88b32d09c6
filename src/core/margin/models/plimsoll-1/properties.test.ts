import fc from 'fast-check'
import { expect, test } from 'vitest'
import { value } from '../../../quantity/value.ts'
import { type FactorId, factorId } from '../../../instrument/identifier.ts'
import {
  bitwiseRootUp,
  type PairwiseFactor,
  pairwiseForm,
  regimeMatrices,
} from '../../../../../simulator/margin/pairwise.ts'
import { attribution } from './attribution.ts'
import { correlatedMargin, type Exposures, type Regime } from './correlated.ts'
import { decodeFactorModel, type FactorModel } from './factor-model.ts'

// A counterexample of many exposures can take minutes to shrink by single atoms: what is found after seconds will do.
fc.configureGlobal({ interruptAfterTimeLimit: 20_000 })

const RUNS = { numRuns: 500 }
const PPM = 1_000_000n
const REGIMES: readonly Regime[] = ['now', 'one', 'break']
/** c K, (1 - c) G and U: each is one ceiling. */
const CEILINGS = 3n

interface Factor extends PairwiseFactor {
  readonly earnsOffset: boolean
}
interface World {
  readonly creditedSharePpm: number
  readonly oneWeightPpm: number
  readonly breakWeightPpm: number
  readonly factors: readonly Factor[]
  /** Exposures of two netting sets to the same factors. */
  readonly one: readonly bigint[]
  readonly other: readonly bigint[]
}

const shares = fc.oneof(fc.constantFrom(0, 1, 800_000, 999_999, 1_000_000), fc.integer({ min: 0, max: 1_000_000 }))
/** Below half each, so that four squares stay below 1; or one that is nearly everything. */
const half = fc.integer({ min: -499_999, max: 499_999 })
const loadings = fc.oneof(
  fc.tuple(half, half, half, half),
  fc.integer({ min: -999_999, max: 999_999 }).map((one) => [one, 0, 0, 0]),
  fc.constantFrom([999_999, -1_411, 89, 34], [0, 0, 0, 0]),
)
function factorsThat(earnsOffset: fc.Arbitrary<boolean>): fc.Arbitrary<Factor> {
  return fc.record({
    riskWeightPpm: shares,
    loadingsPpm: loadings,
    marketFallSign: fc.constantFrom(-1, 1),
    earnsOffset,
  })
}
/** From atoms to 1e12 USD, so that twice nine of them a fiftyfold stay within the bounds of a value. */
const atoms = fc.oneof(
  fc.bigInt({ min: -9n, max: 9n }),
  fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
)

function worldsOf(factor: fc.Arbitrary<Factor>): fc.Arbitrary<World> {
  return fc
    .tuple(shares, shares, shares, fc.array(fc.tuple(factor, atoms, atoms), { maxLength: 9 }))
    .map(([creditedSharePpm, oneWeightPpm, breakWeightPpm, rows]) => ({
      creditedSharePpm,
      oneWeightPpm,
      breakWeightPpm,
      factors: rows.map(([one]) => one),
      one: rows.map(([, exposure]) => exposure),
      other: rows.map(([, , exposure]) => exposure),
    }))
}
const worlds = worldsOf(factorsThat(fc.integer({ min: 0, max: 4 }).map((n) => n > 0)))
const earningWorlds = worldsOf(factorsThat(fc.constant(true)))

function modelOf({ factors, creditedSharePpm, oneWeightPpm, breakWeightPpm }: World): FactorModel {
  const rows = Object.fromEntries(factors.map((row, i) => [`F${i}`, row]))
  const decoded = decodeFactorModel({ creditedSharePpm, oneWeightPpm, breakWeightPpm, factors: rows })
  if (!decoded.ok) throw new Error(`${decoded.field}: expected ${decoded.expected}, found ${decoded.found}`)
  return decoded.parameters
}

function exposuresOf(list: readonly bigint[]): Exposures {
  return new Map(list.map((one, i) => [factorId(`F${i}`), value(one)]))
}

function totalOf(list: readonly bigint[], model: FactorModel): bigint {
  return correlatedMargin(exposuresOf(list), model).total
}

function size(x: bigint): bigint {
  return x < 0n ? -x : x
}

function ceiling(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}

function sum(list: readonly bigint[]): bigint {
  return list.reduce((all, one) => all + one, 0n)
}

/** The factors that earn an offset, what is held in them, and the matrices of the three regimes over them. */
function pairwise(world: World) {
  const rows = world.factors.map((row, i) => ({ row, held: world.one[i] ?? 0n, i }))
  const earned = rows.filter(({ row }) => row.earnsOffset)
  const factors = earned.map(({ row }) => row)
  const held = earned.map((one) => one.held)
  const matrices = regimeMatrices(factors, world)
  const forms = matrices.map((matrix) => pairwiseForm(matrix, factors, held))
  const worst = forms.reduce((most, form) => (form > most ? form : most), 0n)
  return { rows, earned, matrices, forms, worst }
}

/** Sum of |WS| over some rows: 1e-24 USD. */
function sizeOf(rows: readonly { readonly row: Factor; readonly held: bigint }[]): bigint {
  return sum(rows.map(({ row, held }) => size(BigInt(row.riskWeightPpm) * held)))
}

test('INV-COR-1: the root that is charged is the least that reaches c c Q, by multiplication', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const c = BigInt(world.creditedSharePpm)
      const { diversified: r } = correlatedMargin(exposuresOf(world.one), modelOf(world))
      const square = c * c * pairwise(world).worst
      expect(r * r * 10n ** 42n >= square).toBe(true)
      expect(r === 0n ? square === 0n : (r - 1n) * (r - 1n) * 10n ** 42n < square).toBe(true)
    }),
    RUNS,
  )
})

test('INV-COR-2: with equal exposures, two netting sets merged never require more than both: no rounding adds to it', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const model = modelOf(world)
      const merged = world.one.map((one, i) => one + (world.other[i] ?? 0n))
      expect(totalOf(merged, model) <= totalOf(world.one, model) + totalOf(world.other, model)).toBe(true)
    }),
    RUNS,
  )
})

test('INV-COR-2: merged before their exposures are rounded to the nearest, at most three units and two per factor more', () => {
  const finer = 10n
  /** To the nearest, halves up. */
  const rounded = (list: readonly bigint[]) =>
    list.map((exact) => {
      const shifted = exact + finer / 2n
      return shifted < 0n ? -((-shifted + finer - 1n) / finer) : shifted / finer
    })
  fc.assert(
    fc.property(worlds, (world) => {
      const model = modelOf(world)
      const merged = rounded(world.one.map((one, i) => one + (world.other[i] ?? 0n)))
      const apart = totalOf(rounded(world.one), model) + totalOf(rounded(world.other), model)
      expect(totalOf(merged, model) <= apart + CEILINGS + 2n * BigInt(merged.length)).toBe(true)
    }),
    RUNS,
  )
})

test('INV-COR-3: t times the exposures require at most t times the margin, short of it by less than t per ceiling and exposure', () => {
  fc.assert(
    fc.property(worlds, fc.bigInt({ min: 1n, max: 50n }), (world, t) => {
      const model = modelOf(world)
      const held = BigInt(world.one.filter((one) => one !== 0n).length)
      const scaled = totalOf(
        world.one.map((one) => t * one),
        model,
      )
      const short = t * totalOf(world.one, model) - scaled
      expect(short >= 0n && short <= (t - 1n) * (CEILINGS + held)).toBe(true)
    }),
    RUNS,
  )
})

test('INV-COR-4: 0 <= K <= G under every regime, so a correlation never raises the plain sum', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { earned, forms } = pairwise(world)
      const plain = sizeOf(earned)
      for (const form of forms) expect(form >= 0n && form <= plain * plain * PPM ** 3n).toBe(true)
      const { diversified } = correlatedMargin(exposuresOf(world.one), modelOf(world))
      const most = ceiling(BigInt(world.creditedSharePpm) * plain, PPM * PPM)
      expect(diversified >= 0n && diversified <= most).toBe(true)
    }),
    RUNS,
  )
})

test('INV-COR-5: contributions add up to the margin to the last unit', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const model = modelOf(world)
      const parts = attribution(exposuresOf(world.one), model)
      expect(sum(parts.map((part) => part.value))).toBe(totalOf(world.one, model))
      expect(parts).toHaveLength(world.one.filter((one) => one !== 0n).length)
    }),
    RUNS,
  )
})

test('INV-COR-5: a contribution is within three units of its Euler share, taken from the matrix of the binding regime', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { rows, earned, matrices, worst } = pairwise(world)
      const margin = correlatedMargin(exposuresOf(world.one), modelOf(world))
      const matrix = matrices[REGIMES.indexOf(margin.regime)] ?? []
      const weighted = earned.map(({ row, held }) => BigInt(row.riskWeightPpm) * held)
      const byFactor = new Map(attribution(exposuresOf(world.one), modelOf(world)).map((part) => [part.factor, part]))
      for (const { row, held, i } of rows) {
        const part = byFactor.get(factorId(`F${i}`))
        if (held === 0n) {
          expect(part).toBeUndefined()
          continue
        }
        const at = earned.findIndex((one) => one.i === i)
        const gradient = sum((matrix[at] ?? []).map((r, j) => r * (weighted[at] ?? 0n) * (weighted[j] ?? 0n)))
        const inFull = BigInt(row.riskWeightPpm) * size(held) * (at < 0 ? PPM : PPM - BigInt(world.creditedSharePpm))
        // Over one denominator: the charged root times gradient / Q, and (1 - c) |WS| or all of it.
        const whole = worst === 0n ? 1n : worst
        const exact = margin.diversified * gradient * PPM * PPM + inFull * whole
        const distance = (part?.value ?? 0n) * whole * PPM * PPM - exact
        expect(size(distance) <= 3n * whole * PPM * PPM).toBe(true)
        expect(part?.offset).toBe(row.earnsOffset ? 'OffsetEarned' : 'OffsetNotYetEarned')
      }
    }),
    RUNS,
  )
})

test('INV-COR-6: without credit the plain sum is charged, with full credit the root alone', () => {
  fc.assert(
    fc.property(earningWorlds, (world) => {
      const held = BigInt(world.one.filter((one) => one !== 0n).length)
      const { earned, worst } = pairwise(world)
      const none = modelOf({ ...world, creditedSharePpm: 0 })
      expect(totalOf(world.one, none)).toBe(ceiling(sizeOf(earned), PPM) + held)
      const full = modelOf({ ...world, creditedSharePpm: 1_000_000 })
      expect(totalOf(world.one, full)).toBe(bitwiseRootUp(ceiling(worst, 10n ** 30n)) + held)
    }),
    RUNS,
  )
})

test('INV-COR-7: an exposure that has not earned an offset leaves all else as it was, and is charged in full', () => {
  fc.assert(
    fc.property(worlds, factorsThat(fc.constant(false)), atoms, (world, newcomer, held) => {
      const before = correlatedMargin(exposuresOf(world.one), modelOf(world))
      const wider = { ...world, factors: [...world.factors, newcomer] }
      const after = correlatedMargin(exposuresOf([...world.one, held]), modelOf(wider))
      const { diversified, undiversified, regime } = after
      expect({ diversified, undiversified, regime }).toEqual({
        diversified: before.diversified,
        undiversified: before.undiversified,
        regime: before.regime,
      })
      const unearned = pairwise(world).rows.filter(({ row }) => !row.earnsOffset)
      const full = sizeOf([...unearned, { row: newcomer, held }])
      expect(after.notEarned).toBe(ceiling(full, PPM))
      expect(after.total >= before.total + (held === 0n ? 0n : 1n)).toBe(true)
    }),
    RUNS,
  )
})

test('INV-COR-8: neither margin nor contributions depend on the order of exposures', () => {
  fc.assert(
    fc.property(worlds, fc.array(fc.nat(), { minLength: 9, maxLength: 9 }), (world, keys) => {
      const model = modelOf(world)
      const rows: (readonly [FactorId, ReturnType<typeof value>])[] = [...exposuresOf(world.one)]
      const shuffled = rows
        .map((row, i) => ({ row, key: keys[i] ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ row }) => row)
      for (const order of [shuffled, rows.toReversed()]) {
        expect(correlatedMargin(new Map(order), model)).toEqual(correlatedMargin(new Map(rows), model))
        expect(attribution(new Map(order), model)).toEqual(attribution(new Map(rows), model))
      }
    }),
    RUNS,
  )
})

test('INV-COR-9: one pass through the factor model gives what all pairs give, to the last unit', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { rows, earned, forms, worst } = pairwise(world)
      const c = BigInt(world.creditedSharePpm)
      const diversified = bitwiseRootUp(ceiling(c * c * worst, 10n ** 42n))
      const undiversified = ceiling((PPM - c) * sizeOf(earned), PPM * PPM)
      const notEarned = ceiling(sizeOf(rows.filter(({ row }) => !row.earnsOffset)), PPM)
      const exposureRounding = BigInt(world.one.filter((one) => one !== 0n).length)
      const total = diversified + undiversified + notEarned + exposureRounding
      const regime = REGIMES[forms.indexOf(worst)]
      const expected = { total, regime, diversified, undiversified, notEarned, exposureRounding }
      expect(correlatedMargin(exposuresOf(world.one), modelOf(world))).toEqual(expected)
    }),
    { numRuns: 2_000 },
  )
})

test('INV-COR-10: a perfect hedge in one factor requires nothing, and with an atom left three units', () => {
  fc.assert(
    fc.property(worlds, fc.nat({ max: 8 }), fc.constantFrom(-1n, 1n), (world, at, atom) => {
      const model = modelOf(world)
      const hedge = world.one.map((one) => -one)
      const hedged = world.one.map((one, i) => one + (hedge[i] ?? 0n))
      expect(totalOf(hedged, model)).toBe(0n)
      const left = hedged.map((one, i) => (i === at ? one + atom : one))
      expect(totalOf(left, model) <= CEILINGS).toBe(true)
      // Of one factor among others: as if it had never been there.
      const others = world.one.map((one, i) => (i === at ? 0n : one))
      const absent = new Map([...exposuresOf(others)].filter(([id]) => id !== `F${at}`))
      expect(totalOf(others, model)).toBe(correlatedMargin(absent, model).total)
    }),
    RUNS,
  )
})

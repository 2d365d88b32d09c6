import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Depth, usefulSizeDown } from '../../../quantity/liquidity.ts'
import { ppm } from '../../../quantity/ppm.ts'
import { price } from '../../../quantity/price.ts'
import { cashFlowOf, worthOf } from '../../../quantity/product.ts'
import { quantity } from '../../../quantity/quantity.ts'
import { wideValue } from '../../../quantity/value.ts'
import { openLiquidityUp, ownedInitialUp, ownedMaintenanceUp } from './liquidity.ts'

const ONE = 10n ** 18n
const TWO_DOLLARS = price(2n * ONE)

/** 0.1% half spread, Y = 1, sigma 4%, a hundred units a day: q* at a requirement of 30% is 100 * 11.65^2 = 13,572.25 units. */
const DEPTH: Depth = {
  halfSpread: ppm(1_000n),
  impactFactor: ppm(1_000_000n),
  dailyVolatility: ppm(40_000n),
  dailyVolume: quantity(100n * ONE),
}
const USEFUL = usefulSizeDown(ppm(300_000n), DEPTH)

function open(size: bigint) {
  return { size: quantity(size), worth: worthOf(cashFlowOf(quantity(size)), TWO_DOLLARS) }
}

function owned(balance: bigint) {
  return { balance: quantity(balance), price: TWO_DOLLARS, usefulSize: USEFUL }
}

const openSizes: [name: string, units: bigint, total: bigint, want: bigint][] = [
  // 50 USD * (0.001 + 0.04 * sqrt(25 / 100)) = 50 * 0.021 = 1.05
  ['its own size sets the impact', 25n, 25n, (105n * ONE) / 100n],
  ['a short costs what a long costs', -25n, 25n, (105n * ONE) / 100n],
  // 50 * (0.001 + 0.04 * sqrt(400 / 100)) = 50 * 0.081 = 4.05
  ['a sixteenth of what the owner has costs at the size of all', 25n, 400n, (405n * ONE) / 100n],
  // 50 * (0.001 + 0.04 * sqrt(1,000,000 / 100)) = 50 * 4.001 = 200.05
  ['a short may cost more than it is worth', -25n, 1_000_000n, (20_005n * ONE) / 100n],
  ['nothing costs nothing', 0n, 400n, 0n],
]
test.each(openSizes)('contracts and debts: %s', (_name, units, total, want) => {
  expect(openLiquidityUp(open(units * ONE), DEPTH, quantity(total * ONE))).toBe(want)
})

describe('a positive balance', () => {
  const maintenance: [name: string, atoms: bigint, closing: bigint, beyond: bigint][] = [
    ['none', 0n, 0n, 0n],
    ['below q*', 25n * ONE, (105n * ONE) / 100n, 0n],
    // 27,144.50 * (0.001 + 0.04 * 11.65) = 27,144.50 * 0.467 = 12,676.4815
    ['at q*', USEFUL, (126_764_815n * ONE) / 10_000n, 0n],
    ['an atom beyond q*: it is worth two', USEFUL + 1n, (126_764_815n * ONE) / 10_000n, 2n],
    // (20,000 - 13,572.25) * 2 = 12,855.50
    ['well beyond q*', 20_000n * ONE, (126_764_815n * ONE) / 10_000n, (128_555n * ONE) / 10n],
  ]
  test.each(maintenance)('maintenance: %s', (_name, atoms, closing, beyond) => {
    const credited = atoms < USEFUL ? atoms : USEFUL
    expect(ownedMaintenanceUp(owned(atoms), DEPTH)).toEqual({ credited, closing, beyond })
  })

  const initial: [name: string, atoms: bigint, total: bigint, closing: bigint, beyond: bigint][] = [
    ['all the owner has', 25n * ONE, 25n * ONE, (105n * ONE) / 100n, 0n],
    ['a sixteenth of it', 25n * ONE, 400n * ONE, (405n * ONE) / 100n, 0n],
    // 27,144.50 * (0.001 + 0.04 * sqrt(40,000 / 100)) = 27,144.50 * 0.801 = 21,742.7445
    ['beyond q*', 20_000n * ONE, 40_000n * ONE, (217_427_445n * ONE) / 10_000n, (128_555n * ONE) / 10n],
    // 0.001 + 0.04 * sqrt(62,500 / 100) = 1.001: capped at 27,144.50
    ['at most its value', 20_000n * ONE, 62_500n * ONE, (271_445n * ONE) / 10n, (128_555n * ONE) / 10n],
  ]
  test.each(initial)('initial: %s', (_name, atoms, total, closing, beyond) => {
    const credited = atoms < USEFUL ? atoms : USEFUL
    expect(ownedInitialUp(owned(atoms), DEPTH, quantity(total))).toEqual({ credited, closing, beyond })
  })

  test('what is not collateral costs its value and is no exposure', () => {
    const stranger = { ...owned(7n), usefulSize: quantity(0n) }
    expect(ownedMaintenanceUp(stranger, DEPTH)).toEqual({ credited: 0n, closing: 0n, beyond: 14n })
    expect(ownedInitialUp(stranger, DEPTH, quantity(7n))).toEqual({ credited: 0n, closing: 0n, beyond: 14n })
  })
})

test('INV-ADD-1: a total on the side below the own size is a bug', () => {
  expect(() => openLiquidityUp(open(-5n), DEPTH, quantity(4n))).toThrow('INV-ADD-1')
  expect(() => ownedInitialUp(owned(5n), DEPTH, quantity(4n))).toThrow('INV-ADD-1')
  expect(() => openLiquidityUp(open(-5n), DEPTH, quantity(5n))).not.toThrow()
})

const shares = fc.bigInt({ min: 0n, max: 1_100_000n })
const depths = fc
  .tuple(
    fc.bigInt({ min: 0n, max: 30_000n }),
    fc.bigInt({ min: 0n, max: 3_000_000n }),
    fc.bigInt({ min: 0n, max: 300_000n }),
    fc.bigInt({ min: ONE, max: 10n ** 24n }),
  )
  .map(([halfSpread, impactFactor, dailyVolatility, dailyVolume]) => ({
    halfSpread: ppm(halfSpread),
    impactFactor: ppm(impactFactor),
    dailyVolatility: ppm(dailyVolatility),
    dailyVolume: quantity(dailyVolume),
  }))
const sizes = fc.oneof(
  fc.bigInt({ min: 0n, max: 9n }),
  fc.bigInt({ min: 0n, max: 10n ** 20n }),
  fc.bigInt({ min: 0n, max: 10n ** 24n }),
)
const prices = fc.oneof(fc.bigInt({ min: 1n, max: 9n }), fc.bigInt({ min: 1n, max: 10n ** 22n })).map(price)

test('INV-ADD-4: a split never raises maintenance liquidity, and changes the initial one by a unit at most', () => {
  fc.assert(
    fc.property(sizes, sizes, prices, depths, fc.constantFrom(1n, -1n), (a, b, at, depth, side) => {
      const cost = (size: bigint, total: bigint) => {
        const worth = worthOf(cashFlowOf(quantity(side * size)), at)
        return openLiquidityUp({ size: quantity(side * size), worth }, depth, quantity(total)) as bigint
      }
      const whole = cost(a + b, a + b)
      // Each half is rounded up by itself, which makes one unit more than the whole.
      expect(cost(a, a) + cost(b, b) <= whole + 1n).toBe(true)
      const apart = cost(a, a + b) + cost(b, a + b)
      expect(apart === whole || apart === whole + 1n).toBe(true)
    }),
  )
})

test('INV-ADD-5: a deposit never costs more than it is worth, beyond q* exactly that, to a unit for each of three roundings', () => {
  fc.assert(
    fc.property(sizes, sizes, prices, depths, shares, (before, deposit, at, depth, share) => {
      const required = share < 1_000_000n ? share : 1_000_000n
      const usefulSize = usefulSizeDown(ppm(required), depth)
      const needed = (balance: bigint) => {
        const { credited, closing, beyond } = ownedMaintenanceUp(
          { balance: quantity(balance), price: at, usefulSize },
          depth,
        )
        const sizeFree = credited * at * required
        return (sizeFree + 10n ** 24n - 1n) / 10n ** 24n + closing + beyond
      }
      const rise = needed(before + deposit) - needed(before)
      expect(rise >= 0n).toBe(true)
      expect(rise * ONE < deposit * at + 3n * ONE).toBe(true)
      if (before >= usefulSize) expect(rise * ONE > deposit * at - 3n * ONE).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('INV-ADD-6: a balance costs no less on the initial side, never more than its value, and credits the same units', () => {
  fc.assert(
    fc.property(sizes, sizes, sizes, prices, depths, (balance, more, useful, at, depth) => {
      const held = { balance: quantity(balance), price: at, usefulSize: quantity(useful) }
      const [low, high] = [ownedMaintenanceUp(held, depth), ownedInitialUp(held, depth, quantity(balance + more))]
      expect([high.credited, high.beyond]).toEqual([low.credited, low.beyond])
      expect(low.closing <= high.closing).toBe(true)
      // Two roundings: the units that are credited and those beyond.
      expect((high.closing + high.beyond) * ONE < balance * at + 2n * ONE).toBe(true)
      expect(openLiquidityUp({ size: held.balance, worth: wideValue(0n) }, depth, quantity(balance + more))).toBe(0n)
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timestamp } from '../quantity/timestamp.ts'
import { type Value, value } from '../quantity/value.ts'
import { blended } from './blended.ts'
import { given } from './derivation.ts'
import type { Explanation } from './explanation.ts'
import { houseSide, type InitialInput, type MarginRule, NOWHERE_ELSE } from './model.ts'

/** A rule that asks for the same whatever is held: parts of the maintenance margin by name, and of the initial one on top. */
interface Asked {
  readonly parts: readonly (readonly [id: string, atoms: bigint])[]
  readonly onTop: bigint
}

const WORTH = value(1_000n)

function explained(requirement: Value, parts: Asked['parts']): Explanation {
  return {
    derivation: given('margin', requirement, ''),
    attribution: parts.map(([id, atoms]) => ({ kind: 'position', id, value: value(atoms) })),
    binding: undefined,
    exposures: [],
    scenarios: [],
    correlations: undefined,
  }
}

function asking({ parts, onTop }: Asked, worth = WORTH): MarginRule {
  const maintenance = value(parts.reduce((sum, [, atoms]) => sum + atoms, 0n))
  const initial = value(maintenance + onTop)
  const model = {
    maintenance: () => houseSide(worth, maintenance),
    initial: () => houseSide(worth, initial),
    explainMaintenance: () => explained(maintenance, parts),
    explainInitial: () => explained(initial, [...parts, ['on top', onTop]]),
  }
  return { model, parameters: undefined }
}

function plain(maintenance: bigint, initial = maintenance): MarginRule {
  return asking({ parts: [['all', maintenance]], onTop: initial - maintenance })
}

function inputOf({ parameters }: MarginRule): InitialInput<unknown> {
  const market = { assets: new Map(), markets: new Map() }
  const portfolio = { holdings: [], positions: [] }
  return { portfolio, orders: [], market, parameters, time: timestamp(0), elsewhere: NOWHERE_ELSE }
}

const maintenanceBy = (rule: MarginRule) => rule.model.maintenance(inputOf(rule))
const initialBy = (rule: MarginRule) => rule.model.initial(inputOf(rule))

const table: [from: bigint, to: bigint, elapsed: bigint, hasLoosened: boolean, want: bigint][] = [
  // Of 1,440 minutes: 100 + 1,440 * elapsed / 1,440.
  [100n, 1_540n, 0n, false, 100n],
  [100n, 1_540n, 1n, false, 101n],
  [100n, 1_540n, 1_439n, true, 1_539n],
  // 100 + 10 / 1,440, rounded up.
  [100n, 110n, 1n, false, 101n],
  [100n, 100n, 700n, false, 100n],
  [100n, 40n, 1_439n, false, 100n],
  [100n, 40n, 0n, true, 40n],
  [0n, 0n, 5n, true, 0n],
]
test.each(table)('from %s to %s after %s minutes, loosened %s: %s', (from, to, elapsed, hasLoosened, want) => {
  const rule = blended({ from: plain(from), to: plain(to), share: { elapsed, whole: 1_440n }, hasLoosened })
  expect(maintenanceBy(rule).requirement).toBe(want)
})

test('the value is the one both have, and decides whether it suffices', () => {
  const rule = blended({ from: plain(900n), to: plain(1_100n), share: { elapsed: 5n, whole: 10n }, hasLoosened: false })
  expect(maintenanceBy(rule)).toEqual({ value: 1_000n, requirement: 1_000n, sufficient: true })
  expect(initialBy(rule)).toEqual({ value: 1_000n, requirement: 1_100n, sufficient: false })
})

test('INV-RAMP-3: two rules that see another value stop the engine', () => {
  const other = asking({ parts: [], onTop: 0n }, value(999n))
  const rule = blended({ from: plain(1n), to: other, share: { elapsed: 0n, whole: 60n }, hasLoosened: false })
  expect(() => maintenanceBy(rule)).toThrow('INV-RAMP-3')
  expect(() => initialBy(rule)).toThrow('INV-RAMP-3')
})

const atoms = fc.bigInt({ min: 0n, max: 10n ** 24n })
const asked: fc.Arbitrary<Asked> = fc.record({
  parts: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), atoms), { maxLength: 5 }),
  onTop: atoms,
})
const minutes = fc.tuple(fc.bigInt({ min: 60n, max: 43_200n }), fc.bigInt({ min: 0n, max: 43_200n }))
interface Drawn {
  readonly from: Asked
  readonly to: Asked
  readonly minutes: readonly [whole: bigint, passed: bigint]
  readonly hasLoosened: boolean
}

const drawn: fc.Arbitrary<Drawn> = fc.record({ from: asked, to: asked, minutes, hasLoosened: fc.boolean() })

function ruleOf({ from, to, minutes: [whole, passed], hasLoosened }: Drawn): MarginRule {
  return blended({ from: asking(from), to: asking(to), share: { elapsed: passed % whole, whole }, hasLoosened })
}

test('INV-RAMP-2: MM is never above the larger nor below the smaller of both', () => {
  fc.assert(
    fc.property(drawn, (one) => {
      const [before, now] = [one.from, one.to].map((side) => maintenanceBy(asking(side)).requirement)
      const { requirement } = maintenanceBy(ruleOf(one))
      const [least = 0n, most = 0n] = (before ?? 0n) < (now ?? 0n) ? [before, now] : [now, before]
      expect(least <= requirement && requirement <= most).toBe(true)
    }),
  )
})

test('INV-RAMP-2: from one minute to the next it rises by no more than a minute of the whole rise, rounded up, and never falls', () => {
  fc.assert(
    fc.property(drawn, (one) => {
      const [whole, passed] = one.minutes
      const elapsed = passed % whole
      const rule = (at: bigint) =>
        blended({ from: asking(one.from), to: asking(one.to), share: { elapsed: at, whole }, hasLoosened: false })
      const [before, now] = [one.from, one.to].map((side) => maintenanceBy(asking(side)).requirement)
      const rise = (now ?? 0n) > (before ?? 0n) ? (now ?? 0n) - (before ?? 0n) : 0n
      const step = maintenanceBy(rule(elapsed + 1n)).requirement - maintenanceBy(rule(elapsed)).requirement
      expect(0n <= step && step <= rise / whole + 1n).toBe(true)
    }),
  )
})

test('INV-RAMP-6: IM is the larger of both, and never below MM', () => {
  fc.assert(
    fc.property(drawn, (one) => {
      const rule = ruleOf(one)
      const initial = initialBy(rule).requirement
      const sides = [one.from, one.to].map((side) => initialBy(asking(side)).requirement)
      expect(sides.some((side) => side === initial) && sides.every((side) => side <= initial)).toBe(true)
      expect(maintenanceBy(rule).requirement <= initial).toBe(true)
    }),
  )
})

test('INV-RAMP-9: what is explained is what is charged, and its parts add up to it, of a ramp in a ramp too', () => {
  fc.assert(
    fc.property(drawn, asked, (one, last) => {
      const outer = { share: { elapsed: 17n, whole: 60n }, hasLoosened: one.hasLoosened }
      for (const rule of [ruleOf(one), blended({ from: ruleOf(one), to: asking(last), ...outer })]) {
        const sides = [
          [rule.model.explainMaintenance(inputOf(rule)), maintenanceBy(rule)],
          [rule.model.explainInitial(inputOf(rule)), initialBy(rule)],
        ] as const
        for (const [{ derivation, attribution }, { requirement }] of sides) {
          expect(derivation.value).toBe(requirement)
          expect(attribution.reduce((sum, part) => sum + part.value, 0n)).toBe(requirement)
        }
      }
    }),
  )
})

test('the derivation of a ramp can be recomputed: both requirements, the minutes passed and the minutes it takes', () => {
  const parts = {
    from: asking({
      parts: [
        ['a', 100n],
        ['b', 5n],
      ],
      onTop: 0n,
    }),
    to: asking({
      parts: [
        ['a', 200n],
        ['c', 6n],
      ],
      onTop: 0n,
    }),
  }
  const rule = blended({ ...parts, share: { elapsed: 20n, whole: 60n }, hasLoosened: false })
  const { derivation, attribution } = rule.model.explainMaintenance(inputOf(rule))
  // 105 + (206 - 105) * 20 / 60 = 138 2/3.
  expect(derivation).toMatchObject({ op: 'ramp', value: 139n, rounded: 'up' })
  const ONE = 10n ** 18n
  expect(derivation.terms.map(({ id, value: term }) => [id, term])).toEqual([
    ['before', 105n],
    ['now', 206n],
    ['elapsed', 20n * ONE],
    ['duration', 60n * ONE],
  ])
  // a: 100 + 100 / 3 = 133 1/3, c: 6 / 3 = 2, b: 5 * 2 / 3 = 3 1/3: one unit is left, for the first of the largest remainders.
  expect(attribution.map(({ id, value: part }) => [id, part])).toEqual([
    ['a', 134n],
    ['c', 2n],
    ['b', 3n],
  ])
})

test('the derivation of an initial margin marks the epoch that binds, the new one if both ask the same', () => {
  const bindingOf = (from: bigint, to: bigint) => {
    const rule = blended({ from: plain(from), to: plain(to), share: { elapsed: 0n, whole: 60n }, hasLoosened: false })
    return rule.model.explainInitial(inputOf(rule)).derivation.terms.find(({ binding }) => binding)?.id
  }
  expect([bindingOf(2n, 1n), bindingOf(1n, 2n), bindingOf(2n, 2n)]).toEqual(['before', 'now', 'now'])
})

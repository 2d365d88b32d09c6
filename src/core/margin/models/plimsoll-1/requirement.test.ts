import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ppm, WHOLE } from '../../../quantity/ppm.ts'
import { NO_VALUE, type Value, value } from '../../../quantity/value.ts'
import { composedRequirement, type RequirementTerms } from './requirement.ts'

const NOTHING = { maintenance: NO_VALUE, initial: NO_VALUE }
const NO_TERMS: RequirementTerms = {
  correlated: NO_VALUE,
  scenario: NO_VALUE,
  basis: NOTHING,
  peg: NOTHING,
  liquidity: NOTHING,
  keeper: NO_VALUE,
  shortOptionMinimum: NO_VALUE,
  stress: NO_VALUE,
  event: NO_VALUE,
  concentration: NO_VALUE,
  oracle: NO_VALUE,
  prudence: NO_VALUE,
}

function sides(maintenance: bigint, initial: bigint) {
  return { maintenance: value(maintenance), initial: value(initial) }
}

/** 100 of risk and everything else, each with a digit of its own. */
const TERMS: RequirementTerms = {
  correlated: value(100n),
  scenario: value(90n),
  basis: sides(10n, 50n),
  peg: sides(30n, 60n),
  liquidity: sides(1_000n, 2_000n),
  keeper: value(10_000n),
  shortOptionMinimum: value(100_000n),
  stress: value(110n),
  event: value(115n),
  concentration: value(1_000_000n),
  oracle: value(10_000_000n),
  prudence: value(100_000_000n),
}

test('what is not a maximum is added up, and the last three on the initial side only', () => {
  // MM: 100 + 1,000 + 10,000 + 100,000. IM: 1.2 * 100 = 120, + 2,000 + 10,000 + 100,000 + 1,000,000 + 10,000,000 + 100,000,000.
  expect(composedRequirement(TERMS, ppm(1_200_000n))).toEqual({
    maintenance: { total: 111_100n, binding: 'correlated', sizeFree: 100n },
    initial: { total: 111_112_120n, binding: 'correlated', sizeFree: 120n },
  })
})

test('nothing requires nothing', () => {
  const none = { total: 0n, binding: 'correlated', sizeFree: 0n }
  expect(composedRequirement(NO_TERMS, WHOLE)).toEqual({ maintenance: none, initial: none })
})

// iota = 1.2 on what is 100 or less: 120 at most.
const bindings: [name: string, terms: Partial<RequirementTerms>, maintenance: string, initial: string][] = [
  ['the correlated component', {}, 'correlated 100', 'correlated 120'],
  ['a scenario, with iota', { scenario: value(101n) }, 'scenario 101', 'scenario 122'],
  ['the first of equals', { scenario: value(100n), stress: value(120n) }, 'correlated 100', 'correlated 120'],
  ['stress', { stress: value(121n) }, 'correlated 100', 'stress 121'],
  ['an event', { event: value(121n) }, 'correlated 100', 'event 121'],
  ['basis on one side', { basis: sides(100n, 121n) }, 'correlated 100', 'basis 121'],
  ['basis on both', { basis: sides(101n, 121n) }, 'basis 101', 'basis 121'],
  ['peg on one side', { peg: sides(100n, 121n) }, 'correlated 100', 'peg 121'],
  ['peg on both', { peg: sides(101n, 121n) }, 'peg 101', 'peg 121'],
  ['peg for maintenance alone', { peg: sides(120n, 120n) }, 'peg 120', 'correlated 120'],
]
test.each(bindings)('binds: %s', (_name, terms, wantMaintenance, wantInitial) => {
  const { maintenance, initial } = composedRequirement({ ...TERMS, ...terms }, ppm(1_200_000n))
  expect(`${maintenance.binding} ${maintenance.sizeFree}`).toBe(wantMaintenance)
  expect(`${initial.binding} ${initial.sizeFree}`).toBe(wantInitial)
})

describe('INV-ADD-7: a part that is negative or below its counterpart is a bug', () => {
  const plain: (keyof RequirementTerms)[] = [
    'correlated',
    'scenario',
    'keeper',
    'shortOptionMinimum',
    'stress',
    'event',
    'concentration',
    'oracle',
    'prudence',
  ]
  test.each(plain)('%s below zero', (name) => {
    expect(() => composedRequirement({ ...TERMS, [name]: value(-1n) }, WHOLE)).toThrow('INV-ADD-7')
  })
  test.each(['basis', 'peg', 'liquidity'] as const)(
    '%s, initial below maintenance or maintenance below zero',
    (name) => {
      expect(() => composedRequirement({ ...TERMS, [name]: sides(7n, 6n) }, WHOLE)).toThrow('INV-ADD-7')
      expect(() => composedRequirement({ ...TERMS, [name]: sides(-1n, 6n) }, WHOLE)).toThrow('INV-ADD-7')
      expect(() => composedRequirement({ ...TERMS, [name]: sides(7n, 7n) }, WHOLE)).not.toThrow()
    },
  )
  test('iota below one', () => {
    expect(() => composedRequirement(TERMS, ppm(999_999n))).toThrow('INV-ADD-7')
  })
})

const amount = fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 10n ** 30n })).map(value)
const sided = fc.tuple(amount, amount).map(([a, b]) => (a < b ? sides(a, b) : sides(b, a)))
const allTerms: fc.Arbitrary<RequirementTerms> = fc.record({
  correlated: amount,
  scenario: amount,
  basis: sided,
  peg: sided,
  liquidity: sided,
  keeper: amount,
  shortOptionMinimum: amount,
  stress: amount,
  event: amount,
  concentration: amount,
  oracle: amount,
  prudence: amount,
})
const iotas = fc.bigInt({ min: 1_000_000n, max: 3_000_000n }).map(ppm)

test('INV-ADD-8: 0 <= MM <= IM whenever the parts are', () => {
  fc.assert(
    fc.property(allTerms, iotas, (terms, iota) => {
      const { maintenance, initial } = composedRequirement(terms, iota)
      expect(maintenance.total >= 0n && maintenance.total <= initial.total).toBe(true)
      expect(maintenance.sizeFree >= 0n && maintenance.sizeFree <= initial.sizeFree).toBe(true)
    }),
  )
})

test('INV-ADD-12: a larger part never lowers a requirement, and never raises MM by more than itself', () => {
  const raised = (terms: RequirementTerms, by: Value): readonly RequirementTerms[] => {
    const more = (one: Value) => value(one + by)
    return [
      { ...terms, correlated: more(terms.correlated) },
      { ...terms, scenario: more(terms.scenario) },
      { ...terms, basis: sides(more(terms.basis.maintenance), more(terms.basis.initial)) },
      { ...terms, peg: sides(more(terms.peg.maintenance), more(terms.peg.initial)) },
      { ...terms, liquidity: sides(more(terms.liquidity.maintenance), more(terms.liquidity.initial)) },
      { ...terms, keeper: more(terms.keeper) },
      { ...terms, shortOptionMinimum: more(terms.shortOptionMinimum) },
      { ...terms, stress: more(terms.stress) },
      { ...terms, event: more(terms.event) },
      { ...terms, concentration: more(terms.concentration) },
      { ...terms, oracle: more(terms.oracle) },
      { ...terms, prudence: more(terms.prudence) },
    ]
  }
  fc.assert(
    fc.property(allTerms, amount, iotas, (terms, by, iota) => {
      const before = composedRequirement(terms, iota)
      for (const larger of raised(terms, by)) {
        const after = composedRequirement(larger, iota)
        const rise = after.maintenance.total - before.maintenance.total
        expect(rise >= 0n && rise <= by && after.initial.total >= before.initial.total).toBe(true)
      }
    }),
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Ppm, ppm, WHOLE } from '../../../quantity/ppm.ts'
import { NO_VALUE, type Value, value } from '../../../quantity/value.ts'
import {
  initialRequirement,
  initialSizeFreePart,
  type InitialTerms,
  maintenanceRequirement,
  type MaintenanceTerms,
  sizeFreePart,
} from './requirement.ts'

/** Both sides of one netting set. */
interface Terms {
  readonly maintenance: MaintenanceTerms
  readonly initial: InitialTerms
}

const NOTHING: MaintenanceTerms = {
  correlated: NO_VALUE,
  scenario: NO_VALUE,
  history: NO_VALUE,
  basis: NO_VALUE,
  peg: NO_VALUE,
  inFull: NO_VALUE,
  liquidity: NO_VALUE,
  keeper: NO_VALUE,
  shortOptionMinimum: NO_VALUE,
}
const NOTHING_MORE = {
  stress: NO_VALUE,
  event: NO_VALUE,
  concentration: NO_VALUE,
  oracle: NO_VALUE,
  prudence: NO_VALUE,
  orders: NO_VALUE,
}
const NO_TERMS: Terms = { maintenance: NOTHING, initial: { ...NOTHING, ...NOTHING_MORE } }

/** 100 of risk and everything else, each with a digit of its own. */
const BOTH: MaintenanceTerms = {
  correlated: value(100n),
  scenario: value(90n),
  history: value(80n),
  basis: value(10n),
  peg: value(30n),
  liquidity: value(1_000n),
  inFull: value(2_000n),
  keeper: value(10_000n),
  shortOptionMinimum: value(100_000n),
}
const TERMS: Terms = {
  maintenance: BOTH,
  initial: {
    ...BOTH,
    basis: value(50n),
    peg: value(60n),
    liquidity: value(3_000n),
    stress: value(110n),
    event: value(115n),
    concentration: value(1_000_000n),
    oracle: value(10_000_000n),
    prudence: value(100_000_000n),
    orders: value(1_000_000_000n),
  },
}
const IOTA = ppm(1_200_000n)

function totals({ maintenance, initial }: Terms, iota: Ppm): readonly [maintenance: bigint, initial: bigint] {
  return [maintenanceRequirement(maintenance), initialRequirement(initial, iota)]
}

function largest({ maintenance, initial }: Terms, iota: Ppm): readonly [string, string] {
  const [one, other] = [sizeFreePart(maintenance), initialSizeFreePart(initial, iota)]
  return [`${one.binding} ${one.asked}`, `${other.binding} ${other.asked}`]
}

test('what is not a maximum is added up, and the last four on the initial side only', () => {
  // MM: 100 + 1,000 + 2,000 + 10,000 + 100,000.
  // IM: 1.2 * 100 = 120, + 3,000 + 2,000 + 10,000 + 100,000 + 1,000,000 + 10,000,000 + 100,000,000 + 1,000,000,000.
  expect(totals(TERMS, IOTA)).toEqual([113_100n, 1_111_115_120n])
  expect(largest(TERMS, IOTA)).toEqual(['correlated 100', 'correlated 120'])
})

test('nothing requires nothing', () => {
  expect(totals(NO_TERMS, WHOLE)).toEqual([0n, 0n])
  expect(largest(NO_TERMS, WHOLE)).toEqual(['correlated 0', 'correlated 0'])
})

/** The same on both sides, or what differs. */
function withTerms(both: Partial<MaintenanceTerms>, initial: Partial<InitialTerms> = {}): Terms {
  return {
    maintenance: { ...TERMS.maintenance, ...both },
    initial: { ...TERMS.initial, ...both, ...initial },
  }
}

// iota = 1.2 on what is 100 or less: 120 at most.
const bindings: [name: string, terms: Terms, maintenance: string, initial: string][] = [
  ['the correlated component', withTerms({}), 'correlated 100', 'correlated 120'],
  // 101 * 1.2 = 121.2, rounded up.
  ['a scenario, with iota', withTerms({ scenario: value(101n) }), 'scenario 101', 'scenario 122'],
  ['history, with iota', withTerms({ history: value(101n) }), 'history 101', 'history 122'],
  [
    'the first of equals',
    withTerms({ scenario: value(100n), history: value(100n) }, { stress: value(120n) }),
    'correlated 100',
    'correlated 120',
  ],
  ['stress', withTerms({}, { stress: value(121n) }), 'correlated 100', 'stress 121'],
  ['an event', withTerms({}, { event: value(121n) }), 'correlated 100', 'event 121'],
  ['basis on one side', withTerms({ basis: value(100n) }, { basis: value(121n) }), 'correlated 100', 'basis 121'],
  ['basis on both', withTerms({ basis: value(101n) }, { basis: value(121n) }), 'basis 101', 'basis 121'],
  ['peg on one side', withTerms({ peg: value(100n) }, { peg: value(121n) }), 'correlated 100', 'peg 121'],
  ['peg on both', withTerms({ peg: value(101n) }, { peg: value(121n) }), 'peg 101', 'peg 121'],
  ['peg for maintenance alone', withTerms({ peg: value(120n) }), 'peg 120', 'correlated 120'],
]
test.each(bindings)('binds: %s', (_name, terms, maintenance, initial) => {
  expect(largest(terms, IOTA)).toEqual([maintenance, initial])
})

const runners: [name: string, terms: Partial<MaintenanceTerms>, want: string][] = [
  ['the second of the list', {}, 'scenario 90'],
  ['one that the first overtook', { scenario: value(101n) }, 'correlated 100'],
  ['the last of the list', { peg: value(99n) }, 'peg 99'],
  ['one that the last overtook', { peg: value(101n) }, 'correlated 100'],
  ['the next of equals', { history: value(100n) }, 'history 100'],
  ['the earlier of equal seconds', { history: value(90n) }, 'scenario 90'],
]
test.each(runners)('the runner-up is %s', (_name, terms, want) => {
  const { runnerUp } = sizeFreePart({ ...BOTH, ...terms })
  expect(`${runnerUp.term} ${runnerUp.asked}`).toBe(want)
})

describe('INV-ADD-7: a part that is negative is a bug', () => {
  test.each(Object.keys(BOTH) as (keyof MaintenanceTerms)[])('%s below zero', (name) => {
    expect(() => maintenanceRequirement({ ...BOTH, [name]: value(-1n) })).toThrow('INV-ADD-7')
    expect(() => initialRequirement({ ...TERMS.initial, [name]: value(-1n) }, WHOLE)).toThrow('INV-ADD-7')
  })
  test.each(Object.keys(NOTHING_MORE) as (keyof typeof NOTHING_MORE)[])('%s below zero', (name) => {
    expect(() => initialRequirement({ ...TERMS.initial, [name]: value(-1n) }, WHOLE)).toThrow('INV-ADD-7')
  })
  test('iota below one', () => {
    expect(() => initialRequirement(TERMS.initial, ppm(999_999n))).toThrow('INV-ADD-7')
  })
})

const amount = fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 10n ** 30n })).map(value)
/** Every initial term at least its maintenance counterpart: each is that and something more. */
const allTerms: fc.Arbitrary<Terms> = fc
  .tuple(
    fc.record({
      correlated: amount,
      scenario: amount,
      history: amount,
      basis: amount,
      peg: amount,
      inFull: amount,
      liquidity: amount,
      keeper: amount,
      shortOptionMinimum: amount,
    }),
    fc.array(amount, { minLength: 9, maxLength: 9 }),
    fc.record({
      stress: amount,
      event: amount,
      concentration: amount,
      oracle: amount,
      prudence: amount,
      orders: amount,
    }),
  )
  .map(([maintenance, more, rest]) => {
    const rows = Object.entries(maintenance).map(([name, one], i) => [name, value(one + (more[i] ?? 0n))])
    return { maintenance, initial: { ...(Object.fromEntries(rows) as MaintenanceTerms), ...rest } }
  })
const iotas = fc.bigInt({ min: 1_000_000n, max: 3_000_000n }).map(ppm)

test('INV-ADD-8: 0 <= MM <= IM whenever the parts are', () => {
  fc.assert(
    fc.property(allTerms, iotas, (terms, iota) => {
      const [maintenance, initial] = totals(terms, iota)
      expect(maintenance >= 0n && maintenance <= initial).toBe(true)
      const [one, other] = [sizeFreePart(terms.maintenance), initialSizeFreePart(terms.initial, iota)]
      expect(one.asked >= 0n && one.asked <= other.asked).toBe(true)
      expect(one.runnerUp.asked <= one.asked && other.runnerUp.asked <= other.asked).toBe(true)
    }),
  )
})

test('INV-ADD-12: a larger part never lowers a requirement, and never raises MM by more than itself', () => {
  const raised = (terms: InitialTerms, by: Value): readonly InitialTerms[] =>
    Object.entries(terms).map(([name, one]) => ({ ...terms, [name]: value((one as Value) + by) }))
  fc.assert(
    fc.property(allTerms, amount, iotas, ({ initial }, by, iota) => {
      const [maintenanceBefore, initialBefore] = totals({ maintenance: initial, initial }, iota)
      for (const larger of raised(initial, by)) {
        const [maintenance, after] = totals({ maintenance: larger, initial: larger }, iota)
        const rise = maintenance - maintenanceBefore
        expect(rise >= 0n && rise <= by && after >= initialBefore).toBe(true)
      }
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantity } from '../quantity/quantity.ts'
import {
  type AssetLedger,
  conservationGap,
  EMPTY_LEDGER,
  largestTotal,
  type LedgerColumn,
  moveColumns,
  requireConservation,
} from './asset-ledger.ts'

const COLUMNS: readonly LedgerColumn[] = ['custody', 'buckets', 'fees', 'insuranceFund', 'interestReserve', 'deficit']

function ledger(columns: Partial<Record<LedgerColumn, bigint>>): AssetLedger {
  const entries = Object.entries(columns).map(([column, atoms]) => [column, quantity(atoms)])
  return { ...EMPTY_LEDGER, ...(Object.fromEntries(entries) as Partial<AssetLedger>) }
}

const moves: [name: string, from: LedgerColumn, to: LedgerColumn, want: Partial<Record<LedgerColumn, bigint>>][] = [
  ['a deposit makes custody and buckets larger', 'custody', 'buckets', { custody: 5n, buckets: 5n }],
  ['a withdrawal makes both smaller', 'buckets', 'custody', { custody: -5n, buckets: -5n }],
  ['a fee moves from buckets to fees', 'buckets', 'fees', { buckets: -5n, fees: 5n }],
  ['a deficit is recorded when the house gives what it lacks', 'deficit', 'buckets', { deficit: 5n, buckets: 5n }],
  ['writing a deficit off uses up its bearer', 'insuranceFund', 'deficit', { insuranceFund: -5n, deficit: -5n }],
  ['custody that covers a deficit grows', 'custody', 'deficit', { custody: 5n, deficit: -5n }],
  ['interest moves from the reserve to buckets', 'interestReserve', 'buckets', { interestReserve: -5n, buckets: 5n }],
  ['a move within a column changes nothing', 'buckets', 'buckets', {}],
  ['a move within custody changes nothing', 'custody', 'custody', {}],
]
test.each(moves)('%s', (_name, from, to, want) => {
  expect(moveColumns(EMPTY_LEDGER, from, to, quantity(5n))).toEqual(ledger(want))
})

// custody + deficit - (buckets + fees + fund + reserve)
const gaps: [name: string, columns: Partial<Record<LedgerColumn, bigint>>, gap: bigint][] = [
  ['an empty ledger adds up', {}, 0n],
  [
    'custody covers buckets and every house column',
    { custody: 10n, buckets: 4n, fees: 1n, insuranceFund: 2n, interestReserve: 3n },
    0n,
  ],
  ['a deficit stands for what custody lacks', { custody: 10n, buckets: 12n, deficit: 2n }, 0n],
  ['interest drawn ahead makes the reserve negative', { custody: 10n, buckets: 11n, interestReserve: -1n }, 0n],
  ['custody nobody owns is a gap', { custody: 10n, buckets: 9n }, 1n],
  ['balances nobody holds are a negative gap', { custody: 10n, buckets: 11n }, -1n],
]
test.each(gaps)('%s', (_name, columns, gap) => {
  expect(conservationGap(ledger(columns))).toBe(gap)
})

const broken: [name: string, columns: Partial<Record<LedgerColumn, bigint>>, id: string][] = [
  ['an atom made from nothing', { custody: 10n, buckets: 11n }, 'INV-LEDGER-1'],
  ['an atom lost', { custody: 10n, buckets: 9n }, 'INV-LEDGER-1'],
  ['custody below zero', { custody: -1n, buckets: -1n }, 'INV-LEDGER-2'],
  ['fees below zero', { fees: -1n, buckets: 1n }, 'INV-LEDGER-2'],
  ['an insurance fund below zero', { insuranceFund: -1n, buckets: 1n }, 'INV-LEDGER-2'],
  ['a deficit below zero', { deficit: -1n, buckets: -1n }, 'INV-LEDGER-2'],
]
test.each(broken)('%s stops the engine', (_name, columns, id) => {
  expect(() => requireConservation('USDC', ledger(columns))).toThrow(id)
})

test('buckets and the interest reserve may be negative', () => {
  expect(() => requireConservation('USDC', ledger({ buckets: -5n, interestReserve: 5n }))).not.toThrow()
  expect(() => requireConservation('USDC', ledger({ buckets: 5n, interestReserve: -5n }))).not.toThrow()
})

test('the largest total is the largest by size, negative or not', () => {
  expect(largestTotal(EMPTY_LEDGER)).toBe(0n)
  expect(largestTotal(ledger({ custody: 3n, interestReserve: -7n, fees: 6n }))).toBe(7n)
})

test('INV-LEDGER-1: no move between columns makes or loses an atom', () => {
  const column = fc.constantFrom(...COLUMNS)
  const amount = fc.bigInt({ min: 0n, max: 10n ** 30n })
  fc.assert(
    fc.property(fc.array(fc.tuple(column, column, amount), { maxLength: 30 }), (steps) => {
      const end = steps.reduce(
        (state, [from, to, atoms]) => moveColumns(state, from, to, quantity(atoms)),
        EMPTY_LEDGER,
      )
      expect(conservationGap(end)).toBe(0n)
    }),
  )
})

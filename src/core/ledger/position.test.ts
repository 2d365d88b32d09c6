import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add } from '../quantity/arithmetic.ts'
import { fundingIndex } from '../quantity/funding-index.ts'
import { price } from '../quantity/price.ts'
import { quantity } from '../quantity/quantity.ts'
import {
  assumeUnsettled,
  type ContractLevel,
  isEmptyPosition,
  NO_POSITION,
  type Position,
  settledPosition,
  tradePosition,
  unsettledCash,
  unsettledFunding,
  unsettledProfit,
} from './position.ts'

const ONE = 10n ** 18n
const WIDE = 10n ** 36n

function level(at: bigint, index: bigint): ContractLevel {
  return { price: price(at * ONE), fundingIndex: fundingIndex(index * ONE) }
}

function bought(contracts: bigint, at: ContractLevel, before: Position = NO_POSITION): Position {
  return tradePosition(before, quantity(contracts * ONE), at)
}

// A long pays 1 per contract in funding while the index goes from 0 to 1; a short receives it.
const worths: [name: string, contracts: bigint, profit: bigint, funding: bigint, cash: bigint][] = [
  // 2 * (110 - 100) = 20; 2 * 1 paid
  ['long 2 from 100 to 110 gains 20, pays 2 of funding: 18', 2n, 20n, -2n, 18n],
  ['short 2 from 100 to 110 loses 20, receives 2 of funding: -18', -2n, -20n, 2n, -18n],
  ['nothing held is worth nothing', 0n, 0n, 0n, 0n],
]
test.each(worths)('%s', (_name, contracts, profit, funding, cash) => {
  const position = bought(contracts, level(100n, 0n))
  expect(unsettledProfit(position, price(110n * ONE))).toBe(profit * WIDE)
  expect(unsettledFunding(position, fundingIndex(ONE))).toBe(funding * WIDE)
  expect(unsettledCash(position, level(110n, 1n))).toBe(cash * WIDE)
})

test('funding paid before a contract was bought is not its own', () => {
  const position = bought(2n, level(100n, 5n))
  expect(unsettledCash(position, level(100n, 5n))).toBe(0n)
  // Negative funding: 5 -> 2 pays a long 3 per contract.
  expect(unsettledCash(position, level(100n, 2n))).toBe(6n * WIDE)
})

test('a closed position keeps its profit until it is settled, then it is empty', () => {
  const closed = bought(-2n, level(110n, 1n), bought(2n, level(100n, 0n)))
  expect(closed.quantity).toBe(0n)
  // Whatever happens to mark and index afterwards: 2 * 10 - 2 * 1.
  expect([90n, 110n, 500n].map((at) => unsettledCash(closed, level(at, at)))).toEqual(
    [18n, 18n, 18n].map((n) => n * WIDE),
  )
  expect(isEmptyPosition(closed)).toBe(false)
  expect(isEmptyPosition(settledPosition(closed, level(110n, 1n)))).toBe(true)
})

const empties: [name: string, position: Position, empty: boolean][] = [
  ['no position is empty', NO_POSITION, true],
  ['contracts held at no cost are not', bought(1n, level(1n, 0n)), false],
  ['contracts gone with a cost left are not', { ...bought(1n, level(1n, 0n)), quantity: quantity(0n) }, false],
  [
    'contracts gone with funding left are not',
    { ...NO_POSITION, fundingBasis: bought(1n, level(1n, 1n)).fundingBasis },
    false,
  ],
]
test.each(empties)('%s', (_name, position, empty) => {
  expect(isEmptyPosition(position)).toBe(empty)
})

const contracts = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }).map(quantity)
const levels = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 24n }), fc.bigInt({ min: -(10n ** 22n), max: 10n ** 22n }))
  .map(([at, index]): ContractLevel => ({ price: price(at), fundingIndex: fundingIndex(index) }))
const trades = fc.array(fc.tuple(fc.nat(3), fc.nat(3), contracts, levels), { maxLength: 20 })

function tradedBook(steps: readonly (readonly [number, number, Position['quantity'], ContractLevel])[]): Position[] {
  const book = Array.from({ length: 4 }, () => NO_POSITION)
  for (const [buyer, seller, amount, at] of steps) {
    book[buyer] = tradePosition(book[buyer] ?? NO_POSITION, amount, at)
    book[seller] = tradePosition(book[seller] ?? NO_POSITION, quantity(-amount), at)
  }
  return book
}

test('INV-CONTRACT-2: over both sides of all trades, quantities, costs, funding bases and unsettled cash sum to zero', () => {
  fc.assert(
    fc.property(trades, levels, (steps, now) => {
      const book = tradedBook(steps)
      const total = book.reduce((sum, position) => ({
        quantity: add(sum.quantity, position.quantity),
        cost: add(sum.cost, position.cost),
        fundingBasis: add(sum.fundingBasis, position.fundingBasis),
      }))
      expect(isEmptyPosition(total)).toBe(true)
      expect(book.reduce((sum, position) => sum + unsettledCash(position, now), 0n)).toBe(0n)
    }),
  )
})

test('INV-CONTRACT-3: settling leaves the same contracts, worth nothing at the level they were settled at', () => {
  fc.assert(
    fc.property(trades, levels, (steps, now) => {
      for (const position of tradedBook(steps)) {
        const settled = settledPosition(position, now)
        expect(settled.quantity).toBe(position.quantity)
        expect(unsettledCash(settled, now)).toBe(0n)
      }
    }),
  )
})

test('INV-CONTRACT-4: when the other side takes over what is unsettled, both together are worth what they were, at any level', () => {
  fc.assert(
    fc.property(trades, levels, levels, (steps, settledAt, later) => {
      const [member, house] = tradedBook(steps)
      if (member === undefined || house === undefined) return
      const [settled, assumed] = [settledPosition(member, settledAt), assumeUnsettled(house, member, settledAt)]
      expect(assumed.quantity).toBe(house.quantity)
      expect(add(settled.cost, assumed.cost)).toBe(add(member.cost, house.cost))
      expect(add(settled.fundingBasis, assumed.fundingBasis)).toBe(add(member.fundingBasis, house.fundingBasis))
      expect(unsettledCash(settled, later) + unsettledCash(assumed, later)).toBe(
        unsettledCash(member, later) + unsettledCash(house, later),
      )
    }),
  )
})

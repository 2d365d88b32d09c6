import fc from 'fast-check'
import { move } from '../../src/core/quantity/move.ts'
import { price } from '../../src/core/quantity/price.ts'
import { quantity } from '../../src/core/quantity/quantity.ts'
import { rate } from '../../src/core/quantity/rate.ts'
import { timestamp } from '../../src/core/quantity/timestamp.ts'
import { optionBounds } from '../../src/core/pricing/option-bounds.ts'
import { type OptionBook, optionBook } from '../../src/core/pricing/option-book.ts'
import type { OptionGrid } from '../../src/core/pricing/option-grid.ts'
import { optionNodes } from '../../src/core/pricing/option-nodes.ts'
import type { OptionKind } from '../../src/core/pricing/prepared-option.ts'

export const ONE = 10n ** 18n
export const MILLION = 1_000_000n
export const DAY = 86_400_000
const NOW = 1_780_000_000_000

export const GRID: OptionGrid = {
  priceMoves: [-450_000n, -300_000n, -150_000n, 0n, 150_000n, 300_000n, 450_000n, 900_000n].map(move),
  volatilityDown: move(-300_000n),
  volatilityUp: move(500_000n),
  termPowerQuarters: 2,
  volatilityFloor: rate(ONE / 20n),
}

export interface Drawn {
  readonly right: OptionKind
  readonly forward: bigint
  readonly strike: bigint
  readonly volatility: bigint
  readonly days: number
}

export interface Holding extends Drawn {
  readonly contracts: bigint
  readonly settlement: bigint
}

export const FORWARD = 60_000n * ONE
export const drawn: fc.Arbitrary<Drawn> = fc.record({
  right: fc.constantFrom<OptionKind>('call', 'put'),
  forward: fc.oneof(fc.constant(FORWARD), fc.bigInt({ min: 1n, max: 100_000n * ONE })),
  strike: fc.bigInt({ min: 1n, max: 150_000n * ONE }),
  volatility: fc.bigInt({ min: 0n, max: 2n * ONE }),
  days: fc.integer({ min: 0, max: 400 }),
})
const holdings: fc.Arbitrary<Holding> = fc
  .tuple(drawn, fc.bigInt({ min: -50n * ONE, max: 50n * ONE }), fc.bigInt({ min: ONE / 2n, max: 2n * ONE }))
  .map(([option, contracts, settlement]) => ({ ...option, contracts, settlement }))
export const books = fc.array(holdings, { maxLength: 4 })
export const priceMoves = fc.oneof(
  fc.bigInt({ min: -MILLION, max: 3n * MILLION }),
  fc.constantFrom(...GRID.priceMoves.map(BigInt)),
)
export const moves = fc.record({
  priceMove: priceMoves.map(move),
  volatilityMove: fc.oneof(fc.constant(0n), fc.bigInt({ min: -MILLION, max: MILLION })).map(move),
})

export function nodesOf({ right, forward, strike, volatility, days }: Drawn, grid = GRID) {
  const contract = { right, strike: price(strike), expiry: timestamp(NOW + days * DAY) }
  const pricing = { forward: price(forward), volatility: rate(volatility), pricedAt: timestamp(NOW) }
  return optionNodes(contract, pricing, grid)
}

export function bookOf(held: readonly Holding[], grid = GRID): OptionBook {
  const rows = held.map(({ contracts, settlement, ...option }) => ({
    bounds: optionBounds(nodesOf(option, grid)),
    quantity: quantity(contracts),
    settlementPrice: price(settlement),
  }))
  return optionBook(rows, grid)
}

import { expect, test } from 'vitest'
import { assetId } from '../../core/instrument/identifier.ts'
import { quantity } from '../../core/quantity/quantity.ts'
import { sizedDown } from './sized-down.ts'

const [BTC, ETH, USDT] = ['BTC', 'ETH', 'USDT'].map(assetId) as [never, never, never]
const STEP = 10n ** 10n
const opening = {
  deposits: [{ asset: USDT, quantity: quantity(1_234_567n * 10n ** 12n) }],
  trades: [
    { underlying: BTC, quantity: quantity(15n * STEP) },
    { underlying: ETH, quantity: quantity(-15n * STEP) },
  ],
  borrows: [{ asset: USDT, quantity: quantity(19n * 10n ** 12n) }],
}

test('leaves the deposits, and of every trade and borrow so many tenths in whole steps, a sale as a purchase', () => {
  // Three tenths of 15 steps are 4.5, of 19 steps 5.7.
  expect(sizedDown(opening, 3)).toEqual({
    deposits: opening.deposits,
    trades: [
      { underlying: BTC, quantity: 4n * STEP },
      { underlying: ETH, quantity: -4n * STEP },
    ],
    borrows: [{ asset: USDT, quantity: 5n * 10n ** 12n }],
  })
})

test('leaves everything with ten, nothing but the deposits with none', () => {
  expect(sizedDown(opening, 10)).toEqual(opening)
  expect(sizedDown(opening, 0)).toEqual({ deposits: opening.deposits, trades: [], borrows: [] })
})

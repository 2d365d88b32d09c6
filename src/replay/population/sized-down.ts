import { quantity } from '../../core/quantity/quantity.ts'
import { type Amount, AMOUNT_STEP, CONTRACT_STEP, type Opening, type Trade } from './world.ts'

/** Steps an opening is sized down by: a tenth of what was drawn each. */
export const WHOLE_OPENING = 10

/** The same deposits with so many tenths of every trade and borrow, each rounded toward zero as when it was drawn; none of either with 0. */
export function sizedDown({ deposits, trades, borrows }: Opening, tenths: number): Opening {
  if (tenths === 0) return { deposits, trades: [], borrows: [] }
  return {
    deposits,
    trades: trades.map((trade): Trade => ({ ...trade, quantity: shareOf(trade.quantity, tenths, CONTRACT_STEP) })),
    borrows: borrows.map((borrow): Amount => ({ ...borrow, quantity: shareOf(borrow.quantity, tenths, AMOUNT_STEP) })),
  }
}

/** Division of integers truncates, so a sale is rounded toward zero as a purchase is. */
function shareOf(whole: Trade['quantity'], tenths: number, step: bigint): Trade['quantity'] {
  const part = (whole * BigInt(tenths)) / BigInt(WHOLE_OPENING)
  return quantity(part - (part % step))
}

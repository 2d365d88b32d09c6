import { expect, test } from 'vitest'
import { changeOptions } from './change-options.ts'

const NOTHING = { add: [], order: [], deposit: [], withdraw: [], price: [], vol: [], regime: undefined }

const table: [option: object, change: object][] = [
  [{ add: ['ETH-PERP:3'] }, { addPositions: [{ market: 'ETH-PERP', quantity: '3' }] }],
  [
    { add: ['BTC/USDT:USDT:-0.5@68000'] },
    { addPositions: [{ market: 'BTC/USDT:USDT', quantity: '-0.5', price: '68000' }] },
  ],
  [{ order: ['ETH-PERP:+3@1995'] }, { addOrders: [{ market: 'ETH-PERP', quantity: '3', limitPrice: '1995' }] }],
  [{ deposit: ['USDC:5000'] }, { addBalances: [{ asset: 'USDC', quantity: '5000' }] }],
  [{ withdraw: ['USDC:0.5'] }, { addBalances: [{ asset: 'USDC', quantity: '-0.5' }] }],
  [{ price: ['BTC=-10%'] }, { priceMoves: { BTC: '-0.10' } }],
  [{ price: ['BTC=+2.5%'] }, { priceMoves: { BTC: '0.025' } }],
  [{ price: ['BTC=150%'] }, { priceMoves: { BTC: '1.50' } }],
  [{ price: ['BTC=60000'] }, { priceMoves: { BTC: { to: '60000' } } }],
  [{ vol: ['ETH=+20%'] }, { volMoves: { ETH: '0.20' } }],
  [{ regime: 'break' }, { regime: 'break' }],
]
test.each(table)('%j says %j', (option, change) => {
  const options = changeOptions({ ...NOTHING, ...option })
  expect(options.ok && options.documents.map(({ text }) => JSON.parse(text))).toEqual([
    { format: 'plimsoll changes v1', ...change },
  ])
})

test.each([{ add: ['ETH-PERP'] }, { deposit: ['USDC:-5'] }, { price: ['BTC'] }, { vol: ['ETH=0.8'] }])(
  '%j is refused',
  (option) => {
    const options = changeOptions({ ...NOTHING, ...option })
    expect(options.ok ? [] : options.problems.kept.map(({ code, path }) => [code, path])).toEqual([['NotOneOf', '$']])
  },
)

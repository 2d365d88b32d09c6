import { expect, test } from 'vitest'
import { ppm } from '../quantity/ppm.ts'
import { accountId, marketId } from '../instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../ledger/account.ts'
import { requireAssetBook } from '../ledger/books.ts'
import {
  contracts,
  type Desk,
  fill,
  held,
  leg,
  member,
  priceReport,
  tradingDesk,
} from '../../../simulator/workload/desk.ts'
import { markOption } from '../../../simulator/workload/option-desk.ts'
import { liquidate } from '../../../simulator/workload/liquidation-desk.ts'
import { assetTerms, atoms, BTC, optionTerms, standardEpoch, usd, USDT } from '../../../simulator/workload/world.ts'

const alice = accountId('alice')
const CALL = marketId('BTC-CALL')
const spread = (parts: bigint) => ({ halfSpreadPpm: ppm(parts), impactPpm: ppm(0n), impactNotional: usd('1') })

/** A call at 50,000 marked at 600 that is closed at a half-spread of 10%, and bob with a million USDT. */
function desk(): Desk {
  const made = tradingDesk({
    assets: [USDT, BTC].map((id) => assetTerms({ id, closeOutCost: spread(0n) })),
    markets: [optionTerms({ id: CALL, closeOutCost: spread(100_000n) })],
    epoch: standardEpoch('first', { bufferPpm: 0n, penaltyPpm: 10_000n }),
    prices: {
      assets: [
        [USDT, '1'],
        [BTC, '50000'],
      ],
    },
  })
  markOption(made, CALL, '600')
  member(made, 'bob', [USDT, '1000000'])
  return made
}

function marked(made: Desk, index: string, mark: string): void {
  made.accept(priceReport(made.now(), { assets: [[BTC, index]] }))
  markOption(made, CALL, mark)
}

test('a short option is bought back in part until the rest is covered, and its premium paid at once', () => {
  const made = desk()
  member(made, 'alice', [USDT, '101200'])
  made.accept(fill(CALL, { quantity: '2', price: '600', buyer: leg(accountId('bob')), seller: leg(alice) }))
  marked(made, '52000', '2500')
  const events = made.accept(liquidate())
  // NLV 102,400 - 5,000 = 97,400, MM 2 * 54,500 = 109,000. Each contract bought back at 2,750 costs 250 and a penalty of 25 and
  // relieves 54,500: 11,600 / 54,225 = 0.21392..., the next lot of 0.001 is 0.214.
  const closed = events.find((event) => event.type === 'OptionsClosed')
  expect(closed).toMatchObject({
    bought: atoms('0.214'),
    price: atoms('2750'),
    notional: atoms('535'),
    cash: -atoms('588.5'),
  })
  expect(contracts(made.state, alice, CALL)).toEqual({ quantity: -atoms('1.786'), cost: 0n, fundingBasis: 0n })
  // 102,400 - 588.50 - 1% of 535.
  expect(held(made.state, alice, USDT)).toBe(atoms('101806.15'))
  expect(contracts(made.state, MARKET_ACCOUNT, CALL).quantity).toBe(-atoms('0.214'))
  expect(held(made.state, MARKET_ACCOUNT, USDT)).toBe(atoms('588.5'))
})

test('a loss beyond all collateral goes through the waterfall, and everything still adds up', () => {
  const made = desk()
  member(made, 'alice', [USDT, '50600'])
  made.accept(fill(CALL, { quantity: '1', price: '600', buyer: leg(accountId('bob')), seller: leg(alice) }))
  marked(made, '120000', '70000')
  const events = made.accept(liquidate())
  // Bought back at 77,000 with 51,200: 25,800 are owed, and nobody has put anything into the fund.
  expect(events.map(({ type }) => type)).toEqual([
    'LiquidationStarted',
    'OptionsClosed',
    'DeficitRecorded',
    'LiquidationEnded',
  ])
  expect(requireAssetBook(made.state, USDT).ledger.deficit).toBe(atoms('25800'))
  expect(held(made.state, alice, USDT)).toBe(0n)
  expect(made.state.accounts.get(alice)?.buckets.get(0)?.positions.size).toBe(0)
})

test('long options are sold to meet a debt', () => {
  const made = desk()
  member(made, 'alice', [BTC, '1'])
  made.accept(fill(CALL, { quantity: '10', price: '600', buyer: leg(alice), seller: leg(MARKET_ACCOUNT) }))
  // 6,000 are owed: 50,000 in bitcoin less 5%, options count for nothing. At 6,500 bitcoin they do not cover the debt.
  marked(made, '6200', '10')
  const events = made.accept(liquidate())
  const closed = events.find((event) => event.type === 'OptionsClosed')
  // Sold at 9 each.
  expect(closed).toMatchObject({ price: atoms('9') })
  expect(events.some(({ type }) => type === 'DebtRepaid')).toBe(true)
})

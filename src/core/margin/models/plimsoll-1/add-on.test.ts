import { describe, expect, test } from 'vitest'
import { cashFlow } from '../../../quantity/cash-flow.ts'
import { quantity } from '../../../quantity/quantity.ts'
import { timestamp } from '../../../quantity/timestamp.ts'
import { assetId } from '../../../instrument/identifier.ts'
import type { Contract } from '../../../instrument/market.ts'
import { indexPrice, valuedContract } from '../../../market/listing.ts'
import type { Order } from '../../../ledger/order.ts'
import { NO_POSITION } from '../../../ledger/position.ts'
import type { Portfolio } from '../../../portfolio/portfolio.ts'
import { NOWHERE_ELSE } from '../../model.ts'
import { initialCharge, keeperNotional, maintenanceCharge, shortOptionMinimumUp } from './add-on.ts'
import { initialTerms } from './initial-terms.ts'
import { itemRanges } from './item-range.ts'
import { orderFlows } from './order-flow.ts'
import { riskBook } from './risk-book.ts'
import { assetItem, contractItem, type OptionItem } from './risk-item.ts'
import { dollars, EPOCH, listedAs, MARKETS, order, units, VIEW, wide } from './small-world.test-data.ts'

const ONE = 10n ** 18n
const NONE = units(0)

function held(id: string, whole: number) {
  const price = indexPrice(VIEW, assetId(id)) ?? dollars(1)
  return assetItem(
    { asset: assetId(id), listed: listedAs(id), flow: cashFlow(BigInt(whole) * 10n ** 36n), price },
    EPOCH,
  )
}

function contracts(terms: Contract, whole: number) {
  const contract = valuedContract(VIEW, terms.id)
  if (contract === undefined) throw new Error(terms.id)
  return contractItem(units(whole), contract, VIEW, EPOCH)
}

function options(...parts: readonly (readonly [Contract, number])[]): readonly OptionItem[] {
  return parts.map(([terms, whole]) => contracts(terms, whole)).filter((item) => item.kind === 'option')
}

describe('N, by which a keeper is paid', () => {
  const table: [name: string, notional: bigint, want: bigint][] = [
    ['collateral is not in it', keeperNotional(held('BTC', 5)), 0n],
    ['a debt is, at its price', keeperNotional(held('BTC', -5)), wide(500)],
    ['so is one of the unit of account', keeperNotional(held('USD', -5)), wide(5)],
    ['but not what is owned of it', keeperNotional(held('USD', 5)), 0n],
    ['contracts at the mark', keeperNotional(contracts(MARKETS.perp, -3)), wide(600)],
    ['options at the index', keeperNotional(contracts(MARKETS.call, -3)), wide(300)],
    ['unmeasured collateral is not', keeperNotional(held('JUNK', 5)), 0n],
    ['an unmeasured debt is', keeperNotional(held('JUNK', -5)), wide(25)],
    ['unmeasured contracts are', keeperNotional(contracts(MARKETS.alien, 1)), wide(200)],
  ]
  test.each(table)('%s', (_name, notional, want) => {
    expect(notional).toBe(want)
  })
})

describe('what closing an item costs', () => {
  // Half spread 0.01%, sigma 3%, 50000.5 units a day. 12500.125 units are a quarter of a day: 3% / 2 + 0.01% = 1.51%.
  const quarter = quantity(12_500_125n * 10n ** 15n)
  const short = contractItem(quantity(-quarter), valuedContract(VIEW, MARKETS.perp.id) as never, VIEW, EPOCH)
  test('its own size sets the impact for maintenance', () => {
    // 12500.125 * 200 USD * 1.51% = 37750.3775
    expect(maintenanceCharge(short)).toEqual({ closing: 37_750_377_500n * 10n ** 12n, inFull: 0n })
  })
  test('what is elsewhere on the same side adds to it initially', () => {
    // Four quarters: 3.01% of 2500025.
    const closing = 75_250_752_500n * 10n ** 12n
    expect(initialCharge(short, quantity(3n * quarter))).toEqual({ closing, inFull: 0n })
    expect(initialCharge(short, NONE)).toEqual(maintenanceCharge(short))
  })
  test('what is not measured is charged in full, cash nothing', () => {
    expect(maintenanceCharge(held('JUNK', -3))).toEqual({ closing: 0n, inFull: 15n * ONE })
    expect(initialCharge(held('JUNK', 3), units(9))).toEqual({ closing: 0n, inFull: 15n * ONE })
    expect(maintenanceCharge(held('USD', 3))).toEqual({ closing: 0n, inFull: 0n })
  })
})

describe('the least charge of short options: 1% of the index of 100', () => {
  const { call, put } = MARKETS
  const table: [name: string, items: readonly OptionItem[], want: bigint][] = [
    ['nothing', [], 0n],
    ['long', options([call, 3], [put, 2]), 0n],
    ['short calls', options([call, -3]), 3n * ONE],
    ['the larger of calls and puts', options([call, -3], [put, -5]), 5n * ONE],
    ['long less short of the same right', options([call, -3], [call, 2], [put, 9]), ONE],
  ]
  test.each(table)('%s', (_name, items, want) => {
    expect(shortOptionMinimumUp(items)).toBe(want)
  })
  test('is per underlying, rounded up once', () => {
    const [one] = options([call, -1])
    if (one === undefined) throw new Error('an option')
    const other = { ...one, terms: { ...one.terms, underlying: assetId('ETH') }, notional: -1n as typeof one.notional }
    const atom = { ...one, notional: -1n as typeof one.notional }
    expect(shortOptionMinimumUp([atom, other])).toBe(1n)
  })
})

describe('with open orders', () => {
  const portfolio: Portfolio = {
    holdings: [{ asset: assetId('BTC'), quantity: units(2) }],
    positions: [{ market: MARKETS.perp.id, ...NO_POSITION, quantity: units(1), cost: cashFlow(100n * 10n ** 36n) }],
  }
  const inputFor = (orders: readonly Order[]) => {
    return { portfolio, orders, market: VIEW, parameters: EPOCH, time: timestamp(0), elsewhere: NOWHERE_ELSE }
  }
  const ranges = (orders: readonly Order[]) => {
    const input = inputFor(orders)
    const found = itemRanges(input, riskBook(portfolio, VIEW, EPOCH), orderFlows(orders, VIEW))
    return found.map(({ held: at, least, most }) =>
      [at, least, most].map((item) => {
        if (item.kind === 'owned') return [item.id, item.owned.balance / ONE]
        return 'open' in item ? [item.id, (item.kind === 'debt' ? -1n : 1n) * (item.open.size / ONE)] : [item.id]
      }),
    )
  }
  const all = (id: string, ...sizes: bigint[]) => sizes.map((size) => [id, size])

  test('each asset and market has a range; without orders it is what is held', () => {
    expect(ranges([])).toEqual([all('BTC', 2n, 2n, 2n), all('USDC', 0n, 0n, 0n), all('PERP', 1n, 1n, 1n)])
  })
  test('contracts are bought and sold, held or not', () => {
    const orders = [
      order(MARKETS.perp, 'buy', 4, 1),
      order(MARKETS.perp, 'sell', 7, 999),
      order(MARKETS.put, 'sell', 3, 99),
    ]
    expect(ranges(orders)).toEqual([
      all('BTC', 2n, 2n, 2n),
      all('USDC', 0n, 0n, 0n),
      all('PERP', 1n, -6n, 5n),
      all('PUT', 0n, -3n, 0n),
    ])
  })
  test('a pair draws on both of its assets: 50 USDC a BTC', () => {
    expect(ranges([order(MARKETS.pair, 'buy', 1, 50), order(MARKETS.pair, 'sell', 5, 50)])).toEqual([
      all('BTC', 2n, -3n, 3n),
      all('USDC', 0n, -50n, 250n),
      all('PERP', 1n, 1n, 1n),
    ])
  })
  test('the fifth market by name is charged apart: by itself, and its share of the basis floor', () => {
    const { alien, call, future, put, pair } = MARKETS
    const four = [alien, call, future, pair].map((market) => order(market, 'buy', 1, 1))
    // A long put that was never priced is charged its worth of 20 in another term; here the perpetual is fifth.
    const fifth = order(MARKETS.perp, 'buy', 1, 1)
    const alone = initialTerms({ ...inputFor([fifth]), portfolio: { holdings: [], positions: [] } })
    const [joint, apart] = [four, [...four, fifth]].map((orders) => initialTerms(inputFor(orders)).terms)
    expect(joint?.orders).toBe(0n)
    // History: half of 200 is lost in the only window; iota 1.25 makes it 125. Basis: 5% of 200 on top.
    expect(alone.terms.history).toBe(100n * ONE)
    expect(apart?.orders).toBe(135n * ONE)
    expect(put.id > 'PERP').toBe(true)
  })
})

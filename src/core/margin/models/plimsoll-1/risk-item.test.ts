import { describe, expect, test } from 'vitest'
import { cashFlow } from '../../../quantity/cash-flow.ts'
import { price, PRICE_BOUND } from '../../../quantity/price.ts'
import { assetId } from '../../../instrument/identifier.ts'
import type { Contract } from '../../../instrument/market.ts'
import { indexPrice, valuedContract } from '../../../market/listing.ts'
import { assetItem, contractItem } from './risk-item.ts'
import { dollars, EPOCH, epochWith, listedAs, MARKETS, units, VIEW, wide } from './small-world.test-data.ts'
import { ASSET, SECTION } from './section.test-data.ts'

const ONE = 10n ** 18n
const { option } = SECTION.contracts.BTC
/** The highest node of the grid doubles the forward. */
const HIGH = {
  BTC: {
    ...SECTION.contracts.BTC,
    option: { ...option, grid: { ...option.grid, priceMovesPpm: [-104_403, 0, 1_000_000] } },
  },
}

/** Whole units of an asset. */
function held(id: string, whole: number, epoch = EPOCH) {
  const price = indexPrice(VIEW, assetId(id)) ?? dollars(1)
  return assetItem(
    { asset: assetId(id), listed: listedAs(id), flow: cashFlow(BigInt(whole) * 10n ** 36n), price },
    epoch,
  )
}

function contracts(terms: Contract, whole: number) {
  const contract = valuedContract(VIEW, terms.id)
  if (contract === undefined) throw new Error(terms.id)
  return contractItem(units(whole), contract, VIEW, EPOCH)
}

describe('what a claim is', () => {
  test('the unit of account at a dollar is cash, of either sign', () => {
    expect([held('USD', 3), held('USD', -3)]).toEqual([
      { kind: 'cash', id: 'USD', worth: wide(3) },
      { kind: 'cash', id: 'USD', worth: wide(-3) },
    ])
  })
  test('the unit of account at another price is an asset like any other', () => {
    expect(
      assetItem(
        { asset: assetId('USD'), listed: listedAs('USD'), flow: cashFlow(10n ** 36n), price: dollars(2) },
        EPOCH,
      ).kind,
    ).toBe('unmeasured')
  })
  test('what is not in the epoch is charged its value, owned or owed', () => {
    expect(held('JUNK', 3)).toMatchObject({
      kind: 'unmeasured',
      sort: 'collateral',
      charge: 15n * ONE,
      notional: wide(15),
    })
    expect(held('JUNK', -3)).toMatchObject({
      kind: 'unmeasured',
      sort: 'borrow',
      charge: 15n * ONE,
      notional: wide(-15),
    })
  })
  test('a charge is rounded up', () => {
    // A third of an atom of JUNK at 5: five thirds of an atom of value.
    const flow = cashFlow(ONE / 3n)
    expect(
      assetItem({ asset: assetId('JUNK'), listed: listedAs('JUNK'), flow, price: dollars(5) }, EPOCH),
    ).toMatchObject({ charge: 2n })
  })
  test('nothing is a debt of nothing', () => {
    expect(held('BTC', 0)).toMatchObject({ kind: 'debt', open: { size: 0n, worth: 0n } })
  })
  test('a debt is an exposure as large as it is, its size rounded up', () => {
    expect(held('USDC', -3)).toMatchObject({
      kind: 'debt',
      open: { size: 3n * ONE, worth: wide(-6) },
      line: { worth: wide(-6) },
    })
    const flow = cashFlow(-1n)
    expect(
      assetItem({ asset: assetId('BTC'), listed: listedAs('BTC'), flow, price: dollars(100) }, EPOCH),
    ).toMatchObject({ open: { size: 1n } })
  })
  test('a debt of what may lose all of its worth is charged it, and hedges nothing', () => {
    // At a risk weight of 100%.
    const factors = { ...SECTION.factors, BTC: { ...SECTION.factors.BTC, riskWeightPpm: 1_000_000 } }
    expect(held('BTC', -3, epochWith({ factors }))).toMatchObject({
      kind: 'unmeasured',
      sort: 'borrow',
      charge: 300n * ONE,
      notional: wide(-300),
    })
  })
  test('what is owned is an exposure up to q*, and of nothing if it is no collateral', () => {
    expect(held('BTC', 3)).toMatchObject({ kind: 'owned', line: { worth: wide(300) }, owned: { balance: 3n * ONE } })
    const useful = EPOCH.usefulSizeOf(assetId('BTC'))
    const beyond = held('BTC', Number(useful / ONE) + 1)
    expect(beyond).toMatchObject({ line: { worth: useful * ONE * 100n * ONE }, owned: { usefulSize: useful } })
    const refused = epochWith({ assets: { ...SECTION.assets, BTC: { ...ASSET, isCollateral: false } } })
    expect(held('BTC', 3, refused)).toMatchObject({ kind: 'owned', line: { worth: 0n }, owned: { usefulSize: 0n } })
  })
})

describe('what contracts are', () => {
  test('worth their mark at the settlement price, not the index', () => {
    // 3 * 100 USDC at 2.
    expect(contracts(MARKETS.perp, -3)).toMatchObject({
      kind: 'contract',
      open: { size: -3n * ONE, worth: wide(-600) },
    })
    expect(contracts(MARKETS.future, 1)).toMatchObject({ kind: 'contract', line: { factors: { expiry: 86_400_000 } } })
  })
  test('unmeasured without figures of the epoch: charged their worth', () => {
    expect(contracts(MARKETS.alien, -3)).toMatchObject({ kind: 'unmeasured', sort: 'position', charge: 600n * ONE })
  })
  test('options by their pricing: the mark is their worth, the index their notional', () => {
    expect(contracts(MARKETS.call, -3)).toMatchObject({
      kind: 'option',
      open: { worth: wide(-60) },
      notional: wide(-300),
    })
  })
  test('options never priced: a holder is charged what they are worth, a writer the index besides', () => {
    expect(contracts(MARKETS.old, 3)).toMatchObject({ kind: 'unmeasured', charge: 60n * ONE })
    expect(contracts(MARKETS.old, -3)).toMatchObject({ kind: 'unmeasured', charge: 360n * ONE, notional: wide(-300) })
  })
  test('options whose forward the grid would move beyond all prices are charged as if never priced', () => {
    // Doubled, half of the bound is no price, and an atom less is.
    const at = (forward: bigint) => {
      const listed = VIEW.markets.get(MARKETS.call.id)
      if (listed?.pricing === undefined) throw new Error('the call is priced')
      const pricing = { ...listed.pricing, forward: price(forward) }
      const view = { ...VIEW, markets: new Map([[MARKETS.call.id, { ...listed, pricing }]]) }
      const contract = valuedContract(view, MARKETS.call.id)
      if (contract === undefined) throw new Error('the call is valued')
      return contractItem(units(-3), contract, view, epochWith({ contracts: HIGH }))
    }
    expect(at(PRICE_BOUND / 2n)).toMatchObject({ kind: 'unmeasured', charge: 360n * ONE })
    expect(at(PRICE_BOUND / 2n - 1n)).toMatchObject({ kind: 'option' })
  })
  test('options on what has no price: a writer is charged the strike besides', () => {
    // 3 * 7 USDC at 2 is 42.
    expect(contracts(MARKETS.odd, -3)).toMatchObject({ kind: 'unmeasured', charge: 102n * ONE, notional: wide(-42) })
  })
})

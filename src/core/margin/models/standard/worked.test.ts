import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fundingIndex } from '../../../quantity/funding-index.ts'
import { formatDecimal18, parseDecimal18 } from '../../../quantity/decimal.ts'
import { NO_PPM } from '../../../quantity/ppm.ts'
import { price } from '../../../quantity/price.ts'
import { NO_QUANTITY, quantity } from '../../../quantity/quantity.ts'
import { timestamp } from '../../../quantity/timestamp.ts'
import { NO_VALUE, value } from '../../../quantity/value.ts'
import { assetId, marketId, orderId } from '../../../instrument/identifier.ts'
import type { Market } from '../../../instrument/market.ts'
import type { MarketView } from '../../../market/listing.ts'
import { NO_POSITION, tradePosition } from '../../../ledger/position.ts'
import { type InitialInput, NOWHERE_ELSE } from '../../model.ts'
import { standard } from './standard.ts'
import type { StandardParameters } from './parameters.ts'
import { flatCurve } from '../../../../../simulator/workload/world.ts'

interface Trade {
  readonly bought: string
  readonly price: string
  readonly fundingIndex: string
}
interface Case {
  readonly name: string
  readonly prices?: Readonly<Record<string, string>>
  readonly balances: Readonly<Record<string, string>>
  readonly positions?: readonly {
    readonly market: string
    readonly mark: string
    readonly fundingIndex: string
    readonly trades: readonly Trade[]
  }[]
  readonly orders?: readonly {
    readonly market: string
    readonly side: 'buy' | 'sell'
    readonly remaining: string
    readonly limit: string
  }[]
  readonly expected: Readonly<Record<'netLiquidationValue' | 'maintenanceMargin' | 'initialMargin', string>>
  readonly working: readonly string[]
}
interface Worked {
  readonly parameters: unknown
  readonly prices: Readonly<Record<string, string>>
  readonly markets: Readonly<
    Record<string, { readonly kind: 'perpetual' | 'spot' } & Readonly<Record<'settlement' | 'base' | 'quote', string>>>
  >
  readonly cases: readonly Case[]
}

const FILE = join(import.meta.dirname, '../../../../../vectors/standard/worked.json')
const worked = JSON.parse(readFileSync(FILE, 'utf8')) as Worked
const COST = { halfSpreadPpm: NO_PPM, impactPpm: NO_PPM, impactNotional: value(1n) }

function atoms(text: string): bigint {
  const parsed = parseDecimal18(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem}`)
  return parsed.atoms
}

function quote(text: string) {
  return { price: price(atoms(text)), halfWidth: NO_VALUE, guarded: false, observedAt: timestamp(0) }
}

function terms(id: string): Market {
  const { kind, settlement, base, quote } = worked.markets[id] ?? { kind: 'spot', settlement: '', base: id, quote: id }
  const trading = {
    id: marketId(id),
    tick: price(1n),
    lot: quantity(1n),
    minimumQuantity: quantity(1n),
    priceBandPpm: NO_PPM,
    closeOutCost: COST,
  }
  if (kind === 'spot') return { ...trading, kind, base: assetId(base), quote: assetId(quote) }
  const maximumOpenInterest = quantity(1n)
  return { ...trading, kind, underlying: assetId('BTC'), settlement: assetId(settlement), maximumOpenInterest }
}

function viewOf(one: Case): MarketView {
  const prices = { ...worked.prices, ...one.prices }
  const assets = Object.entries(prices).map(([id, text]) => {
    const rules = { freshForMs: 1, lowConfidencePpm: NO_PPM, dailyVolatilityPpm: NO_PPM }
    const asset = {
      id: assetId(id),
      nativeDecimals: 18,
      borrowable: true,
      borrowCurve: flatCurve(0n),
      closeOutCost: COST,
    }
    return [assetId(id), { terms: { ...asset, priceRules: rules }, index: quote(text) }] as const
  })
  const markets = Object.keys(worked.markets).map((id) => {
    const open = one.positions?.find(({ market }) => market === id)
    const mark = open === undefined ? undefined : quote(open.mark)
    const index = fundingIndex(atoms(open?.fundingIndex ?? '0'))
    const status = 'open' as const
    return [marketId(id), { terms: terms(id), status, mark, fundingIndex: index, openInterest: NO_QUANTITY }] as const
  })
  return { assets: new Map(assets), markets: new Map(markets) }
}

function inputOf(one: Case, parameters: StandardParameters): InitialInput<StandardParameters> {
  const holdings = Object.entries(one.balances).map(([id, text]) => ({
    asset: assetId(id),
    quantity: quantity(atoms(text)),
  }))
  const positions = (one.positions ?? []).map(({ market, trades }) => {
    const position = trades.reduce((held, trade) => {
      const at = { price: price(atoms(trade.price)), fundingIndex: fundingIndex(atoms(trade.fundingIndex)) }
      return tradePosition(held, quantity(atoms(trade.bought)), at)
    }, NO_POSITION)
    return { market: marketId(market), ...position }
  })
  const orders = (one.orders ?? []).map(({ market, side, remaining, limit }, i) => {
    const size = { remaining: quantity(atoms(remaining)), limit: price(atoms(limit)) }
    return { id: orderId(`${i}`), market: marketId(market), side, ...size }
  })
  return {
    portfolio: { holdings, positions },
    orders,
    market: viewOf(one),
    parameters,
    time: timestamp(0),
    elsewhere: NOWHERE_ELSE,
  }
}

test.each(worked.cases)('$name: as worked by hand in vectors/standard/worked.json', (one) => {
  const decoded = standard.decodeParameters(worked.parameters)
  if (!decoded.ok) throw new Error(`${decoded.field}: expected ${decoded.expected}, found ${decoded.found}`)
  const input = inputOf(one, decoded.parameters)
  const [maintenance, initial] = [standard.maintenance(input), standard.initial(input)]
  expect({
    netLiquidationValue: formatDecimal18(maintenance.value),
    maintenanceMargin: formatDecimal18(maintenance.requirement),
    initialMargin: formatDecimal18(initial.requirement),
  }).toEqual(one.expected)
  expect(initial.value).toBe(maintenance.value)
})

test('every worked case shows how each of its numbers comes about', () => {
  for (const { expected, working } of worked.cases) {
    const shown = working.join('\n')
    for (const figure of Object.values(expected)) expect(shown).toContain(figure)
  }
})

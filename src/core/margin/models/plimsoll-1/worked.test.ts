import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatDecimal18, parseDecimal18 } from '../../../quantity/decimal.ts'
import { cashFlow } from '../../../quantity/cash-flow.ts'
import { NO_FUNDING } from '../../../quantity/funding-index.ts'
import { NO_PPM, ppm } from '../../../quantity/ppm.ts'
import { price } from '../../../quantity/price.ts'
import { NO_QUANTITY, quantity } from '../../../quantity/quantity.ts'
import { timestamp } from '../../../quantity/timestamp.ts'
import { value } from '../../../quantity/value.ts'
import { assetId, marketId, orderId } from '../../../instrument/identifier.ts'
import type { ListedMarket, MarketView } from '../../../market/listing.ts'
import type { Order } from '../../../ledger/order.ts'
import type { Portfolio } from '../../../portfolio/portfolio.ts'
import { flatCurve } from '../../../../../simulator/workload/world.ts'
import { plimsoll1 } from './plimsoll-1.ts'

type Amounts = Readonly<Record<string, string>>
interface Case {
  readonly name: string
  readonly holdings: Amounts
  readonly perpetual?: { readonly contracts: string; readonly entry: string }
  readonly elsewhere?: Amounts
  readonly venue?: Amounts
  readonly orders?: readonly { readonly side: 'buy' | 'sell'; readonly contracts: string; readonly limit: string }[]
  readonly doubt?: { readonly halfWidth: string; readonly confidencePpm: number }
  readonly value: string
  readonly maintenance: string
  readonly initial: string
}

const FILE = join(import.meta.dirname, '../../../../../vectors/plimsoll-1/requirement.json')
const worked = JSON.parse(readFileSync(FILE, 'utf8')) as {
  readonly parameters: unknown
  readonly cases: readonly Case[]
}
const decoded = plimsoll1.decodeParameters(worked.parameters)
if (!decoded.ok) throw new Error(`${decoded.field}: expected ${decoded.expected}, found ${decoded.found}`)
const { parameters } = decoded

const NOW = timestamp(0)
const PERP = marketId('ETH-PERP')

function atoms(text: string): bigint {
  const parsed = parseDecimal18(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem}`)
  return parsed.atoms
}

const amount = (text: string) => quantity(atoms(text))

function viewFor({ doubt }: Case): MarketView {
  const cost = { halfSpreadPpm: NO_PPM, impactPpm: NO_PPM, impactNotional: value(1n) }
  const priceRules = { freshForMs: 1, lowConfidencePpm: ppm(10_000n), dailyVolatilityPpm: NO_PPM }
  const terms = { nativeDecimals: 18, borrowable: true, borrowCurve: flatCurve(0n), priceRules, closeOutCost: cost }
  const quote = (at: string) => ({ price: price(atoms(at)), halfWidth: value(0n), guarded: false, observedAt: NOW })
  const doubted = doubt && { halfWidth: value(atoms(doubt.halfWidth)), confidence: ppm(BigInt(doubt.confidencePpm)) }
  const asset = (id: string, at: string, more: object = {}) =>
    [assetId(id), { terms: { ...terms, id: assetId(id) }, index: { ...quote(at), ...more } }] as const
  const perpetual: ListedMarket = {
    terms: {
      kind: 'perpetual',
      id: PERP,
      underlying: assetId('ETH'),
      settlement: assetId('USDC'),
      maximumOpenInterest: quantity(1n),
      tick: price(1n),
      lot: quantity(1n),
      minimumQuantity: quantity(1n),
      priceBandPpm: NO_PPM,
      closeOutCost: cost,
    },
    status: 'open',
    mark: quote('3000'),
    fundingIndex: NO_FUNDING,
    openInterest: NO_QUANTITY,
  }
  return {
    assets: new Map([asset('ETH', '3000', doubted), asset('USDC', '1'), asset('JUNK', '10')]),
    markets: new Map([[PERP, perpetual]]),
  }
}

function holdingsOf(amounts: Amounts = {}): Portfolio['holdings'] {
  return Object.entries(amounts).map(([id, text]) => ({ asset: assetId(id), quantity: amount(text) }))
}

function portfolioOf({ holdings, perpetual }: Case): Portfolio {
  if (perpetual === undefined) return { holdings: holdingsOf(holdings), positions: [] }
  const contracts = amount(perpetual.contracts)
  const cost = cashFlow(contracts * atoms(perpetual.entry))
  return {
    holdings: holdingsOf(holdings),
    positions: [{ market: PERP, quantity: contracts, cost, fundingBasis: cashFlow(0n) }],
  }
}

test.each(worked.cases)('$name: as worked by hand in vectors/plimsoll-1/requirement.json', (one) => {
  const orders = (one.orders ?? []).map(({ side, contracts, limit }, i): Order => {
    return { id: orderId(`${i}`), market: PERP, side, remaining: amount(contracts), limit: price(atoms(limit)) }
  })
  const input = { portfolio: portfolioOf(one), orders, market: viewFor(one), parameters, time: NOW }
  const elsewhere = {
    others: () => [{ holdings: holdingsOf(one.elsewhere), positions: [] }],
    venueHolding: (asset: string) => amount(one.venue?.[asset] ?? '0'),
  }
  const [maintenance, initial] = [plimsoll1.maintenance(input), plimsoll1.initial({ ...input, elsewhere })]
  expect({
    value: formatDecimal18(maintenance.value),
    maintenance: formatDecimal18(maintenance.requirement),
    initial: formatDecimal18(initial.requirement),
  }).toEqual({ value: one.value, maintenance: one.maintenance, initial: one.initial })
  expect(initial.value).toBe(maintenance.value)
  expect(maintenance.sufficient).toBe(maintenance.value >= maintenance.requirement)
})

import { NO_FUNDING } from '../../../quantity/funding-index.ts'
import { NO_PPM, ppm, WHOLE } from '../../../quantity/ppm.ts'
import { type Price, price } from '../../../quantity/price.ts'
import { NO_QUANTITY, type Quantity, quantity } from '../../../quantity/quantity.ts'
import { rate } from '../../../quantity/rate.ts'
import { timestamp } from '../../../quantity/timestamp.ts'
import { value } from '../../../quantity/value.ts'
import { assetId, marketId, orderId } from '../../../instrument/identifier.ts'
import type { Contract, DatedFuture, EuropeanOption, Market, Perpetual } from '../../../instrument/market.ts'
import type { ListedAsset, ListedMarket, MarketView } from '../../../market/listing.ts'
import type { Order } from '../../../ledger/order.ts'
import { decodePlimsoll1 } from './decode-parameters.ts'
import { prepareEpoch } from './prepare-epoch.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import { SECTION } from './section.test-data.ts'

/** A venue with a coin, a claim on it, a stablecoin and one of each kind of market, for tests. Whole units unless it says atoms. */
const DAY = 86_400_000
const ONE = 10n ** 18n
const NO_INTEREST = { basePpm: NO_PPM, kinkPpm: ppm(800_000n), atKinkPpm: NO_PPM, atFullPpm: NO_PPM, capPpm: WHOLE }
const COST = { halfSpreadPpm: NO_PPM, impactPpm: NO_PPM, impactNotional: value(1n) }

export const units = (whole: number): Quantity => quantity(BigInt(whole) * ONE)
export const dollars = (whole: number): Price => price(BigInt(whole) * ONE)
/** USD at full scale. */
export const wide = (whole: number): bigint => BigInt(whole) * 10n ** 54n

export function epochWith(changes: object): PreparedEpoch {
  const decoded = decodePlimsoll1({ ...SECTION, ...changes })
  if (!decoded.ok) throw new Error(`${decoded.field}: expected ${decoded.expected}, found ${decoded.found}`)
  return prepareEpoch(decoded.parameters)
}

/** No window in which all is lost, so that what is owned is of use. */
export const EPOCH = epochWith({ windows: { count: 1, columns: { BTC: [-500_000] } } })

function contract<Kind extends Contract>(id: string, more: object): Kind {
  const terms = { tick: price(1n), lot: quantity(1n), minimumQuantity: quantity(1n), priceBandPpm: NO_PPM }
  const settled = { closeOutCost: COST, maximumOpenInterest: quantity(1n), settlement: assetId('USDC') }
  return { ...terms, ...settled, id: marketId(id), underlying: assetId('BTC'), ...more } as unknown as Kind
}

const OPTION = { kind: 'option', strike: dollars(100), expiry: timestamp(30 * DAY) }
/** Marks of 100, of options 10; `CALL` was priced, `OLD` never, `ODD` is on what nobody lists a price of. */
export const MARKETS = {
  perp: contract<Perpetual>('PERP', { kind: 'perpetual' }),
  alien: contract<Perpetual>('ALIEN', { kind: 'perpetual', underlying: assetId('JUNK') }),
  future: contract<DatedFuture>('FUT', { kind: 'future', expiry: timestamp(DAY) }),
  call: contract<EuropeanOption>('CALL', { ...OPTION, right: 'call' }),
  put: contract<EuropeanOption>('PUT', { ...OPTION, right: 'put' }),
  old: contract<EuropeanOption>('OLD', { ...OPTION, right: 'put' }),
  odd: contract<EuropeanOption>('ODD', { ...OPTION, right: 'call', underlying: assetId('GONE'), strike: dollars(7) }),
  pair: {
    kind: 'spot',
    id: marketId('PAIR'),
    base: assetId('BTC'),
    quote: assetId('USDC'),
    tick: price(1n),
    lot: quantity(1n),
    minimumQuantity: quantity(1n),
    priceBandPpm: NO_PPM,
    closeOutCost: COST,
  },
} as const satisfies Readonly<Record<string, Market>>

const quote = (at: Price) => ({ price: at, halfWidth: value(0n), guarded: false, observedAt: timestamp(0) })

function listed(terms: Market): ListedMarket {
  const still = { terms, status: 'open' as const, fundingIndex: NO_FUNDING, openInterest: NO_QUANTITY }
  if (terms.kind === 'spot') return { ...still, mark: undefined }
  if (terms.kind !== 'option') return { ...still, mark: quote(dollars(100)) }
  const option = { ...still, mark: quote(dollars(10)) }
  const pricing = { forward: dollars(100), volatility: rate(6n * 10n ** 17n), pricedAt: timestamp(0) }
  return terms.id === 'OLD' ? option : { ...option, pricing }
}

/** BTC at 100, USDC at 2 (a price that shows where it is forgotten), USD at 1, JUNK at 5; GONE never had a price. */
export const VIEW: MarketView = {
  assets: new Map(
    Object.entries({ BTC: 100, USDC: 2, USD: 1, JUNK: 5, GONE: undefined }).map(([id, at]) => {
      const priceRules = { freshForMs: DAY, lowConfidencePpm: NO_PPM, dailyVolatilityPpm: NO_PPM }
      const terms = { nativeDecimals: 18, borrowable: true, borrowCurve: NO_INTEREST, priceRules, closeOutCost: COST }
      const index = at === undefined ? undefined : quote(dollars(at))
      return [assetId(id), { terms: { ...terms, id: assetId(id) }, index }]
    }),
  ),
  markets: new Map(Object.values(MARKETS).map((terms) => [terms.id, listed(terms)])),
}

/** As the view lists it. */
export function listedAs(id: string): ListedAsset {
  const found = VIEW.assets.get(assetId(id))
  if (found === undefined) throw new Error(`${id} is not listed`)
  return found
}

export function order(market: Market, side: Order['side'], size: number, limit: number): Order {
  return { id: orderId('1'), market: market.id, side, remaining: units(size), limit: dollars(limit) }
}

import {
  both,
  constant,
  constantFrom,
  dictionary,
  digits,
  distinct,
  flag,
  gen,
  type Gen,
  integer,
  list,
  oneOf,
  record,
  text,
} from './random-value.test-data.ts'

/** Documents that are right in every respect, in all the forms a field may take. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type Fields = { readonly [key: string]: Json }

/** Also names that objects of JavaScript have by birth. */
const ASSETS = ['USDC', 'ETH', 'BTC', 'wstETH', '1INCH', 'USDC.e', 'constructor', 'toString'] as const
const OTHER_MARKETS = ['BTC/USDT:USDT', 'eth:march']
const PERPETUALS = ['USDC-PERP', 'ETH-PERP', 'BTC-PERP', 'USDC.e-PERP', 'constructor-PERP'] as const
const FUTURES = ['BTC-27MAR26', 'ETH-5JUN26'] as const
const OPTIONS = ['ETH-27MAR26-2400-C', 'BTC-27MAR26-60000.5-P'] as const
const AS_OF = Date.UTC(2026, 1, 6, 8)
const asset = constantFrom<Json>(...ASSETS)
const assetKey = constantFrom<string>(...ASSETS)
const contract = constantFrom<Json>(...PERPETUALS, ...FUTURES, ...OPTIONS, 'BTC/USDT:USDT', 'eth:march')

/** Decimals as people write them, trailing zeros too; now and then the largest. */
function size(before: number): Gen<string> {
  const whole = digits(1, before).map((figures) => figures.replace(/^0+/, '') || '0')
  const rest = oneOf(
    constant(''),
    digits(1, 18).map((figures) => `.${figures}`),
  )
  const usual = gen((draw) => `${whole.from(draw)}${rest.from(draw)}`)
  return oneOf(
    usual,
    usual,
    usual,
    constant(`${'9'.repeat(before)}.${'9'.repeat(18)}`),
    constant('0.000000000000000001'),
  )
}

function signed(unsigned: Gen<string>): Gen<string> {
  return gen((draw) => `${draw(2) === 0 ? '' : '-'}${unsigned.from(draw)}`)
}

function notZero(unsigned: Gen<string>): Gen<string> {
  return unsigned.map((figures) => (/^-?0(\.0+)?$/.test(figures) ? '0.10' : figures))
}

const quantity = signed(size(18))
const traded = signed(notZero(size(18)))
const amount = size(18)
const price = notZero(size(12))
const usd = size(15)
const positiveUsd = notZero(usd)
const rate = signed(size(20))
const positiveRate = notZero(size(20))
const fraction = oneOf<string>(
  constantFrom('0', '1', '1.000', '0.0'),
  digits(1, 18).map((figures) => `0.${figures}`),
)
const delta = digits(1, 17).map((figures) => `-0.${figures}1`)
const ms = integer({ min: 0, max: AS_OF })
const time = oneOf<Json>(
  ms,
  ms.map((at) => new Date(at).toISOString()),
  integer({ min: 0, max: AS_OF / 1000 - 1 }).map((at) => new Date(at * 1000).toISOString().replace('.000', '')),
)
const later = integer({ min: AS_OF + 1, max: 8.64e15 })
const count = integer({ min: 0, max: Number.MAX_SAFE_INTEGER })

const depth = record<Json>({
  advUsd: usd,
  halfSpread: fraction,
  levels: list(record<Json>({ within: fraction, usd }, ['within', 'usd']), 0, 3),
})
const fees = record<Json>({ maker: rate, taker: rate, liquidation: size(20) })
const balances = dictionary<Json>(assetKey, quantity, 4)
const nothing = constant<Fields>({})
const position = both(
  record<Json>({ market: contract, quantity: traded, accruedFunding: quantity }, ['market', 'quantity']),
  oneOf<Fields>(
    nothing,
    record({ entryPrice: price }, ['entryPrice']),
    record({ unsettledPnl: quantity }, ['unsettledPnl']),
  ),
)
const name = gen((draw) => `${text('abcXYZ019', 1, 1).from(draw)}${text('aZ9._:/-', 0, 20).from(draw)}`)
const order = record<Json>({ id: name, market: contract, quantity: traded, limitPrice: price, reduceOnly: flag }, [
  'market',
  'quantity',
])
const content = { balances, positions: list(position, 0, 3), orders: list(order, 0, 2) }
const bucketMode = oneOf<Fields>(
  constantFrom<Fields>({ mode: 'cross' }, { mode: 'isolated' }),
  positiveUsd.map((line) => ({ mode: 'line', line })),
)
const bucket = both(record<Json>({ ...content, id: integer({ min: 1, max: 255 }) }, ['id']), bucketMode)
const buckets = distinct(bucket, ({ id }) => id, [0, 3])
const words = text('aé"\\\n\u0000\u{1f600}\u202e ', 0, 30)
const account = record<Json>({ ...content, buckets, owner: words, id: name }, ['id'])

const limits = {
  collateral: flag,
  supplyCap: amount,
  accountCap: amount,
  borrowCap: amount,
  venueSupply: amount,
  venueBorrow: amount,
  depth,
}
const claim = { reference: asset, redemptionDelayMs: count, exchangeRate: price }
const assetTerms = both(
  record<Json>(limits),
  oneOf<Fields>(
    constant({ kind: 'volatile' }),
    record<Json>({ ...claim, kind: constant('stable') }, ['kind', 'reference']),
    record<Json>({ ...claim, kind: constant('yield-bearing') }, ['kind', 'reference', 'exchangeRate']),
  ),
)

const trading = {
  underlying: asset,
  tickSize: price,
  lotSize: notZero(amount),
  status: constantFrom('open', 'reduce-only', 'paused'),
  openInterest: amount,
  fees,
  depth,
}
const linear = record<Json>({ payoff: constant('linear'), contractSize: notZero(amount), settlementAsset: asset })
const inverse = gen((draw): Fields => {
  const underlying = asset.from(draw)
  return { payoff: 'inverse', underlying, settlementAsset: underlying, contractSize: positiveUsd.from(draw) }
})
const payoff = both(record<Json>(trading, ['underlying']), oneOf<Fields>(linear, inverse))
const perpetual = constant<Fields>({ kind: 'perpetual' })
const ending = oneOf<Fields>(
  perpetual,
  later.map((expiry) => ({ kind: 'future', expiry })),
  gen((draw) => ({
    kind: 'option',
    expiry: later.from(draw),
    strike: price.from(draw),
    right: draw(2) === 0 ? 'call' : 'put',
  })),
)
const markets = both(
  dictionary<Json>(constantFrom<string>(...PERPETUALS), both(payoff, perpetual), 2),
  record<Json>({ 'BTC/USDT:USDT': both(payoff, ending), 'eth:march': both(payoff, ending) }, OTHER_MARKETS),
)

const quote = both(
  record<Json>(
    {
      mark: price,
      index: price,
      smoothed: price,
      bid: constant('5.0'),
      ask: constantFrom('5', '5.5'),
      vol: positiveRate,
      confidence: fraction,
      interval: usd,
      sources: integer({ min: 1, max: 99 }),
    },
    ['mark'],
  ),
  oneOf<Fields>(nothing, record({ ageMs: count }, ['ageMs']), record({ at: time }, ['at'])),
)
const anyPrice = oneOf<Json>(price, quote)
/** All but perpetuals and futures, which may be valued by their underlyings. */
const needed = [...ASSETS, ...OPTIONS, ...OTHER_MARKETS]
const prices = both(
  dictionary<Json>(constantFrom<string>(...PERPETUALS, ...FUTURES), anyPrice, 4),
  record<Json>(Object.fromEntries(needed.map((id) => [id, anyPrice])), needed),
)

const smile = oneOf<Fields>(
  distinct(integer({ min: 1, max: 1_000_000 }), String, [1, 4]).map((strikes) => ({
    points: strikes.map((strike) => ({ strike: String(strike), vol: '0.66' })),
  })),
  delta.map((at) => ({ points: [{ delta: at, vol: '0.51' }] })),
  record<Json>({ a: rate, b: size(20), rho: rate, m: rate, sigma: positiveRate, tau: positiveRate }, [
    'a',
    'b',
    'rho',
    'm',
    'sigma',
  ]).map((svi) => ({ svi })),
)
const slice = both(
  record<Json>({ expiry: later, forward: price, rate, confidence: fraction, at: time }, ['expiry']),
  smile,
)
const vols = dictionary<Json>(
  assetKey,
  oneOf<Json>(
    positiveRate,
    distinct(slice, ({ expiry }) => expiry, [1, 3]),
  ),
  2,
)
const funding = dictionary<Json>(
  constantFrom<string>(...PERPETUALS),
  record<Json>({ rate, intervalMs: integer({ min: 1000, max: 86_400_000 }), nextAt: time }, ['rate', 'intervalMs']),
  2,
)
const model = constantFrom<Json>(
  'plimsoll-1',
  { id: 'standard', epoch: 'epoch.json', epochHash: `sha256:${'0a'.repeat(32)}` },
  { id: 'standard', parameters: { haircuts: { BTC: '0.1' }, list: [1, null, true], __comment: 'x' } },
)

const shortForm = both(
  record<Json>({ balances, buckets, orders: content.orders }, ['balances']),
  record<Json>({ positions: content.positions }),
)
const longForm = record<Json>({ accounts: distinct(account, ({ id }) => id, [1, 3]) }, ['accounts'])
const common = record<Json>(
  {
    asOf: constantFrom<Json>(AS_OF, '2026-02-06T08:00:00Z', '2026-02-06T08:00:00.0Z'),
    name: words,
    unitOfAccount: constant('USD'),
    model,
    settlementAsset: asset,
    assets: dictionary<Json>(assetKey, assetTerms, 3),
    markets,
    prices,
    vols,
    funding,
    fees,
    liquidation: record<Json>({
      targetHealth: positiveRate,
      warnUsage: fraction,
      reduceOnlyUsage: fraction,
      takeOverUsage: positiveRate,
      keeperFeeUsd: usd,
      maxRateUsd: usd,
    }),
    insurance: balances,
    '//': constant<Json>([{ a: 1 }, 'a comment']),
  },
  ['asOf', 'markets', 'prices'],
)

/** A document without fault. */
export const PORTFOLIO_DOCUMENT: Gen<Fields> = both(
  constant<Fields>({ format: 'plimsoll portfolio v1' }),
  both(common, oneOf(shortForm, longForm)),
)

/** The document that some numbers draw; after the last the least of everything is drawn, so that fewer numbers draw less. */
export function documentDrawn(numbers: readonly number[]): Fields {
  return PORTFOLIO_DOCUMENT.from(drawFrom(numbers))
}

export function drawFrom(numbers: readonly number[]): (below: number) => number {
  let next = 0
  return (below) => {
    const number = numbers[next] ?? 0
    next += 1
    return number % below
  }
}

/** The same document with its keys in another order, at every depth. */
export function shuffledKeys(document: Json, draw: (below: number) => number): Json {
  if (Array.isArray(document)) return (document as readonly Json[]).map((item) => shuffledKeys(item, draw))
  if (typeof document !== 'object' || document === null) return document
  const fields = Object.entries(document as Fields).map(([key, value]) => ({ key, value, rank: draw(1_000) }))
  return Object.fromEntries(
    fields.sort((a, b) => a.rank - b.rank).map(({ key, value }) => [key, shuffledKeys(value, draw)]),
  )
}

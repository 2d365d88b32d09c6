import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ppm } from '../core/quantity/ppm.ts'
import { price } from '../core/quantity/price.ts'
import { quantity } from '../core/quantity/quantity.ts'
import { rate } from '../core/quantity/rate.ts'
import { timestamp } from '../core/quantity/timestamp.ts'
import { value } from '../core/quantity/value.ts'
import { accountId, assetId, marketId, orderId } from '../core/instrument/identifier.ts'
import type { Command } from '../core/clearing/command.ts'
import { decodeCommand, decodeEnvelope } from './decode.ts'
import { encodeJson } from './encode.ts'

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,20}$/)
const account = name.map(accountId)
const asset = name.map(assetId)
const market = name.map(marketId)
const bucket = fc.nat({ max: 255 })
const aQuantity = fc.bigInt({ min: -(10n ** 36n) + 1n, max: 10n ** 36n - 1n }).map(quantity)
const aPrice = fc.bigInt({ min: 1n, max: 10n ** 30n - 1n }).map(price)
const aValue = fc.bigInt({ min: -(10n ** 33n) + 1n, max: 10n ** 33n - 1n }).map(value)
const aRate = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }).map(rate)
const share = fc.bigInt({ min: 0n, max: 1_000_000n }).map(ppm)
const time = fc.nat({ max: 4_000_000_000 }).map(timestamp)
const plainLeg = fc.record({ account, bucket, fee: aQuantity })
const leg = fc.oneof(plainLeg, fc.record({ account, bucket, fee: aQuantity, order: name.map(orderId) }))
const certain = { price: aPrice, halfWidth: aValue, guarded: fc.boolean() }
const quoted = { smoothed: aPrice, bid: aPrice, ask: aPrice, confidencePpm: share }
const closeOutCost = fc.record({ halfSpreadPpm: share, impactPpm: share, impactNotional: aValue })
const figures = {
  tier: fc.constantFrom('major' as const, 'large' as const, 'other' as const),
  dailyPrices: bucket,
  sources: bucket,
  largestFallPpm: share,
  halted: fc.boolean(),
  dailyVolatilityPpm: share,
}
const evidence = fc.oneof(
  fc.record(figures),
  fc.record({
    ...figures,
    dailyVolumeUsd: aValue,
    depthUsd: aValue,
    peg: fc.record({ worstDeviationPpm: share, algorithmic: fc.boolean() }),
  }),
)
const trading = {
  id: market,
  tick: aPrice,
  lot: aQuantity,
  minimumQuantity: aQuantity,
  priceBandPpm: share,
  closeOutCost,
}
const contract = { ...trading, underlying: asset, settlement: asset, maximumOpenInterest: aQuantity }

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant('deposit' as const), account, bucket, asset, quantity: aQuantity }),
  fc.record({ type: fc.constant('transfer' as const), account, from: bucket, to: bucket, asset, quantity: aQuantity }),
  fc.record({
    type: fc.constant('setBucketMode' as const),
    account,
    bucket,
    mode: fc.constantFrom('cross' as const, 'isolated' as const, 'line' as const),
  }),
  fc.record({ type: fc.constant('setBucketLine' as const), account, bucket, limit: aValue }),
  fc.record({
    type: fc.constant('fill' as const),
    market,
    price: aPrice,
    quantity: aQuantity,
    buyer: leg,
    seller: leg,
  }),
  fc.record({
    type: fc.constant('placeOrder' as const),
    account,
    bucket,
    order: name.map(orderId),
    market,
    side: fc.constantFrom('buy' as const, 'sell' as const),
    quantity: aQuantity,
    limit: aPrice,
  }),
  fc.record({
    type: fc.constant('reportPrices' as const),
    observedAt: time,
    assets: fc.array(fc.oneof(fc.record({ asset, ...certain }), fc.record({ asset, ...certain, ...quoted })), {
      maxLength: 3,
    }),
    marks: fc.array(fc.oneof(fc.record({ market, ...certain }), fc.record({ market, ...certain, bid: aPrice })), {
      maxLength: 3,
    }),
    exchangeRates: fc.array(fc.record({ asset, rate: aPrice }), { maxLength: 2 }),
  }),
  fc.record({ type: fc.constant('accrueFunding' as const), market, rate: aRate }),
  fc.record({ type: fc.constant('expire' as const), market }),
  fc.record({ type: fc.constant('expire' as const), market, index: aPrice }),
  fc.record({ type: fc.constant('reprice' as const), underlying: asset }),
  fc.record({
    type: fc.constant('reportVolatilities' as const),
    underlying: asset,
    observedAt: time,
    slices: fc.array(
      fc.record({
        expiry: time,
        forward: aPrice,
        points: fc.array(fc.record({ strike: aPrice, volatility: aRate }), { maxLength: 3 }),
      }),
      { maxLength: 3 },
    ),
  }),
  fc.record({
    type: fc.constant('adoptEpoch' as const),
    epoch: fc.record(
      {
        id: name,
        model: name,
        sections: fc.dictionary(name, fc.dictionary(name, fc.oneof(fc.string(), fc.integer(), fc.boolean())), {
          noNullPrototype: true,
        }),
        liquidation: fc.record({ bufferPpm: share, penaltyPpm: share }),
        provenance: fc.dictionary(name, fc.oneof(fc.string(), fc.integer(), fc.array(fc.boolean())), {
          noNullPrototype: true,
        }),
      },
      { requiredKeys: ['id', 'model', 'sections', 'liquidation'] },
    ),
    ramp: fc.record({ durationMs: bucket, looseningDelayMs: bucket, emergency: fc.boolean() }, { requiredKeys: [] }),
  }),
  fc.record({
    type: fc.constant('listAsset' as const),
    asset: fc.record({
      id: asset,
      nativeDecimals: fc.nat({ max: 18 }),
      borrowable: fc.boolean(),
      borrowCap: aQuantity,
      backing: fc.oneof(
        fc.record({ redeemable: fc.boolean() }),
        fc.record({ reference: asset, redeemable: fc.boolean() }),
      ),
      borrowCurve: fc.record({ basePpm: share, kinkPpm: share, atKinkPpm: share, atFullPpm: share, capPpm: share }),
      priceRules: fc.record({ freshForMs: bucket, lowConfidencePpm: share, dailyVolatilityPpm: share }),
      closeOutCost,
    }),
    evidence,
  }),
  fc.record({ type: fc.constant('reviewAsset' as const), asset, evidence }),
  fc.record({
    type: fc.constant('delistAsset' as const),
    asset,
    reason: fc.constantFrom('Collapsed' as const, 'TooThin' as const, 'WoundUp' as const),
  }),
  fc.record({
    type: fc.constant('listMarket' as const),
    market: fc.oneof(
      fc.record({ kind: fc.constant('perpetual' as const), ...contract }),
      fc.record({ kind: fc.constant('future' as const), ...contract, expiry: time }),
      fc.record({
        kind: fc.constant('option' as const),
        ...contract,
        expiry: time,
        strike: aPrice,
        right: fc.constantFrom('call' as const, 'put' as const),
      }),
      fc.record({ kind: fc.constant('spot' as const), ...trading, base: asset, quote: asset }),
    ),
  }),
)

test('INV-WIRE-1: every command survives its JSON form to the last unit', () => {
  fc.assert(
    fc.property(command, (sent) => {
      expect(decodeCommand(JSON.parse(encodeJson(sent)))).toEqual({ ok: true, decoded: sent })
    }),
  )
})

test('INV-WIRE-2: equal objects have equal JSON, in whatever order their fields were set', () => {
  fc.assert(
    fc.property(command, (sent) => {
      const reversed = Object.fromEntries(Object.entries(sent).reverse())
      expect(encodeJson(reversed)).toBe(encodeJson(sent))
    }),
  )
})

const deposit = { type: 'deposit', account: 'alice', bucket: 0, asset: 'USDC', quantity: '10' }
const envelope = { sender: 'bank', role: 'custodian', counter: 1, command: deposit }

const bad: [name: string, input: unknown, path: string, expected: RegExp, got: string][] = [
  ['a number for a decimal', { ...deposit, quantity: 10 }, '$.quantity', /a decimal string/, '10'],
  ['thousands separators', { ...deposit, quantity: '1,000' }, '$.quantity', /without thousands separators/, '"1,000"'],
  ['an exponent', { ...deposit, quantity: '1e3' }, '$.quantity', /without exponent/, '"1e3"'],
  [
    '19 decimals',
    { ...deposit, quantity: '0.0000000000000000001' },
    '$.quantity',
    /at most 18 digits/,
    '"0.0000000000000000001"',
  ],
  [
    'a quantity of 1e18',
    { ...deposit, quantity: `1${'0'.repeat(18)}` },
    '$.quantity',
    /between -1e18 and 1e18/,
    '"1000000000000000000"',
  ],
  ['an unknown field', { ...deposit, memo: 'x' }, '$.memo', /no such field/, '"memo"'],
  [
    'a missing field',
    { type: 'deposit', account: 'alice', bucket: 0, asset: 'USDC' },
    '$.quantity',
    /a decimal string/,
    'nothing',
  ],
  ['a name with a blank', { ...deposit, account: 'a b' }, '$.account', /a name of 1 to 64/, '"a b"'],
  ['a negative bucket', { ...deposit, bucket: -1 }, '$.bucket', /at least 0/, '-1'],
  ['half a bucket', { ...deposit, bucket: 0.5 }, '$.bucket', /a whole number/, '0.5'],
  ['an unknown type', { type: 'steal' }, '$.type', /one of: openAccount, deposit/, '"steal"'],
  [
    'an unknown mode',
    { type: 'setBucketMode', account: 'a', bucket: 1, mode: 'both' },
    '$.mode',
    /one of: cross, isolated/,
    '"both"',
  ],
  ['no object', 'deposit', '$', /an object|a known kind/, '"deposit"'],
  ['null', null, '$', /an object|a known kind/, 'null'],
  [
    'a price of zero',
    {
      type: 'reportPrices',
      observedAt: 1,
      assets: [{ asset: 'BTC', price: '0', halfWidth: '0', guarded: false }],
      marks: [],
    },
    '$.assets[0].price',
    /above 0 and below 1e12/,
    '"0"',
  ],
  [
    'a negative price',
    {
      type: 'reportPrices',
      observedAt: 1,
      assets: [{ asset: 'BTC', price: '-1', halfWidth: '0', guarded: false }],
      marks: [],
    },
    '$.assets[0].price',
    /above 0 and below 1e12/,
    '"-1"',
  ],
  [
    'an absurd price',
    {
      type: 'reportPrices',
      observedAt: 1,
      assets: [{ asset: 'BTC', price: '1000000000000', halfWidth: '0', guarded: false }],
      marks: [],
    },
    '$.assets[0].price',
    /above 0 and below 1e12/,
    '"1000000000000"',
  ],
  [
    'a time that is no time',
    { type: 'reportPrices', observedAt: -5, assets: [], marks: [] },
    '$.observedAt',
    /milliseconds since 1970/,
    '-5',
  ],
]
test.each(bad)(
  'refuses %s and says where, what was expected and what was found',
  (_name, input, path, expected, got) => {
    const decoded = decodeCommand(input)
    expect(decoded.ok).toBe(false)
    if (decoded.ok) return
    const [problem] = decoded.problems
    expect(problem?.path).toBe(path)
    expect(problem?.expected).toMatch(expected)
    expect(problem?.got).toBe(got)
  },
)

test('an envelope needs a known role and a whole counter', () => {
  expect(decodeEnvelope(envelope).ok).toBe(true)
  expect(decodeEnvelope({ ...envelope, role: 'root' })).toMatchObject({ problems: [{ path: '$.role' }] })
  expect(decodeEnvelope({ ...envelope, counter: 1.5 })).toMatchObject({ problems: [{ path: '$.counter' }] })
  expect(decodeEnvelope({ ...envelope, command: { ...deposit, quantity: 'x' } })).toMatchObject({
    problems: [{ path: '$.command.quantity' }],
  })
})

test('the JSON of money is a decimal string, of a share in ppm a number', () => {
  expect(encodeJson({ quantity: quantity(1_500_000_000_000_000_000n), feePpm: ppm(500n) })).toBe(
    '{"feePpm":500,"quantity":"1.5"}',
  )
})

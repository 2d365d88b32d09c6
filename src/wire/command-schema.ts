import { z } from 'zod'
import type { Command } from '../core/clearing/command.ts'
import { PLAIN_OBJECT } from './plain-object.ts'
import {
  ACCOUNT,
  ASSET,
  MARKET,
  ORDER,
  PPM,
  PRICE,
  QUANTITY,
  RATE,
  SENDER,
  TIMESTAMP,
  VALUE,
  WHOLE_NUMBER,
} from './unit-schema.ts'

/** Schemas of everything that may be sent: strict objects, an unknown field is an error. */

const CLOSE_OUT_COST = z.strictObject({ halfSpreadPpm: PPM, impactPpm: PPM, impactNotional: VALUE })
const PRICE_RULES = z.strictObject({ freshForMs: WHOLE_NUMBER, lowConfidencePpm: PPM, dailyVolatilityPpm: PPM })
const BORROW_CURVE = z.strictObject({ basePpm: PPM, kinkPpm: PPM, atKinkPpm: PPM, atFullPpm: PPM, capPpm: PPM })

const BACKING = z.strictObject({ reference: z.exactOptional(ASSET), redeemable: z.boolean() })

const ASSET_TERMS = z.strictObject({
  id: ASSET,
  nativeDecimals: WHOLE_NUMBER,
  borrowable: z.boolean(),
  borrowCap: z.exactOptional(QUANTITY),
  backing: z.exactOptional(BACKING),
  borrowCurve: BORROW_CURVE,
  priceRules: PRICE_RULES,
  closeOutCost: CLOSE_OUT_COST,
})

const EVIDENCE = z.strictObject({
  tier: z.enum(['major', 'large', 'other']),
  dailyPrices: WHOLE_NUMBER,
  sources: WHOLE_NUMBER,
  largestFallPpm: PPM,
  halted: z.boolean(),
  dailyVolatilityPpm: PPM,
  dailyVolumeUsd: z.exactOptional(VALUE),
  depthUsd: z.exactOptional(VALUE),
  peg: z.exactOptional(z.strictObject({ worstDeviationPpm: PPM, algorithmic: z.boolean() })),
})

const TRADING_TERMS = {
  id: MARKET,
  tick: PRICE,
  lot: QUANTITY,
  minimumQuantity: QUANTITY,
  priceBandPpm: PPM,
  closeOutCost: CLOSE_OUT_COST,
}

const CONTRACT_TERMS = { ...TRADING_TERMS, underlying: ASSET, settlement: ASSET, maximumOpenInterest: QUANTITY }

const MARKET_TERMS = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('perpetual'), ...CONTRACT_TERMS }),
  z.strictObject({ kind: z.literal('future'), ...CONTRACT_TERMS, expiry: TIMESTAMP }),
  z.strictObject({
    kind: z.literal('option'),
    ...CONTRACT_TERMS,
    expiry: TIMESTAMP,
    strike: PRICE,
    right: z.enum(['call', 'put']),
  }),
  z.strictObject({ kind: z.literal('spot'), ...TRADING_TERMS, base: ASSET, quote: ASSET }),
])

const EPOCH = z.strictObject({
  id: z.string().min(1).max(64),
  model: z.string().min(1).max(64),
  sections: z.record(z.string(), z.unknown()),
  liquidation: z.strictObject({ bufferPpm: PPM, penaltyPpm: PPM }),
  provenance: z.exactOptional(PLAIN_OBJECT),
})

const RAMP = z.strictObject({
  durationMs: z.exactOptional(WHOLE_NUMBER),
  looseningDelayMs: z.exactOptional(WHOLE_NUMBER),
  emergency: z.exactOptional(z.boolean()),
})

const LEG = z.strictObject({ account: ACCOUNT, bucket: WHOLE_NUMBER, fee: QUANTITY, order: z.exactOptional(ORDER) })
const REPORTED = {
  price: PRICE,
  halfWidth: VALUE,
  guarded: z.boolean(),
  smoothed: z.exactOptional(PRICE),
  bid: z.exactOptional(PRICE),
  ask: z.exactOptional(PRICE),
  confidencePpm: z.exactOptional(PPM),
}
const VOLATILITY_SLICE = z.strictObject({
  expiry: TIMESTAMP,
  forward: PRICE,
  points: z.array(z.strictObject({ strike: PRICE, volatility: RATE })),
})
const IN_BUCKET = { account: ACCOUNT, bucket: WHOLE_NUMBER }
const AMOUNT = { asset: ASSET, quantity: QUANTITY }

const COMMAND = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('openAccount'), account: ACCOUNT }),
  z.strictObject({ type: z.literal('deposit'), ...IN_BUCKET, ...AMOUNT }),
  z.strictObject({ type: z.literal('withdraw'), ...IN_BUCKET, ...AMOUNT }),
  z.strictObject({ type: z.literal('transfer'), account: ACCOUNT, from: WHOLE_NUMBER, to: WHOLE_NUMBER, ...AMOUNT }),
  z.strictObject({ type: z.literal('setBucketMode'), ...IN_BUCKET, mode: z.enum(['cross', 'isolated', 'line']) }),
  z.strictObject({ type: z.literal('setBucketLine'), ...IN_BUCKET, limit: VALUE }),
  z.strictObject({
    type: z.literal('fill'),
    market: MARKET,
    price: PRICE,
    quantity: QUANTITY,
    buyer: LEG,
    seller: LEG,
  }),
  z.strictObject({
    type: z.literal('placeOrder'),
    ...IN_BUCKET,
    order: ORDER,
    market: MARKET,
    side: z.enum(['buy', 'sell']),
    quantity: QUANTITY,
    limit: PRICE,
  }),
  z.strictObject({ type: z.literal('cancelOrder'), ...IN_BUCKET, order: ORDER }),
  z.strictObject({
    type: z.literal('reportPrices'),
    observedAt: TIMESTAMP,
    assets: z.array(z.strictObject({ asset: ASSET, ...REPORTED })),
    marks: z.array(z.strictObject({ market: MARKET, ...REPORTED })),
    exchangeRates: z.exactOptional(z.array(z.strictObject({ asset: ASSET, rate: PRICE }))),
  }),
  z.strictObject({
    type: z.literal('reportVolatilities'),
    underlying: ASSET,
    observedAt: TIMESTAMP,
    slices: z.array(VOLATILITY_SLICE),
  }),
  z.strictObject({ type: z.literal('reprice'), underlying: ASSET }),
  z.strictObject({ type: z.literal('accrueFunding'), market: MARKET, rate: RATE }),
  z.strictObject({ type: z.literal('settle'), market: MARKET }),
  z.strictObject({ type: z.literal('expire'), market: MARKET, index: z.exactOptional(PRICE) }),
  z.strictObject({ type: z.literal('accrueInterest') }),
  z.strictObject({ type: z.literal('adoptEpoch'), epoch: EPOCH, ramp: z.exactOptional(RAMP) }),
  z.strictObject({ type: z.literal('fundInsurance'), ...AMOUNT }),
  z.strictObject({
    type: z.literal('writeOffDeficit'),
    ...AMOUNT,
    source: z.enum(['fees', 'insuranceFund', 'custody']),
  }),
  z.strictObject({ type: z.literal('liquidate'), ...IN_BUCKET }),
  z.strictObject({
    type: z.literal('setMarketStatus'),
    market: MARKET,
    status: z.enum(['open', 'reduceOnly', 'paused']),
  }),
  z.strictObject({ type: z.literal('listAsset'), asset: ASSET_TERMS, evidence: EVIDENCE }),
  z.strictObject({ type: z.literal('reviewAsset'), asset: ASSET, evidence: EVIDENCE }),
  z.strictObject({ type: z.literal('listMarket'), market: MARKET_TERMS }),
  z.strictObject({
    type: z.literal('delistAsset'),
    asset: ASSET,
    reason: z.enum(['Collapsed', 'TooThin', 'WoundUp', 'Replaced', 'Legal']),
  }),
  z.strictObject({ type: z.literal('delistMarket'), market: MARKET }),
  z.strictObject({ type: z.literal('upgradeProtocol'), version: WHOLE_NUMBER }),
]) satisfies z.ZodType<Command>

export const ROLE = z.enum(['owner', 'venue', 'custodian', 'oracle', 'risk', 'keeper'])

export const COMMAND_SCHEMA: z.ZodType<Command> = COMMAND

export const EPOCH_SCHEMA = EPOCH

/** An envelope as a file of commands holds it: with its own time where the file is a recording. */
export const ENVELOPE_SCHEMA = z.strictObject({
  time: z.exactOptional(TIMESTAMP),
  sender: SENDER,
  role: ROLE,
  counter: WHOLE_NUMBER,
  command: COMMAND,
})

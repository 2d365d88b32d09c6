import { price } from '../../src/core/quantity/price.ts'
import { quantity } from '../../src/core/quantity/quantity.ts'
import { rate } from '../../src/core/quantity/rate.ts'
import { timestamp } from '../../src/core/quantity/timestamp.ts'
import { value } from '../../src/core/quantity/value.ts'
import { accountId, assetId, marketId, orderId } from '../../src/core/instrument/identifier.ts'
import { ppm } from '../../src/core/quantity/ppm.ts'
import { LAST_BUCKET } from '../../src/core/ledger/account.ts'
import type { Command, Envelope, ExchangeRateReport, Role } from '../../src/core/clearing/command.ts'
import { below, pick, type Prng } from './prng.ts'

const ROLES: readonly Role[] = ['owner', 'venue', 'custodian', 'oracle', 'risk', 'keeper']
const HUGE = 10n ** 36n - 1n

/** An envelope with one thing wrong: its role, or one of the fields its command has. Draws: which thing, then how. */
export function spoil(prng: Prng, envelope: Envelope): Envelope {
  const { command } = envelope
  if (below(prng, 8) === 0) return { ...envelope, role: pick(prng, ROLES) }
  const ways = [
    ...names(command),
    ...sizes(command),
    ...buckets(command),
    ...fills(command),
    ...reports(command),
    ...documents(command),
  ]
  return ways.length === 0 ? envelope : { ...envelope, command: pick(prng, ways) }
}

function names(command: Command): readonly Command[] {
  const found: Command[] = []
  if ('account' in command) found.push({ ...command, account: accountId('nobody') })
  if ('asset' in command && typeof command.asset === 'string') {
    const asset = assetId('NOTHING')
    found.push({ ...command, asset } as Command)
  }
  if ('market' in command && typeof command.market === 'string')
    found.push({ ...command, market: marketId('NOWHERE') } as Command)
  if (command.type === 'cancelOrder') found.push({ ...command, order: orderId('none') })
  if (command.type === 'placeOrder') found.push({ ...command, order: orderId('o1') })
  return found
}

function sizes(command: Command): readonly Command[] {
  if (!('quantity' in command)) return []
  const size = command.quantity
  return [0n, -1n, 1n, HUGE, -size, size + 1n, size * 1000n]
    .filter((bad) => bad <= HUGE)
    .map((bad) => ({ ...command, quantity: quantity(bad) }))
}

function buckets(command: Command): readonly Command[] {
  if (command.type === 'transfer')
    return [
      { ...command, to: command.from },
      { ...command, to: 99 },
    ]
  if (!('bucket' in command)) return []
  if (command.type === 'setBucketLine')
    return [
      { ...command, limit: value(-1n) },
      { ...command, bucket: 0 },
    ]
  if (command.type !== 'setBucketMode') return [{ ...command, bucket: 99 }]
  return [LAST_BUCKET, LAST_BUCKET + 1, -1]
    .map((bucket): Command => ({ ...command, bucket }))
    .concat([{ ...command, bucket: 0, mode: 'isolated' }])
}

function fills(command: Command): readonly Command[] {
  if (command.type === 'placeOrder') return [{ ...command, limit: price(command.limit + 1n) }]
  if (command.type !== 'fill') return []
  const { buyer, seller } = command
  return [
    { ...command, price: price(command.price + 1n) },
    { ...command, seller: { ...seller, account: buyer.account, bucket: buyer.bucket } },
    { ...command, buyer: { ...buyer, fee: quantity(-seller.fee - 1n) } },
    { ...command, buyer: { ...buyer, fee: quantity(HUGE) } },
    { ...command, buyer: { ...buyer, account: accountId('nobody') } },
    { ...command, seller: { ...seller, bucket: 99 } },
    { ...command, seller: { ...seller, order: orderId('none') } },
    { ...command, buyer: { ...buyer, order: orderId('o1') } },
    { ...command, quantity: quantity(command.quantity / 1000n) },
  ]
}

function reports(command: Command): readonly Command[] {
  if (command.type === 'accrueFunding') return [{ ...command, rate: rate(10n ** 17n + 1n) }]
  if (command.type === 'reportVolatilities')
    return [
      { ...command, slices: [...command.slices].reverse() },
      { ...command, slices: [] },
    ]
  if (command.type !== 'reportPrices') return []
  const { observedAt, assets, marks } = command
  const [first, ...others] = assets
  const early = timestamp(observedAt - 3_600_000)
  const found: Command[] = [
    { ...command, observedAt: timestamp(observedAt + 1) },
    { ...command, observedAt: early },
    { ...command, marks: marks.map((report) => ({ ...report, market: marketId('BTC-USDT') })) },
  ]
  if (first === undefined) return found
  const bad = (report: Partial<typeof first>): Command => ({ ...command, assets: [{ ...first, ...report }, ...others] })
  return [
    ...found,
    bad({ asset: assetId('NOTHING') }),
    bad({ halfWidth: value(-1n) }),
    bad({ bid: price(first.price + 1n), ask: first.price }),
    bad({ halfWidth: value(first.price + 1n) }),
    bad({ price: price(10n ** 30n - 1n) }),
    { ...command, assets: [...assets, first] },
    ...rates(command),
  ]
}

function rates(command: Extract<Command, { type: 'reportPrices' }>): readonly Command[] {
  const [told] = command.exchangeRates ?? []
  if (told === undefined) return [{ ...command, exchangeRates: [{ asset: assetId('BTC'), rate: price(10n ** 18n) }] }]
  const wrong = [price(told.rate * 2n), price(told.rate / 2n)]
  return [...wrong.map((rate) => ({ ...command, exchangeRates: [{ ...told, rate }] })), twice(command, told)]
}

function twice(command: Extract<Command, { type: 'reportPrices' }>, told: ExchangeRateReport): Command {
  return { ...command, exchangeRates: [told, told] }
}

function documents(command: Command): readonly Command[] {
  if (command.type === 'adoptEpoch') {
    const { epoch } = command
    return [
      { ...command, epoch: { ...epoch, model: 'astrology' } },
      { ...command, epoch: { ...epoch, sections: { standard: { assets: {} } } } },
      { ...command, ramp: { durationMs: 60_001 } },
      { ...command, ramp: { emergency: true, looseningDelayMs: 61 * 60_000 } },
    ]
  }
  if (command.type === 'listAsset') {
    const { asset } = command
    return [
      { ...command, evidence: { ...command.evidence, dailyPrices: 89 } },
      { ...command, asset: { ...asset, backing: { reference: asset.id, redeemable: true } } },
      { ...command, asset: { ...asset, nativeDecimals: 19 } },
      { ...command, asset: { ...asset, priceRules: { ...asset.priceRules, freshForMs: 0 } } },
    ]
  }
  if (command.type !== 'listMarket') return []
  const { market } = command
  const terms = { ...market, lot: quantity(0n) }
  const cost = { ...market.closeOutCost, impactNotional: value(0n), halfSpreadPpm: ppm(1n) }
  return [
    { ...command, market: terms },
    { ...command, market: { ...market, closeOutCost: cost } },
  ]
}

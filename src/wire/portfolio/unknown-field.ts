import { type JsonMember, shortened } from './json-node.ts'
import { nearestName } from './nearest-name.ts'
import type { Complaint } from './problem.ts'
import { quoted } from './source.ts'

/** Names that other systems use, and ours for the same thing; the first that the object knows is meant. */
const TRANSLATIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    quantity: ['qty', 'size', 'sz', 'amount', 'amt', 'contracts', 'pos', 'position', 'positionAmt', 'szi', 'baseSize'],
    market: [
      'instId',
      'instrument',
      'instrument_name',
      'instrumentName',
      'symbol',
      'coin',
      'contract',
      'pair',
      'product',
    ],
    entryPrice: [
      'avgPx',
      'avgPrice',
      'avgEntryPrice',
      'averagePrice',
      'average_price',
      'entryPx',
      'entry',
      'costPrice',
    ],
    unsettledPnl: ['upl', 'unrealizedPnl', 'unrealisedPnl', 'unrealizedProfit', 'floating_profit_loss', 'pnl'],
    accruedFunding: ['unsettledFunding', 'fundingFee', 'cumFunding'],
    limitPrice: ['px', 'price', 'limit', 'limitPx'],
    mark: ['markPrice', 'markPx', 'mark_price', 'price', 'px', 'last', 'lastPrice', 'close'],
    index: ['indexPrice', 'indexPx', 'index_price', 'oraclePrice', 'oraclePx'],
    smoothed: ['ema', 'twap', 'emaPrice', 'stablePrice'],
    bid: ['bidPx', 'bidPrice', 'best_bid_price'],
    ask: ['askPx', 'askPrice', 'best_ask_price'],
    vol: ['iv', 'markVol', 'mark_iv', 'sigma', 'volatility'],
    at: ['ts', 'timestamp', 'time', 'publishTime', 'publish_time'],
    interval: ['conf'],
    contractSize: ['ctVal', 'multiplier', 'contract_size', 'contractVal'],
    expiry: ['expiration', 'expTime', 'expiration_timestamp', 'maturity', 'deliveryDate'],
    right: ['optionType', 'option_type', 'optType', 'type', 'putCall'],
    strike: ['stk', 'strikePrice', 'strike_price', 'k'],
    underlying: ['base', 'uly', 'baseCurrency', 'base_currency'],
    settlementAsset: ['settle', 'settleCcy', 'settlement', 'settlement_currency', 'marginAsset', 'quote'],
    tickSize: ['tick', 'tickSz', 'tick_size'],
    lotSize: ['lot', 'lotSz', 'stepSize'],
    rate: ['fundingRate', 'funding_rate'],
    nextAt: ['nextFundingTime', 'next_funding_time'],
    balances: ['assets', 'collateral', 'holdings', 'simAsset'],
    positions: ['simPos', 'perpPositions', 'assetPositions'],
    orders: ['openOrders', 'open_orders'],
    id: ['ordId', 'clOrdId', 'orderId', 'order_id', 'accountId', 'subaccount'],
    asOf: ['timestamp', 'time', 'ts', 'date', 'asof'],
    kind: ['type', 'instType'],
    mode: ['marginMode', 'mgnMode', 'tdMode'],
    decimals: ['precision'],
  })
    .flatMap(([ours, theirs]) => theirs.map((name) => [name, ours] as const))
    .reduce(gathered, new Map()),
)
const RESULTS = [
  'leverage',
  'lever',
  'marginRatio',
  'mgnRatio',
  'liquidationPrice',
  'liqPx',
  'initialMargin',
  'maintenanceMargin',
]
const SHORT = ['short', 'sell', 's', 'ask']
const LONG = ['long', 'buy', 'b', 'bid']

/** Our name for a field of another system, if the object has such a field. */
export function translatedField(key: string, known: readonly string[]): string | undefined {
  return TRANSLATIONS.get(key)?.find((ours) => known.includes(ours))
}

/** What to say of a field that the object does not have: what it is called here, or what was meant. */
export function unknownField(
  { key }: JsonMember,
  { known, members }: { readonly known: readonly string[]; readonly members: readonly JsonMember[] },
): Complaint {
  return {
    code: 'UnknownField',
    expected: `one of: ${known.join(', ')}`,
    got: quoted(shortened(key)),
    remedy: remedy(key, known, members),
  }
}

function remedy(key: string, known: readonly string[], members: readonly JsonMember[]): string {
  if (SIDES.includes(key) && known.includes('quantity')) return `drop it and sign the quantity: ${signed(key, members)}`
  const ours = translatedField(key, known)
  if (ours !== undefined) return `rename it to "${ours}"`
  if (RESULTS.includes(key)) return 'leave it out: it is a result, not an input'
  const near = nearestName(key, known)
  return near === undefined ? 'leave it out; a key that starts with "//" is a comment' : `did you mean "${near}"?`
}

const SIDES = ['side', 'posSide', 'positionSide', 'direction']

/** The quantity as it would be with the direction in its sign, in the user's own digits. */
function signed(key: string, members: readonly JsonMember[]): string {
  const side = textOf(members.find((member) => member.key === key)).toLowerCase()
  const size = members.find(
    (member) => member.key === 'quantity' || translatedField(member.key, ['quantity']) !== undefined,
  )
  const digits = textOf(size).replace(/^[+-]/, '')
  const sign = SHORT.includes(side) ? '-' : LONG.includes(side) ? '' : undefined
  if (sign === undefined || !/^[0-9.]{1,40}$/.test(digits)) return 'above zero is long or buy, below zero short or sell'
  return `"quantity": "${sign}${digits}"`
}

function textOf(member: JsonMember | undefined): string {
  if (member?.value.kind === 'string') return member.value.text
  return member?.value.kind === 'number' ? member.value.raw : ''
}

function gathered(
  all: Map<string, readonly string[]>,
  [theirs, ours]: readonly [string, string],
): Map<string, readonly string[]> {
  return all.set(theirs, [...(all.get(theirs) ?? []), ours])
}

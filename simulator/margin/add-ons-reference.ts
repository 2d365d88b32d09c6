import type { InitialInput } from '../../src/core/margin/model.ts'
import type { MarketView } from '../../src/core/market/listing.ts'
import { claimsWith, valuedPositions } from '../../src/core/portfolio/claims.ts'
import { prudence } from '../../src/core/portfolio/prudence.ts'
import type { ReferenceOption } from './option-reference.ts'
import { bitwiseRootUp } from './pairwise.ts'
import {
  ceil,
  decimal,
  indexOf,
  isCash,
  listedAt,
  most,
  ONE,
  positive,
  PPM,
  priceOf,
  size,
  WIDE,
} from './plain-figures.ts'
import type { SectionDocument } from './section-document.ts'
import { contractOf, type Depth, type Held, requiredAlone, usefulSize } from './size-free-reference.ts'

export type World = Pick<InitialInput<unknown>, 'market' | 'time' | 'elsewhere' | 'orders' | 'portfolio'>

/** Everything that is added, on both sides, orders at the worst for each asset and market. */
export function addOns(section: SectionDocument, world: World, held: Held) {
  const { market, orders } = world
  const own = itemsOf(section, world, held)
  const bounds = (side: 'least' | 'most') => itemsOf(section, world, moved(market, held, orders, side))
  const [least, most] = [bounds('least'), bounds('most')]
  const ids = [...new Set([...own.keys(), ...least.keys(), ...most.keys()])]
  let [mm, im, n, nInitial, doubt] = [0n, 0n, 0n, 0n, 0n]
  for (const id of ids) {
    const [at, low, high] = [own.get(id) ?? NOTHING, least.get(id) ?? NOTHING, most.get(id) ?? NOTHING]
    const worst = (of: (item: Item) => bigint) => [at, low, high].map(of).reduce((a, b) => (a > b ? a : b))
    mm += at.maintenance
    n += at.notional
    im += worst((item) => item.initial) + high.crowding
    nInitial += worst((item) => item.notional)
    doubt += worst((item) => item.doubt)
  }
  const valued = valuedPositions(world.portfolio, market)
  const doubted = prudence(claimsWith(world.portfolio, valued, market), valued, market, world.time)
  return {
    maintenance: mm + keeper(section, n) + shortMinimum(section, [...own.values()]),
    initial:
      im +
      keeper(section, nInitial) +
      shortMinimum(section, [...least.values()]) +
      ceil(doubt, WIDE * PPM) +
      ceil(doubted, WIDE) +
      limitLoss(market, orders),
  }
}

interface Item {
  readonly maintenance: bigint
  readonly initial: bigint
  readonly notional: bigint
  readonly doubt: bigint
  readonly crowding: bigint
  readonly option?: ReferenceOption
}

const NOTHING: Item = { maintenance: 0n, initial: 0n, notional: 0n, doubt: 0n, crowding: 0n }

function moved(market: MarketView, held: Held, orders: World['orders'], side: 'least' | 'most'): Held {
  const [flows, contracts] = [new Map(held.flows), new Map(held.contracts)]
  for (const id of new Set(orders.map((order) => order.market))) {
    const of = (s: string) =>
      orders.filter((o) => o.market === id && o.side === s).reduce((sum, o) => sum + o.remaining, 0n)
    const [bought, sold] = [of('buy'), of('sell')]
    const listed = listedAt(market, id)
    if (listed === undefined) continue
    const { terms } = listed
    if (terms.kind !== 'spot') {
      if (listed.mark === undefined || indexOf(market, terms.settlement) === undefined) continue
      contracts.set(id, (contracts.get(id) ?? 0n) + (side === 'least' ? -sold : bought))
      continue
    }
    const [base, quote] = [indexOf(market, terms.base), indexOf(market, terms.quote)]
    if (base === undefined || quote === undefined) continue
    const paid = (quantity: bigint) => ceil(ceil(quantity * base, ONE) * ONE, quote)
    const plus = (asset: string, atoms: bigint) => flows.set(asset, (flows.get(asset) ?? 0n) + atoms * ONE)
    plus(terms.base, side === 'least' ? -sold : bought)
    plus(terms.quote, side === 'least' ? -paid(bought) : paid(sold))
  }
  return { flows, contracts }
}

function itemsOf(section: SectionDocument, world: World, held: Held): ReadonlyMap<string, Item> {
  const items = new Map<string, Item>()
  for (const [asset, flow] of held.flows) items.set(asset, assetItem(section, world, asset, flow))
  for (const [id, quantity] of held.contracts) items.set(id, contractItem(section, world, id, quantity))
  return items
}

function assetItem(section: SectionDocument, world: World, asset: string, flow: bigint): Item {
  const { market, elsewhere } = world
  const price = priceOf(market, asset)
  const worth = flow * price
  const notional = flow < 0n ? -worth : 0n
  const confidence = market.assets.get(asset as never)?.index?.confidence ?? PPM
  const doubt = confidence < BigInt(section.confidenceThresholdPpm) ? size(worth) * (PPM - confidence) : 0n
  const risk = section.assets[asset]
  if (isCash(market, asset)) return { ...NOTHING, notional, doubt }
  if (risk === undefined || (flow < 0n && requiredAlone(section, asset) >= PPM)) {
    const charge = ceil(size(worth), WIDE)
    return { ...NOTHING, maintenance: charge, initial: charge, notional, doubt }
  }
  const atoms = ceil(size(flow), ONE)
  const others = atElsewhere(world, asset, flow < 0n)
  if (flow <= 0n) {
    const cost = (s: bigint) => closing(worth, s, risk.depth)
    return { ...NOTHING, maintenance: cost(atoms), initial: cost(atoms + others), notional, doubt }
  }
  const useful = usefulSize(section, asset)
  const credited = atoms < useful ? atoms : useful
  const cost = (s: bigint) => {
    const [full, all] = [closing(credited * ONE * price, s, risk.depth), ceil(credited * price, ONE)]
    return full < all ? full : all
  }
  const beyond = ceil((atoms - credited) * price, ONE)
  const venue = elsewhere.venueHolding(asset as never)
  const crowd: bigint = venue > atoms ? venue : atoms
  const { freeUnits, surchargePpm } = risk.concentration
  const over = crowd - decimal(freeUnits)
  const crowding = over > 0n ? ceil(atoms * ONE * price * BigInt(surchargePpm) * over, WIDE * PPM * crowd) : 0n
  const whole = confidence < BigInt(section.confidenceThresholdPpm) ? atoms * ONE * price * (PPM - confidence) : 0n
  return {
    maintenance: cost(credited) + beyond,
    initial: cost(atoms + others) + beyond,
    notional,
    doubt: whole,
    crowding,
  }
}

function contractItem(section: SectionDocument, world: World, id: string, quantity: bigint): Item {
  const { market } = world
  const item = contractOf(section, market, id, quantity)
  const listed = listedAt(market, id)
  if (listed === undefined || listed.terms.kind === 'spot') throw new Error(id)
  const notional = size(item.worth)
  if (item.kind === 'unmeasured') {
    const charge = ceil(item.charge, WIDE)
    return { ...NOTHING, maintenance: charge, initial: charge, notional }
  }
  const confidences: readonly bigint[] = [
    listed.mark?.confidence ?? PPM,
    market.assets.get(listed.terms.underlying)?.index?.confidence ?? PPM,
  ]
  const confidence = confidences.reduce((a, b) => (a < b ? a : b))
  const doubt = confidence < BigInt(section.confidenceThresholdPpm) ? notional * (PPM - confidence) : 0n
  const worth = item.kind === 'option' ? item.option.worth : item.worth
  const cost = (s: bigint) => closing(worth, s, item.depth)
  const total = size(quantity) + atElsewhere(world, id, quantity < 0n)
  const option = item.kind === 'option' ? { option: item.option } : {}
  return { ...NOTHING, maintenance: cost(size(quantity)), initial: cost(total), notional, doubt, ...option }
}

function atElsewhere({ elsewhere }: World, id: string, isShort: boolean): bigint {
  let sum = 0n
  for (const { holdings, positions } of elsewhere.others()) {
    for (const { asset, quantity } of holdings) if (asset === id && quantity < 0n === isShort) sum += size(quantity)
    for (const { market, quantity } of positions) if (market === id && quantity < 0n === isShort) sum += size(quantity)
  }
  return sum
}

/** |Q| p (half spread + Y sigma sqrt(S / ADV)), up: root found bit by bit. */
function closing(worth: bigint, s: bigint, depth: Depth): bigint {
  const whole = worth * BigInt(depth.impactFactorPpm) * BigInt(depth.dailyVolatilityPpm)
  const root = bitwiseRootUp(ceil(whole * whole * s, decimal(depth.dailyVolumeUnits)))
  const cost = ceil(size(worth) * BigInt(depth.halfSpreadPpm) * PPM + root, WIDE * PPM * PPM)
  const limit = ceil(100n * size(worth), WIDE)
  return cost < limit ? cost : limit
}

function keeper({ keeper: { flatFeeUsd, keeperPpm } }: SectionDocument, n: bigint): bigint {
  const [flat, limit] = [decimal(flatFeeUsd) * WIDE * PPM, n * 10_000n]
  return ceil((flat < limit ? flat : limit) + n * BigInt(keeperPpm), WIDE * PPM)
}

function shortMinimum(section: SectionDocument, items: readonly Item[]): bigint {
  const options = items.flatMap(({ option }) => (option === undefined ? [] : [option]))
  let sum = 0n
  for (const [underlying, held] of Map.groupBy(options, (option) => option.underlying)) {
    const net = (right: string) =>
      held.filter(({ terms }) => terms.right === right).reduce((all, { notional }) => all - notional, 0n)
    const short = [0n, net('call'), net('put')].reduce((a, b) => (a > b ? a : b))
    sum += short * BigInt(section.contracts[underlying]?.option?.minimumPpm ?? 0)
  }
  return ceil(sum, WIDE * PPM)
}

function limitLoss(market: MarketView, orders: World['orders']): bigint {
  let sum = 0n
  for (const [id, resting] of Map.groupBy(orders, (order) => order.market)) {
    const listed = listedAt(market, id)
    if (listed === undefined) continue
    const { terms } = listed
    const quoted = indexOf(market, terms.kind === 'spot' ? terms.quote : terms.settlement)
    const fair = terms.kind === 'spot' ? indexOf(market, terms.base) : listed.mark?.price
    if (quoted === undefined || fair === undefined) continue
    const each = terms.kind === 'spot' ? fair * ONE : fair * quoted
    const lost = (side: string) =>
      resting
        .filter((order) => order.side === side)
        .map(({ remaining, limit }) => positive(remaining * (limit * quoted - each) * (side === 'buy' ? 1n : -1n)))
        .reduce((a, b) => a + b, 0n)
    sum += ceil([lost('buy'), lost('sell')].reduce(most), WIDE)
  }
  return sum
}

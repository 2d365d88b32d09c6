import type { InitialInput } from '../../src/core/margin/model.ts'
import type { MarketView } from '../../src/core/market/listing.ts'
import { prudence } from '../../src/core/portfolio/prudence.ts'
import { claimsWith, valuedPositions } from '../../src/core/portfolio/claims.ts'
import { bitwiseRootUp, pairwiseForm, regimeMatrices } from './pairwise.ts'
import { type ReferenceOption, referenceGroup } from './option-reference.ts'
import type { SectionDocument } from './section-document.ts'

/**
 * The whole requirement of METHODOLOGY 5 the slow way, from the text of an epoch and plain integers, to compare with. Of the
 * engine it takes terms, prices and option nodes; nothing that decides imports this file. Worths are 1e-54 USD, moves 1e-18.
 */
export interface ReferenceResult {
  readonly value: bigint
  readonly maintenance: bigint
  readonly initial: bigint
}

type World = Pick<InitialInput<unknown>, 'market' | 'time' | 'elsewhere' | 'orders' | 'portfolio'>

/** A netting set written out: units are 1e-36 of an asset, contracts 1e-18. */
interface Held {
  readonly flows: ReadonlyMap<string, bigint>
  readonly contracts: ReadonlyMap<string, bigint>
}

/** What moves in proportion. */
interface Linear {
  readonly worth: bigint
  readonly shares: readonly (readonly [factor: string, sharePpm: bigint])[]
  /** 1e-18, from a move of each factor in ppm. */
  readonly moveOf: (of: (factor: string) => bigint) => bigint
  /** Leg of an underlying and its share of the worth. */
  readonly leg: readonly [underlying: string, leg: string, sharePpm: bigint] | undefined
}

const ONE = 10n ** 18n
const PPM = 1_000_000n
const WIDE = 10n ** 36n

export function referenceRequirement(section: SectionDocument, world: World): ReferenceResult {
  const held = heldBy(world)
  const { market } = world
  let worth = 0n
  for (const [asset, flow] of held.flows) worth += flow * priceOf(market, asset)
  const add = addOns(section, world, held)
  const mm = sizeFree(section, market, held, 'maintenance')
  const states = filledStates(market, held, world.orders)
  const worst = states.map((one) => sizeFree(section, market, one, 'initial')).reduce(most)
  return {
    value: floor(worth, WIDE),
    maintenance: mm + add.maintenance,
    initial: worst + add.initial,
  }
}

function heldBy({ portfolio, market }: World): Held {
  const flows = new Map<string, bigint>()
  const contracts = new Map<string, bigint>()
  const plus = (asset: string, flow: bigint) => flows.set(asset, (flows.get(asset) ?? 0n) + flow)
  for (const { asset, quantity } of portfolio.holdings)
    if (market.assets.get(asset)?.index !== undefined) plus(asset, quantity * ONE)
  for (const { market: id, quantity, cost, fundingBasis } of portfolio.positions) {
    const listed = market.markets.get(id)
    if (listed === undefined || listed.terms.kind === 'spot' || listed.mark === undefined) continue
    if (market.assets.get(listed.terms.settlement)?.index === undefined) continue
    plus(listed.terms.settlement, quantity * listed.mark.price - cost + fundingBasis - quantity * listed.fundingIndex)
    contracts.set(id, (contracts.get(id) ?? 0n) + quantity)
  }
  return { flows, contracts }
}

/** Nothing filled, and every choice of all buys or all sells at each market. */
function filledStates(market: MarketView, held: Held, orders: World['orders']): readonly Held[] {
  let corners: readonly Held[] = [held]
  for (const id of new Set(orders.map((order) => order.market))) {
    const of = (side: string) =>
      orders.filter((o) => o.market === id && o.side === side).reduce((sum, o) => sum + o.remaining, 0n)
    corners = corners.flatMap((state) => [filled(market, state, id, of('buy')), filled(market, state, id, -of('sell'))])
  }
  return [held, ...corners]
}

function filled(market: MarketView, { flows, contracts }: Held, id: string, bought: bigint): Held {
  const listed = listedAt(market, id)
  if (listed === undefined || bought === 0n) return { flows, contracts }
  const more = (asset: string, flow: bigint, to: ReadonlyMap<string, bigint>) =>
    new Map(to).set(asset, (to.get(asset) ?? 0n) + flow)
  const { terms } = listed
  if (terms.kind === 'spot') {
    const [base, quote] = [indexOf(market, terms.base), indexOf(market, terms.quote)]
    if (base === undefined || quote === undefined) return { flows, contracts }
    const paid = ceil(ceil(bought * base, ONE) * ONE, quote)
    return { contracts, flows: more(terms.quote, -paid * ONE, more(terms.base, bought * ONE, flows)) }
  }
  const mark = listed.mark?.price
  if (mark === undefined || indexOf(market, terms.settlement) === undefined) return { flows, contracts }
  const premium = terms.kind === 'option' ? bought * mark - ceil(bought * mark, ONE) * ONE : 0n
  return { flows: more(terms.settlement, premium, flows), contracts: more(id, bought, contracts) }
}

/** The largest of what is not added up, at its own side's shares. */
function sizeFree(section: SectionDocument, market: MarketView, held: Held, side: 'maintenance' | 'initial'): bigint {
  const { linear, options } = measured(section, market, held)
  return largestTerm(section, linear, options, side)
}

function largestTerm(
  section: SectionDocument,
  linear: readonly Linear[],
  options: readonly ReferenceOption[],
  side: 'maintenance' | 'initial',
): bigint {
  const groups = [...Map.groupBy(options, ({ underlying }) => underlying)].map(([underlying, held]) => ({
    underlying,
    ...referenceGroup(held),
  }))
  const exposures = new Map<string, bigint>()
  const legs = new Map<string, Map<string, bigint>>()
  const plus = (factor: string, exposure: bigint) => exposures.set(factor, (exposures.get(factor) ?? 0n) + exposure)
  const plusLeg = (underlying: string, leg: string, part: bigint) => {
    const known = legs.get(underlying) ?? new Map<string, bigint>()
    legs.set(underlying, known.set(leg, (known.get(leg) ?? 0n) + part))
  }
  for (const { worth, shares, leg } of linear) {
    for (const [factor, share] of shares) plus(factor, worth * share)
    if (leg !== undefined) plusLeg(leg[0], leg[1], worth * leg[2])
  }
  for (const { underlying, delta, vega, deltas } of groups) {
    plus(underlying, delta * PPM)
    plus(`${underlying}/vol`, vega * PPM)
    for (const [expiry, part] of deltas) plusLeg(underlying, `expiry ${expiry}`, part * PPM)
  }
  const rounded = new Map([...exposures].map(([factor, exposure]) => [factor, nearest(exposure, WIDE * PPM)]))
  const lossIn = (of: (factor: string) => bigint): bigint => {
    let profit = 0n
    for (const line of linear) {
      const gain = line.worth * line.moveOf(of)
      const counts = gain < 0n || line.shares.every(([factor]) => factorOf(section, factor)?.earnsOffset === true)
      if (counts) profit += gain
    }
    for (const { underlying, profitIn } of groups) profit += profitIn(of(underlying), of(`${underlying}/vol`)) * ONE
    return -profit
  }
  const rows = (isInitial: boolean) =>
    section.scenarios
      .filter(({ initialOnly }) => initialOnly === isInitial)
      .map(({ dampPpm, movesPpm }) =>
        ceil(
          positive(lossIn((factor) => BigInt(named(movesPpm, factor) ?? 0))) * BigInt(dampPpm),
          WIDE * ONE * PPM,
        ),
      )
  const { count, columns } = section.windows
  const losses = Array.from({ length: count }, (_, row) =>
    lossIn((factor) => BigInt(named(columns, factor)?.[row] ?? 0)),
  ).sort((a, b) => (a > b ? -1 : a < b ? 1 : 0))
  const tail = losses.slice(0, Math.ceil(count / 80))
  const history = ceil(positive(tail.reduce((sum, one) => sum + one, 0n)), WIDE * ONE * BigInt(tail.length))
  const worst = [correlated(section, rounded), [0n, ...rows(false)].reduce(most), history].reduce(most)
  const basis = share(basisSize(legs), section.basis[`${side}Ppm`])
  const peg = ceil(pegSum(section, rounded, side), PPM)
  if (side === 'maintenance') return [worst, basis, peg].reduce(most)
  const stress = [0n, ...rows(true)].reduce(most)
  const event = ceil(eventSum(section, rounded), PPM)
  return [share(worst, section.initialFactorPpm), basis, peg, stress, event].reduce(most)
}

function correlated(section: SectionDocument, exposures: ReadonlyMap<string, bigint>): bigint {
  const rows = [...exposures].filter(([, exposure]) => exposure !== 0n)
  const withFactor = rows.map(([id, exposure]) => ({ exposure, factor: factorOf(section, id) ?? UNKNOWN }))
  const earned = withFactor.filter(({ factor }) => factor.earnsOffset)
  const factors = earned.map(({ factor }) => factor)
  const atoms = earned.map(({ exposure }) => exposure)
  const forms = regimeMatrices(factors, section).map((matrix) => pairwiseForm(matrix, factors, atoms))
  const c = BigInt(section.creditedSharePpm)
  const root = bitwiseRootUp(ceil(c * c * forms.reduce(most, 0n), 10n ** 42n))
  const gross = (of: typeof withFactor) =>
    of.reduce((sum, { exposure, factor }) => sum + size(exposure) * BigInt(factor.riskWeightPpm), 0n)
  const alone = withFactor.filter(({ factor }) => !factor.earnsOffset)
  return root + ceil(gross(earned) * (PPM - c), PPM * PPM) + ceil(gross(alone), PPM) + BigInt(rows.length)
}

const UNKNOWN = { riskWeightPpm: 1_000_000, loadingsPpm: [0, 0, 0, 0], marketFallSign: -1, earnsOffset: false }

function basisSize(legs: ReadonlyMap<string, ReadonlyMap<string, bigint>>): bigint {
  let sum = 0n
  for (const parts of legs.values()) {
    const all = [...parts.values()].map((part) => nearest(part, WIDE * PPM))
    const long = all.filter((part) => part > 0n).reduce((a, b) => a + b, 0n)
    const short = all.filter((part) => part < 0n).reduce((a, b) => a - b, 0n)
    sum += long < short ? long : short
  }
  return sum
}

function pegSum(section: SectionDocument, exposures: ReadonlyMap<string, bigint>, side: 'maintenance' | 'initial') {
  let sum = 0n
  for (const [asset, { claim }] of Object.entries(section.assets))
    if (claim !== undefined) sum += positive(exposures.get(`${asset}/peg`) ?? 0n) * BigInt(claim[`${side}SlipPpm`])
  return sum
}

function eventSum(section: SectionDocument, exposures: ReadonlyMap<string, bigint>): bigint {
  return Object.entries(section.assets)
    .map(([asset, { jumpClass }]) => {
      const exposure = exposures.get(asset) ?? 0n
      const { longPpm, shortPpm } = section.jumps[jumpClass]
      return size(exposure) * BigInt(exposure < 0n ? shortPpm : longPpm)
    })
    .reduce(most, 0n)
}

function measured(section: SectionDocument, market: MarketView, held: Held) {
  const linear: Linear[] = []
  const options: ReferenceOption[] = []
  for (const [asset, flow] of held.flows) {
    const risk = section.assets[asset]
    if (risk === undefined || isCash(market, asset)) continue
    const most = flow > 0n ? usefulSize(section, asset) * ONE : flow
    linear.push(assetLine(section, asset, (flow < most ? flow : most) * priceOf(market, asset)))
  }
  for (const [id, quantity] of held.contracts) {
    const item = contractOf(section, market, id, quantity)
    if (item.kind === 'linear') linear.push(item.line)
    if (item.kind === 'option') options.push(item.option)
  }
  return { linear, options }
}

function assetLine(section: SectionDocument, asset: string, worth: bigint): Linear {
  const claim = section.assets[asset]?.claim
  if (claim === undefined)
    return { worth, shares: [[asset, PPM]], moveOf: (of) => of(asset) * 10n ** 12n, leg: [asset, 'spot', PPM] }
  const [beta, peg] = [BigInt(claim.betaPpm), `${asset}/peg`]
  const reference = claim.reference
  const moveOf = (of: (factor: string) => bigint) => {
    const followed = reference === undefined ? 0n : beta * of(reference)
    return (PPM * PPM + (followed < -PPM * PPM ? -PPM * PPM : followed)) * (PPM + of(peg)) - ONE
  }
  if (reference === undefined) return { worth, shares: [[peg, PPM]], moveOf, leg: undefined }
  return { worth, shares: [[reference, beta], [peg, PPM]], moveOf, leg: [reference, `claim ${asset}`, beta] }
}

type ContractItem =
  | { readonly kind: 'linear'; readonly line: Linear; readonly depth: Depth; readonly worth: bigint }
  | { readonly kind: 'option'; readonly option: ReferenceOption; readonly depth: Depth; readonly worth: bigint }
  | { readonly kind: 'unmeasured'; readonly charge: bigint; readonly worth: bigint }

type Depth = SectionDocument['assets'][string]['depth']

/** `worth` is what counts in N: at the mark, of an option at the index. */
function contractOf(section: SectionDocument, market: MarketView, id: string, quantity: bigint): ContractItem {
  const listed = listedAt(market, id)
  if (listed === undefined || listed.terms.kind === 'spot' || listed.mark === undefined) throw new Error(id)
  const { terms, mark, pricing } = listed
  const settlement = priceOf(market, terms.settlement)
  const worth = quantity * mark.price * settlement
  const risk = section.contracts[terms.underlying]
  if (terms.kind === 'option') {
    const index = indexOf(market, terms.underlying)
    const notional = index === undefined ? quantity * terms.strike * settlement : quantity * index * ONE
    if (risk?.option === undefined || pricing === undefined || index === undefined)
      return { kind: 'unmeasured', worth: notional, charge: size(worth) + (quantity < 0n ? size(notional) : 0n) }
    const { grid, depth } = risk.option
    const option = { underlying: terms.underlying, terms, pricing, grid, quantity, settlement, worth, notional }
    return { kind: 'option', option, depth, worth: notional }
  }
  const depth = terms.kind === 'perpetual' ? risk?.perpetual : risk?.future
  if (depth === undefined) return { kind: 'unmeasured', worth, charge: size(worth) }
  const [price, basis] = [terms.underlying as string, `${terms.underlying}/basis/${terms.kind}/${id}`]
  const moveOf = (of: (factor: string) => bigint) => ((PPM + of(price)) * (PPM + of(basis)) - PPM * PPM) * PPM
  const leg = terms.kind === 'perpetual' ? 'perpetual' : `expiry ${terms.expiry}`
  const shares = [[price, PPM] as const, [basis, PPM] as const]
  return { kind: 'linear', line: { worth, shares, moveOf, leg: [price, leg, PPM] }, depth, worth }
}

/** q* of METHODOLOGY 1, atoms. */
export function usefulSize(section: SectionDocument, asset: string): bigint {
  const risk = section.assets[asset]
  if (risk === undefined || !risk.isCollateral) return 0n
  const worth = 10n ** 60n
  const asked = largestTerm(section, [assetLine(section, asset, worth)], [], 'maintenance')
  const betaPpm = risk.claim === undefined ? PPM : risk.claim.reference === undefined ? 0n : BigInt(risk.claim.betaPpm)
  const inBasis = share(share(10n ** 24n, Number(betaPpm)), section.basis.maintenancePpm)
  const w = ceil(asked > inBasis ? asked : inBasis, ONE)
  const { halfSpreadPpm, impactFactorPpm, dailyVolatilityPpm, dailyVolumeUnits } = risk.depth
  const bracket = PPM - (w > PPM ? PPM : w) - BigInt(halfSpreadPpm)
  if (bracket <= 0n) return 0n
  const slope = 3n * BigInt(impactFactorPpm) * BigInt(dailyVolatilityPpm)
  const most = 10n ** 36n - 1n
  if (slope === 0n) return most
  // bracket / (1.5 Y sigma) is 2 bracket / (3 Y sigma); a product of two ppm carries a million more than the bracket.
  const size = (decimal(dailyVolumeUnits) * (2n * bracket * PPM) ** 2n) / slope ** 2n
  return size < most ? size : most
}

/** Everything that is added, on both sides, orders at the worst for each asset and market. */
function addOns(section: SectionDocument, world: World, held: Held) {
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
  if (risk === undefined) {
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
  return { maintenance: cost(credited) + beyond, initial: cost(atoms + others) + beyond, notional, doubt: whole, crowding }
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
  return ceil(size(worth) * BigInt(depth.halfSpreadPpm) * PPM + root, WIDE * PPM * PPM)
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

/** What the epoch says under a name or that of its class. */
function named<Row>(rows: Readonly<Record<string, Row>>, factor: string): Row | undefined {
  return rows[factor] ?? rows[factor.split('/').slice(0, 3).join('/')]
}

function factorOf(section: SectionDocument, factor: string) {
  return named(section.factors, factor)
}

function isCash(market: MarketView, asset: string): boolean {
  return asset === 'USD' && priceOf(market, asset) === ONE
}

function listedAt(market: MarketView, id: string) {
  return market.markets.get(id as never)
}

function indexOf(market: MarketView, asset: string): bigint | undefined {
  return market.assets.get(asset as never)?.index?.price
}

function priceOf(market: MarketView, asset: string): bigint {
  const price = indexOf(market, asset)
  if (price === undefined) throw new Error(`${asset} has no price`)
  return price
}

function decimal(text: string): bigint {
  const [whole = '', parts = ''] = text.split('.')
  return BigInt(whole + parts.padEnd(18, '0'))
}

function share(whole: bigint, ppm: number): bigint {
  return ceil(whole * BigInt(ppm), PPM)
}

function size(x: bigint): bigint {
  return x < 0n ? -x : x
}

function positive(x: bigint): bigint {
  return x > 0n ? x : 0n
}

function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

function floor(dividend: bigint, divisor: bigint): bigint {
  const rest = ((dividend % divisor) + divisor) % divisor
  return (dividend - rest) / divisor
}

function ceil(dividend: bigint, divisor: bigint): bigint {
  return -floor(-dividend, divisor)
}

/** Halves away from zero. */
function nearest(dividend: bigint, divisor: bigint): bigint {
  const rounded = floor(2n * size(dividend) + divisor, 2n * divisor)
  return dividend < 0n ? -rounded : rounded
}

import type { MarketView } from '../../src/core/market/listing.ts'
import { addOns, type World } from './add-ons-reference.ts'
import { ceil, floor, indexOf, listedAt, most, ONE, priceOf, WIDE } from './plain-figures.ts'
import type { SectionDocument } from './section-document.ts'
import { type Held, sizeFree } from './size-free-reference.ts'

/**
 * The whole requirement of METHODOLOGY 5 the slow way, from the text of an epoch and plain integers, to compare with. Of the
 * engine it takes terms, prices and option nodes; nothing that decides imports this file. Worths are 1e-54 USD, moves 1e-18.
 */
export interface ReferenceResult {
  readonly value: bigint
  readonly maintenance: bigint
  readonly initial: bigint
}

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

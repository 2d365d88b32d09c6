import { absolute, add, isLess, larger } from '../../../quantity/arithmetic.ts'
import { ONE_DOLLAR } from '../../../quantity/price.ts'
import { costOf, narrowUp, shareUp, worthOf } from '../../../quantity/product.ts'
import { NO_VALUE, type Value } from '../../../quantity/value.ts'
import { prudence } from '../../../portfolio/prudence.ts'
import type { InitialInput } from '../../model.ts'
import { type Fill, filledPortfolio } from './filled-portfolio.ts'
import { initialAddOns, type RangeCharge } from './initial-add-ons.ts'
import { type OrderFlow, orderFlows } from './order-flow.ts'
import { endsOf, JOINT_MARKETS, orderVertices } from './order-vertex.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import { initialSizeFreePart, type InitialTerms } from './requirement.ts'
import type { RiskItem } from './risk-item.ts'
import { measuredOf, type RiskBook, riskBook } from './risk-book.ts'
import { initialFiguresOf, type SizeFreeInitial, sizeFreeInitial } from './size-free.ts'

/** What an initial margin is made of, with where each size-free figure comes from. */
export interface InitialFigures {
  readonly book: RiskBook
  readonly terms: InitialTerms
  readonly sizeFree: SizeFreeInitial
  readonly items: readonly RiskItem[]
  /** The fills of open orders under which the size-free part is largest, and what is held after them; empty if none makes it larger. */
  readonly fills: readonly Fill[]
  readonly charges: readonly RangeCharge[]
}

/**
 * The size-free part at its worst corner of open orders (`orderVertices`), every other term at its own worst: at least the worst of
 * all subsets, the same without orders, and no more with an order fewer.
 */
export function initialTerms(input: InitialInput<PreparedEpoch>): InitialFigures {
  const { portfolio, orders, market, parameters: epoch, time } = input
  const book = riskBook(portfolio, market, epoch)
  const flows = orderFlows(orders, market)
  const worst = worstVertex(input, book, flows.slice(0, JOINT_MARKETS))
  const { charges, ...addOns } = initialAddOns(input, book, flows)
  const terms = {
    ...initialFiguresOf(worst.sizeFree),
    ...addOns,
    prudence: narrowUp(prudence(book.claims, book.positions, market, time)),
    orders: add(limitLosses(flows), chargedApart(input, flows.slice(JOINT_MARKETS))),
  }
  return { book, terms, charges, ...worst }
}

interface Vertex {
  readonly sizeFree: SizeFreeInitial
  readonly items: readonly RiskItem[]
  readonly fills: readonly Fill[]
}

function worstVertex(
  { portfolio, market, parameters: epoch }: InitialInput<PreparedEpoch>,
  book: RiskBook,
  flows: readonly OrderFlow[],
): Vertex {
  const vertices = orderVertices(flows).map((fills): Vertex => {
    const { items } = fills.length === 0 ? book : riskBook(filledPortfolio(portfolio, fills), market, epoch)
    return { sizeFree: sizeFreeInitial(measuredOf(items, epoch), epoch), items, fills }
  })
  return vertices.reduce((worst, one) => (isLess(askedBy(worst, epoch), askedBy(one, epoch)) ? one : worst))
}

function askedBy({ sizeFree }: Pick<Vertex, 'sizeFree'>, { parameters }: PreparedEpoch): Value {
  return initialSizeFreePart(initialFiguresOf(sizeFree), parameters.initialFactor).asked
}

/** What the worse side of each market's orders loses by its limits; rounded up market by market. */
function limitLosses(flows: readonly OrderFlow[]): Value {
  let sum = NO_VALUE
  for (const { buyLoss, sellLoss } of flows) sum = add(sum, narrowUp(larger(buyLoss, sellLoss)))
  return sum
}

/**
 * What the worse side of each of these markets asks for alone: all terms but one are sub-additive, so beside the rest it asks for
 * no more; for the basis floor, which is not, its share of the whole size is charged on top.
 */
function chargedApart(input: InitialInput<PreparedEpoch>, flows: readonly OrderFlow[]): Value {
  let sum = NO_VALUE
  for (const flow of flows) {
    const [buys, sells] = endsOf(flow)
    sum = add(sum, larger(askedAlone(input, buys), askedAlone(input, sells)))
  }
  return sum
}

const NOTHING = { holdings: [], positions: [] }

function askedAlone({ market, parameters: epoch }: InitialInput<PreparedEpoch>, fill: Fill): Value {
  const { items } = riskBook(filledPortfolio(NOTHING, [fill]), market, epoch)
  const sizeFree = sizeFreeInitial(measuredOf(items, epoch), epoch)
  return add(askedBy({ sizeFree }, epoch), shareUp(sizeOf(fill), epoch.parameters.basis.initial))
}

function sizeOf({ traded, bought }: Fill): Value {
  const [price, quotePrice] =
    traded.kind === 'spot' ? [traded.basePrice, ONE_DOLLAR] : [traded.contract.mark, traded.contract.settlementPrice]
  return narrowUp(absolute(worthOf(costOf(bought, price), quotePrice)))
}

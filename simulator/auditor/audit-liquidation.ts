import type { Command } from '../../src/core/clearing/command.ts'
import type { Event } from '../../src/core/clearing/event.ts'
import {
  type AuditBooks,
  balanceNow,
  change,
  contractsOf,
  houseOf,
  MARKET,
  marketOf,
  putContracts,
  rowsOf,
  trade,
  tradeOptions,
} from './audit-books.ts'
import { bought, costPpm, down, size, sold, up } from './audit-forced-price.ts'
import { auditGrant, auditLine, auditLinePayment } from './audit-lines.ts'
import { auditMargin, bucketsOfSet, owesSomething } from './audit-margin.ts'

const ONE = 10n ** 18n
const MILLION = 1_000_000n
/** A billionth of a dollar. */
const DUST = 10n ** 9n
const OUTSIDE = `${MARKET} 0`

/** A liquidation under audit. */
interface Case {
  readonly books: AuditBooks
  readonly account: string
  readonly bucket: number
  readonly set: readonly string[]
  readonly faults: string[]
  extent: 'partial' | 'full'
  /** Share of contracts and debts to be closed, ppm. */
  share: bigint
  /** What was closed and repaid so far, USD: the penalty is on this. */
  closed: bigint
  penaltyDue: bigint | undefined
  /** Whether the pool has paid for the bucket's line, and whether the waterfall has begun. */
  linePaid: boolean
  covered: boolean
  /** "at asset" of each debt that is being repaid -> what is left to repay. */
  readonly repaying: Map<string, bigint>
}

type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>

/**
 * Follows a liquidation event by event: each is checked against the books as they are then, with prices, sizes and roundings
 * worked out here, and carried out. At the end everything promised must be true.
 */
export function observeLiquidation(
  books: AuditBooks,
  { account, bucket }: Extract<Command, { type: 'liquidate' }>,
  events: readonly Event[],
): readonly string[] {
  const set = bucketsOfSet(books, account, bucket)
  const audit: Case = {
    books,
    account,
    bucket,
    set,
    faults: [],
    extent: 'partial',
    share: 0n,
    closed: 0n,
    penaltyDue: undefined,
    linePaid: false,
    covered: false,
    repaying: new Map(),
  }
  for (const event of events) follow(audit, event)
  if (events[0]?.type !== 'LiquidationStarted') audit.faults.push('it does not begin with LiquidationStarted')
  if (events.at(-1)?.type !== 'LiquidationEnded') audit.faults.push('it does not end with LiquidationEnded')
  if (audit.extent === 'full') nothingLeft(audit)
  return audit.faults
}

function follow(audit: Case, event: Event): void {
  const { books } = audit
  if ('account' in event && event.account !== audit.account) audit.faults.push(`${event.type} of ${event.account}`)
  switch (event.type) {
    case 'LiquidationStarted':
      return start(audit, event)
    case 'OrderCancelled': {
      const key = `${event.account} ${event.bucket} ${event.order.id}`
      expect(audit, 'an order of the netting set is cancelled', books.orders.delete(key))
      return
    }
    case 'ContractsClosed':
      return closeContracts(audit, event)
    case 'OptionsClosed':
      return closeOptions(audit, event)
    case 'ContractCashed':
      return cashContract(audit, event)
    case 'Transferred':
      return moveInside(audit, event)
    case 'DebtRepaid':
      return repay(audit, event)
    case 'PenaltyPaid':
      return payPenalty(audit, event)
    case 'LinePaid':
      return payLine(audit, event)
    case 'InsuranceDrawn':
    case 'InsuranceExchanged':
    case 'DeficitRecorded':
      return coverLoss(audit, event)
    case 'LiquidationEnded':
      return end(audit, event)
    default:
      audit.faults.push(`${event.type} is no part of a liquidation`)
  }
}

function start(audit: Case, event: EventOf<'LiquidationStarted'>): void {
  const { books, account, bucket } = audit
  const { value, requirement } = auditMargin(books, account, bucket, 'maintenance')
  equal(audit, 'NLV at the start', event.netLiquidationValue, value)
  equal(audit, 'MM at the start', event.maintenanceMargin, requirement)
  const granted = auditGrant(books, account, bucket)
  expect(audit, 'NLV < MM at the start', value < requirement)
  expect(audit, 'what the pool grants is too little', granted === 0n || value + granted < requirement)
  if (auditLine(books, account, bucket) > 0n || event.granted !== undefined)
    equal(audit, 'what the pool grants', event.granted ?? -1n, granted)
  expect(audit, 'INV-LIQUIDATION-5: something is owed', owesSomething(books, account, bucket))
  audit.extent = event.extent
  audit.share = event.fractionPpm
  expect(audit, 'the share is above 0 and at most the whole', audit.share > 0n && audit.share <= MILLION)
  expect(audit, 'full means the whole', event.extent === 'partial' || audit.share === MILLION)
}

function closeContracts(audit: Case, event: EventOf<'ContractsClosed'>): void {
  const at = forcedTrade(audit, event)
  expect(audit, `${event.market} is no option`, marketOf(audit.books, event.market).terms.kind !== 'option')
  trade(audit.books, at, event.market, event.bought, event.price)
  trade(audit.books, OUTSIDE, event.market, -event.bought, event.price)
}

/** Options change hands for cash at once: the member gets the whole atoms of it, or pays the next. */
function closeOptions(audit: Case, event: EventOf<'OptionsClosed'>): void {
  const { books } = audit
  const at = forcedTrade(audit, event)
  const { terms } = marketOf(books, event.market)
  expect(
    audit,
    `${event.market} is an option settled in ${event.settlement}`,
    terms.kind === 'option' && terms.settlement === event.settlement,
  )
  equal(audit, 'cash for options', event.cash, down(-event.bought * event.price, ONE))
  tradeOptions(books, at, event.market, event.bought)
  tradeOptions(books, OUTSIDE, event.market, -event.bought)
  pay(books, { asset: event.settlement, quantity: event.cash, from: OUTSIDE, to: at })
}

/** Size, notional and price of a forced trade of contracts; returns whose it is. */
function forcedTrade(audit: Case, event: EventOf<'ContractsClosed'> | EventOf<'OptionsClosed'>): string {
  const { books } = audit
  const at = place(audit, event.bucket)
  const { terms, mark } = marketOf(books, event.market)
  const { quantity } = contractsOf(books, at, event.market)
  if (terms.kind === 'spot' || mark === undefined) {
    audit.faults.push(`${event.market} cannot be closed`)
    return at
  }
  const heldSize = size(quantity)
  const lots = up(heldSize * audit.share, MILLION * terms.lot)
  const wanted = lots * terms.lot < heldSize ? lots * terms.lot : heldSize
  equal(audit, 'contracts closed', event.bought, quantity > 0n ? -wanted : wanted)
  const quote = books.assets.get(terms.settlement)?.quote?.price ?? 0n
  const notional = up(wanted * mark.price * quote, ONE * ONE)
  equal(audit, 'notional', event.notional, notional)
  const cost = costPpm(terms.closeOutCost, notional)
  equal(audit, 'close-out price', event.price, event.bought < 0n ? sold(mark.price, cost) : bought(mark.price, cost))
  audit.closed += notional
  return at
}

function cashContract(audit: Case, event: EventOf<'ContractCashed'>): void {
  const { books } = audit
  const at = place(audit, event.bucket)
  const { mark, funding } = marketOf(books, event.market)
  const member = contractsOf(books, at, event.market)
  const outside = contractsOf(books, OUTSIDE, event.market)
  equal(audit, 'price of cashing', event.price, mark?.price ?? 0n)
  const settled = { cost: member.quantity * event.price, funding: member.quantity * funding }
  const unsettled = settled.cost - member.cost + member.funding - settled.funding
  equal(audit, 'cash', event.cash, down(unsettled, ONE))
  putContracts(books, at, event.market, { quantity: member.quantity, ...settled })
  putContracts(books, OUTSIDE, event.market, {
    quantity: outside.quantity,
    cost: outside.cost + member.cost - settled.cost,
    funding: outside.funding + member.funding - settled.funding,
  })
  pay(books, { asset: event.settlement, quantity: event.cash, from: OUTSIDE, to: at })
}

function moveInside(audit: Case, event: EventOf<'Transferred'>): void {
  const { books } = audit
  const [from, to] = [place(audit, event.from), place(audit, event.to)]
  expect(audit, 'only what is there is moved', balanceNow(books, from, event.asset) >= event.quantity)
  expect(audit, 'only what is owed is moved', balanceNow(books, to, event.asset) <= -event.quantity)
  pay(books, { asset: event.asset, quantity: event.quantity, from, to })
}

function repay(audit: Case, { given, got, value }: EventOf<'DebtRepaid'>): void {
  const { books } = audit
  const [from, to] = [place(audit, given.bucket), place(audit, got.bucket)]
  const debt = `${to} ${got.asset}`
  const wanted = audit.repaying.get(debt) ?? up(-balanceNow(books, to, got.asset) * audit.share, MILLION)
  const [owedAsset, soldAsset] = [books.assets.get(got.asset), books.assets.get(given.asset)]
  if (owedAsset?.quote === undefined || soldAsset?.quote === undefined)
    return void audit.faults.push(`${given.asset} or ${got.asset} has no price`)
  const buyAt = bought(
    owedAsset.quote.price,
    costPpm(owedAsset.terms.closeOutCost, up(wanted * owedAsset.quote.price, ONE)),
  )
  const bill = up(wanted * buyAt, ONE)
  const { price } = soldAsset.quote
  const available = balanceNow(books, from, given.asset)
  if (got.quantity === wanted && given.quantity <= available && value === bill) {
    const sellAt = sold(price, costPpm(soldAsset.terms.closeOutCost, bill))
    equal(audit, 'collateral given for a debt', given.quantity, up(bill * ONE, sellAt))
  } else {
    const sellAt = sold(price, costPpm(soldAsset.terms.closeOutCost, up(available * price, ONE)))
    equal(audit, 'collateral given, all of it', given.quantity, available)
    equal(audit, 'proceeds of the collateral', value, down(available * sellAt, ONE))
    const affordable = down(value * ONE, buyAt)
    equal(audit, 'debt repaid by it', got.quantity, affordable < wanted ? affordable : wanted)
  }
  audit.repaying.set(debt, wanted - got.quantity)
  audit.closed += value
  pay(books, { ...given, from, to: OUTSIDE })
  pay(books, { ...got, from: OUTSIDE, to })
}

function payPenalty(audit: Case, event: EventOf<'PenaltyPaid'>): void {
  const { books } = audit
  const at = place(audit, event.bucket)
  const due = audit.penaltyDue ?? penaltyOf(audit)
  const price = books.assets.get(event.asset)?.quote?.price ?? 1n
  const available = balanceNow(books, at, event.asset)
  const wanted = down(due * ONE, price)
  equal(audit, 'penalty', event.quantity, available < wanted ? available : wanted)
  equal(audit, 'value of the penalty', event.value, down(event.quantity * price, ONE))
  audit.penaltyDue = due - event.value
  change(books, at, event.asset, -event.quantity)
  houseOf(books, event.asset).insuranceFund += event.quantity
}

/** Nothing that could pay the penalty is left unless it is paid, but for dust. */
function penaltyIsPaid(audit: Case): void {
  const due = audit.penaltyDue ?? penaltyOf(audit)
  for (const { asset, amount, price } of pricedBalances(audit))
    expect(audit, `${asset} left owes no penalty`, due < DUST || amount * price < DUST * ONE)
}

/** The house steps in for a debt that has a price when collateral is worth no more than dust. */
function collateralIsUsed(audit: Case, owed: string): void {
  if (audit.books.assets.get(owed)?.quote === undefined) return
  for (const { asset, amount, price } of pricedBalances(audit))
    expect(audit, `${asset} is used before the house pays ${owed}`, amount * price < DUST * ONE)
}

function pricedBalances({ books, set }: Case) {
  return set.flatMap((at) =>
    rowsOf(books.balances, at).flatMap(({ name }) => {
      const price = books.assets.get(name)?.quote?.price
      return price === undefined ? [] : [{ asset: name, amount: balanceNow(books, at, name), price }]
    }),
  )
}

function penaltyOf({ books, account, bucket, closed }: Case): bigint {
  const penalty = up(closed * (books.epoch?.liquidation.penaltyPpm ?? 0n), MILLION)
  const { value } = auditMargin(books, account, bucket, 'maintenance')
  return value < 0n ? 0n : value < penalty ? value : penalty
}

/** The pool takes debts over, worth what it pays to within a unit each; what it paid in all stays within what was granted. */
function payLine(audit: Case, event: EventOf<'LinePaid'>): void {
  const { books, account } = audit
  const at = place(audit, event.bucket)
  const expected = auditLinePayment(books, account, event.bucket)
  expect(
    audit,
    'only a full liquidation calls a line, and before the waterfall',
    audit.extent === 'full' && !audit.covered,
  )
  equal(audit, 'what the pool pays', event.value, expected.value)
  const text = (debts: readonly { asset: string; quantity: bigint }[]) =>
    debts.map(({ asset, quantity }) => `${quantity} ${asset}`).join(', ')
  const [found, wanted] = [text(event.debts), text(expected.debts)]
  if (found !== wanted) audit.faults.push(`debts the pool takes over: ${found}, should be ${wanted}`)
  audit.linePaid = true
  const line = books.lines.get(at)
  if (line !== undefined) line.paid += event.value
  expect(audit, 'INV-LINE-3: no more is paid than was granted', line !== undefined && line.paid <= line.granted)
  for (const { asset, quantity } of event.debts) pay(books, { asset, quantity, from: `${account} 0`, to: at })
}

function coverLoss(
  audit: Case,
  event: EventOf<'InsuranceDrawn'> | EventOf<'InsuranceExchanged'> | EventOf<'DeficitRecorded'>,
): void {
  const { books } = audit
  expect(audit, 'only a full liquidation touches the waterfall', audit.extent === 'full')
  const due = audit.covered || audit.linePaid ? 0n : auditLinePayment(books, audit.account, audit.bucket).value
  equal(audit, 'what the pool has yet to pay before the waterfall', due, 0n)
  audit.covered = true
  collateralIsUsed(audit, 'asset' in event ? event.asset : event.got.asset)
  if (event.type === 'InsuranceExchanged') return exchangeInsurance(audit, event)
  const at = place(audit, event.bucket)
  const house = houseOf(books, event.asset)
  expect(audit, 'no more is covered than is owed', balanceNow(books, at, event.asset) <= -event.quantity)
  change(books, at, event.asset, event.quantity)
  if (event.type === 'InsuranceDrawn') {
    house.insuranceFund -= event.quantity
    expect(audit, 'the insurance fund had it', house.insuranceFund >= 0n)
  } else {
    house.deficit += event.quantity
    expect(audit, 'the fund has nothing of the asset when a deficit is recorded', house.insuranceFund === 0n)
    equal(audit, 'the debt after its deficit', balanceNow(books, at, event.asset), 0n)
  }
}

function exchangeInsurance({ books, ...audit }: Case, { given, got }: EventOf<'InsuranceExchanged'>): void {
  const [from, to] = [houseOf(books, given.asset), houseOf(books, got.asset)]
  const [sale, purchase] = [books.assets.get(given.asset)?.quote, books.assets.get(got.asset)?.quote]
  const loss = given.quantity * (sale?.price ?? 0n) - got.quantity * (purchase?.price ?? 0n)
  expect({ books, ...audit }, 'the outside world gives nothing away', loss >= 0n)
  from.insuranceFund -= given.quantity
  to.insuranceFund += got.quantity
  expect({ books, ...audit }, 'the insurance fund had it', from.insuranceFund >= 0n)
  change(books, OUTSIDE, given.asset, given.quantity)
  change(books, OUTSIDE, got.asset, -got.quantity)
}

function end(audit: Case, event: EventOf<'LiquidationEnded'>): void {
  const { books, account, bucket } = audit
  const { value, requirement } = auditMargin(books, account, bucket, 'maintenance')
  equal(audit, 'NLV at the end', event.netLiquidationValue, value)
  equal(audit, 'MM at the end', event.maintenanceMargin, requirement)
  expect(audit, 'NLV >= MM at the end', value >= requirement || !owesSomething(books, account, bucket))
  if (audit.extent === 'full') return
  penaltyIsPaid(audit)
  const buffer = books.epoch?.liquidation.bufferPpm ?? 0n
  expect(audit, 'the buffer is reached', (value - requirement) * MILLION >= requirement * buffer)
}

/** After a full liquidation no contract with a mark and no debt is left, and every atom of a loss was covered. */
function nothingLeft(audit: Case): void {
  for (const at of audit.set) {
    for (const { name } of rowsOf(audit.books.positions, at))
      expect(audit, `${name} is closed`, marketOf(audit.books, name).mark === undefined)
    for (const { name } of rowsOf(audit.books.balances, at))
      expect(audit, `no ${name} is owed`, balanceNow(audit.books, at, name) >= 0n)
  }
}

function place(audit: Case, bucket: number): string {
  const at = `${audit.account} ${bucket}`
  expect(audit, `bucket ${bucket} is part of the netting set`, audit.set.includes(at))
  return at
}

interface Payment {
  readonly asset: string
  readonly quantity: bigint
  readonly from: string
  readonly to: string
}

/** From one bucket to another; a negative amount runs the other way. The payer is debited first. */
function pay(books: AuditBooks, { asset, quantity, from, to }: Payment): void {
  const sides = [() => change(books, from, asset, -quantity), () => change(books, to, asset, quantity)]
  for (const side of quantity < 0n ? sides.reverse() : sides) side()
}

function equal({ faults }: Case, what: string, found: bigint, expected: bigint): void {
  if (found !== expected) faults.push(`${what}: ${found}, should be ${expected}`)
}

function expect({ faults }: Case, what: string, holds: boolean): void {
  if (!holds) faults.push(`not so: ${what}`)
}

import { absolute, add, isNegative, isZero, negate, subtract } from '../../core/quantity/arithmetic.ts'
import { costOf, fundingOf, quantityUp } from '../../core/quantity/product.ts'
import type { Price } from '../../core/quantity/price.ts'
import { NO_QUANTITY, quantity } from '../../core/quantity/quantity.ts'
import { NO_VALUE, type Value } from '../../core/quantity/value.ts'
import { MARKET_ACCOUNT, POOL } from '../../core/ledger/account.ts'
import type { Command } from '../../core/clearing/command.ts'
import type { Portfolio } from '../../core/portfolio/portfolio.ts'
import type { ReadonlyState } from '../../core/clearing/state.ts'
import type { Drawn } from '../population/population.ts'
import type { Amount, Trade } from '../population/world.ts'
import { NOWHERE_ELSE } from '../../core/margin/model.ts'
import type { Mode } from '../report/replay-report.ts'
import { perpetualOf } from './venue.ts'

/** Fee of an opening trade: 5 hundredths of a percent of its notional, in the settlement asset. */
const FEE_PPM = 500n

/** Commands that open one account as drawn, by the role that sends them. */
export interface OpeningCommands {
  readonly venue: readonly Command[]
  readonly custodian: readonly Command[]
  /** After the deposits have arrived. */
  readonly trading: readonly Command[]
}

/**
 * Cross: everything in the pool. Isolated: each position gets a bucket of its own and of every deposit the share that its
 * initial margin is of the sum; what is left by rounding goes to the last. Trades are made at the mark against `market`.
 */
export function openingCommands(state: ReadonlyState, { id, opening }: Drawn, mode: Mode): OpeningCommands {
  const custodian = opening.deposits.map((amount): Command => ({
    type: 'deposit',
    account: id,
    bucket: POOL,
    ...amount,
  }))
  const venue: Command[] = [{ type: 'openAccount', account: id }]
  const uses = [...opening.trades.map((trade) => ({ trade })), ...opening.borrows.map((borrow) => ({ borrow }))]
  const trading: Command[] = []
  const shares = mode === 'isolated' ? isolatedShares(state, opening.deposits, uses) : []
  uses.forEach((use, i) => {
    const bucket = mode === 'isolated' ? i + 1 : POOL
    if (mode === 'isolated') {
      trading.push({ type: 'setBucketMode', account: id, bucket, mode: 'isolated' })
      for (const amount of shares[i] ?? [])
        trading.push({ type: 'transfer', account: id, from: POOL, to: bucket, ...amount })
    }
    if ('borrow' in use) trading.push({ type: 'withdraw', account: id, bucket, ...use.borrow })
    else trading.push(...tradeCommands(state, id, bucket, use.trade))
  })
  return { venue, custodian, trading }
}

type Use = { readonly trade: Trade } | { readonly borrow: Amount }

function tradeCommands(
  state: ReadonlyState,
  account: Drawn['id'],
  bucket: number,
  { underlying, quantity: bought }: Trade,
): readonly Command[] {
  if (isZero(bought)) return []
  const market = perpetualOf(underlying)
  const price = markOf(state, underlying)
  const size = absolute(bought)
  const cost = quantityUp(costOf(size, price))
  const member = { account, bucket, fee: quantity((cost * FEE_PPM) / 1_000_000n) }
  const house = { account: MARKET_ACCOUNT, bucket: POOL, fee: NO_QUANTITY }
  const [buyer, seller] = isNegative(bought) ? [house, member] : [member, house]
  return [{ type: 'fill', market, price, quantity: size, buyer, seller }]
}

/** For each use, what it gets of every deposit. */
function isolatedShares(
  state: ReadonlyState,
  deposits: readonly Amount[],
  uses: readonly Use[],
): readonly (readonly Amount[])[] {
  const margins = uses.map((use) => initialMarginAlone(state, use))
  const total = margins.reduce<Value>((sum, margin) => add(sum, margin), NO_VALUE)
  const left = new Map(deposits.map(({ asset, quantity: amount }) => [asset, amount]))
  return uses.map((_, i) =>
    deposits.flatMap(({ asset, quantity: whole }) => {
      const remaining = left.get(asset) ?? NO_QUANTITY
      const margin = margins[i] ?? NO_VALUE
      const isLast = i === uses.length - 1
      const part = isLast || isZero(total) ? remaining : quantity((whole * margin) / total)
      left.set(asset, subtract(remaining, part))
      return isZero(part) ? [] : [{ asset, quantity: part }]
    }),
  )
}

/** What the model asks to open this position with nothing beside it. */
function initialMarginAlone(state: ReadonlyState, use: Use): Value {
  const { risk } = state
  if (risk === undefined) return NO_VALUE
  const portfolio = 'borrow' in use ? debtAlone(use.borrow) : positionAlone(state, use.trade)
  return risk.model.initial({
    portfolio,
    orders: [],
    market: state,
    parameters: risk.parameters,
    time: state.time,
    elsewhere: NOWHERE_ELSE,
  }).requirement
}

function debtAlone({ asset, quantity: owed }: Amount): Portfolio {
  return { holdings: [{ asset, quantity: negate(owed) }], positions: [] }
}

function positionAlone(state: ReadonlyState, { underlying, quantity: held }: Trade): Portfolio {
  const market = perpetualOf(underlying)
  const fundingIndex = state.markets.get(market)?.fundingIndex
  const fundingBasis =
    fundingIndex === undefined ? costOf(NO_QUANTITY, markOf(state, underlying)) : fundingOf(held, fundingIndex)
  return {
    holdings: [],
    positions: [{ market, quantity: held, cost: costOf(held, markOf(state, underlying)), fundingBasis }],
  }
}

function markOf(state: ReadonlyState, underlying: Trade['underlying']): Price {
  const mark = state.markets.get(perpetualOf(underlying))?.mark
  if (mark === undefined) throw new RangeError(`${perpetualOf(underlying)} has no mark at the opening`)
  return mark.price
}

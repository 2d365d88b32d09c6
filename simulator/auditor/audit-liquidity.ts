import type { Command } from '../../src/core/clearing/command.ts'
import type { Decision } from '../../src/core/clearing/decision.ts'
import { type AuditBooks, balanceNow, contractsOf, houseOf, MARKET, marketOf } from './audit-books.ts'

const MILLION = 1_000_000n

type Fill = Extract<Command, { type: 'fill' }>
type Withdrawal = Extract<Command, { type: 'withdraw' }>

/** What may be said of a decision before it is carried out: a withdrawal goes through exactly as far as custody and the cap let it. */
export function auditWithdrawal(books: AuditBooks, command: Withdrawal, decision: Decision): readonly string[] {
  const refused = decision.ok ? undefined : decision.rejection
  if (refused !== undefined && refused.reason !== 'InsufficientLiquidity') return []
  const most = withdrawable(books, command)
  const faults: string[] = []
  if (refused === undefined && command.quantity > most)
    faults.push(`INV-LENDING-4: ${command.quantity} ${command.asset} withdrawn, ${most} were available`)
  if (refused !== undefined && command.quantity <= most) faults.push('a withdrawal within the cap was refused')
  if (refused !== undefined && refused.available !== most)
    faults.push(`available: ${refused.available}, should be ${most}`)
  return faults
}

/** The most a bucket may withdraw: first its own balance leaves what is lent, then debts grow; in whole native units. */
function withdrawable(books: AuditBooks, { account, bucket, asset }: Withdrawal): bigint {
  const { custody, rates } = houseOf(books, asset)
  const terms = books.assets.get(asset)?.terms
  if (terms === undefined) return 0n
  const at = `${account} ${bucket}`
  const most = account === MARKET ? custody : smaller(custody, lendable(balanceNow(books, at, asset), rates, terms))
  return most - (most % 10n ** BigInt(18 - terms.nativeDecimals))
}

function lendable(
  balance: bigint,
  { lent, owed }: { readonly lent: bigint; readonly owed: bigint },
  { borrowCurve }: { readonly borrowCurve: { readonly capPpm: bigint } },
): bigint {
  const { capPpm } = borrowCurve
  const own = balance > 0n ? balance : 0n
  // What must stay lent for the debts there are: debts / cap, rounded up. No cap carries a debt if it is zero.
  const needed = owed === 0n ? 0n : capPpm === 0n ? lent : (owed * MILLION + capPpm - 1n) / capPpm
  const spare = lent > needed ? lent - needed : 0n
  if (spare < own || (owed > 0n && capPpm === 0n)) return smaller(spare, own)
  const moreDebt = ((lent - own) * capPpm) / MILLION - owed
  return own + (moreDebt > 0n ? moreDebt : 0n)
}

/** To be asked before a transfer or a fill is carried out; what it returns is asked afterwards. */
export function watchLending(books: AuditBooks, command: Command): () => readonly string[] {
  if (command.type !== 'transfer' && command.type !== 'fill') return () => []
  const before = new Map([...books.houses].map(([asset, { rates }]) => [asset, { lent: rates.lent, owed: rates.owed }]))
  const sides = command.type === 'fill' ? sidesOf(books, command) : []
  return () => {
    if (command.type === 'fill' && sidesOf(books, command).some((now, i) => onlyReduces(sides[i], now))) return []
    return [...books.houses].flatMap(([asset, { rates }]) => {
      const was = before.get(asset) ?? { lent: 0n, owed: 0n }
      const cap = books.assets.get(asset)?.terms.borrowCurve.capPpm ?? 0n
      if (rates.owed * MILLION <= rates.lent * cap) return []
      const leaves = rates.lent - rates.owed < was.lent - was.owed && rates.owed * was.lent > was.owed * rates.lent
      return rates.owed > was.owed || leaves ? [`INV-LENDING-4: ${command.type} draws ${asset} beyond its cap`] : []
    })
  }
}

/** A member's side of a fill: contracts held, or what it gets and gives of a spot pair. */
type SideState =
  | { readonly kind: 'outside' }
  | { readonly kind: 'contract'; readonly held: bigint }
  | { readonly kind: 'spot'; readonly gets: bigint; readonly gives: bigint }

function sidesOf(books: AuditBooks, { market, buyer, seller }: Fill): readonly SideState[] {
  const { terms } = marketOf(books, market)
  return [buyer, seller].map(({ account, bucket }, i): SideState => {
    const at = `${account} ${bucket}`
    if (account === MARKET) return { kind: 'outside' }
    if (terms.kind !== 'spot') return { kind: 'contract', held: contractsOf(books, at, market).quantity }
    const [gets, gives] = i === 0 ? [terms.base, terms.quote] : [terms.quote, terms.base]
    return { kind: 'spot', gets: balanceNow(books, at, gets), gives: balanceNow(books, at, gives) }
  })
}

function onlyReduces(was: SideState | undefined, now: SideState): boolean {
  if (was?.kind === 'contract' && now.kind === 'contract')
    return was.held > 0n ? now.held >= 0n && now.held < was.held : now.held <= 0n && now.held > was.held
  if (was?.kind === 'spot' && now.kind === 'spot') return was.gets < 0n && now.gets <= 0n && now.gives >= 0n
  return false
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

import { add, isNegative, isZero, negate, subtract } from '../quantity/arithmetic.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { AccountId, AssetId } from '../instrument/identifier.ts'
import { type Account, type Bucket, balanceOf, creditBucket, MARKET_ACCOUNT, POOL, withBucket } from './account.ts'
import { type AssetLedger, type LedgerColumn, moveColumns, requireConservation } from './asset-ledger.ts'
import { invariant } from './invariant.ts'
import { type Lending, recordBalanceChange } from './lending.ts'
import type { ReadonlyTable, Table } from './table.ts'

/** Totals and interest of one asset. */
export interface AssetBook {
  readonly ledger: AssetLedger
  readonly lending: Lending
}

/** Everything that holds money. Written by `post` and by trades of contracts only. */
export interface Books {
  readonly accounts: Table<AccountId, Account>
  readonly assetBooks: Table<AssetId, AssetBook>
}

export interface ReadonlyBooks {
  readonly accounts: ReadonlyTable<AccountId, Account>
  readonly assetBooks: ReadonlyTable<AssetId, AssetBook>
}

/** Where a posting comes from or goes to: a member's bucket, or a column of the house. */
export type LedgerAccount =
  | { readonly kind: 'bucket'; readonly account: AccountId; readonly bucket: number }
  | { readonly kind: 'house'; readonly column: Exclude<LedgerColumn, 'buckets'> }

/** One double entry: an amount >= 0 of an asset leaves `from` and reaches `to`. */
export interface Posting {
  readonly asset: AssetId
  readonly quantity: Quantity
  readonly from: LedgerAccount
  readonly to: LedgerAccount
}

/** Interest a balance carries: none for the market account. */
export function lendingFor(books: ReadonlyBooks, account: AccountId, asset: AssetId): Lending | undefined {
  return account === MARKET_ACCOUNT ? undefined : books.assetBooks.get(asset)?.lending
}

/** A bucket that must exist: deciding has made sure of it. */
export function requireBucket(books: ReadonlyBooks, account: AccountId, bucket: number): Bucket {
  const found = books.accounts.get(account)?.buckets.get(bucket)
  invariant(found !== undefined, 'INV-LEDGER-3', () => `no bucket ${bucket} of account ${account}`)
  return found
}

/** Writes one double entry and asserts the ledger identity of its asset. */
export function post(books: Books, posting: Posting): void {
  invariant(
    !isNegative(posting.quantity),
    'INV-LEDGER-4',
    () => `posting of ${posting.quantity} atoms of ${posting.asset}`,
  )
  if (isZero(posting.quantity)) return
  if (posting.from.kind === 'bucket') creditMember(books, posting.asset, posting.from, negate(posting.quantity))
  if (posting.to.kind === 'bucket') creditMember(books, posting.asset, posting.to, posting.quantity)
  const book = requireAssetBook(books, posting.asset)
  const ledger = moveColumns(book.ledger, columnOf(posting.from), columnOf(posting.to), posting.quantity)
  requireConservation(posting.asset, ledger)
  books.assetBooks.set(posting.asset, { ...book, ledger })
}

/** Writes an amount of either sign: a negative one runs the other way. */
export function postSigned(books: Books, posting: Posting): void {
  const { asset, quantity, from, to } = posting
  if (isNegative(quantity)) post(books, { asset, quantity: negate(quantity), from: to, to: from })
  else post(books, posting)
}

/** Replaces a bucket of an account. */
export function putBucket(books: Books, account: AccountId, number: number, bucket: Bucket): void {
  const owner = books.accounts.get(account)
  invariant(owner !== undefined, 'INV-LEDGER-3', () => `no account ${account}`)
  books.accounts.set(account, withBucket(owner, number, bucket))
}

/** The house's totals of an asset that must be listed. */
export function requireAssetBook(books: ReadonlyBooks, asset: AssetId): AssetBook {
  const book = books.assetBooks.get(asset)
  invariant(book !== undefined, 'INV-LEDGER-3', () => `asset ${asset} is not listed`)
  return book
}

/** First brings the balance's interest into the ledger, from the reserve, then adds the signed amount. */
function creditMember(
  books: Books,
  asset: AssetId,
  at: { account: AccountId; bucket: number },
  amount: Quantity,
): void {
  const bucket = requireBucket(books, at.account, at.bucket)
  const book = requireAssetBook(books, asset)
  const lending = lendingFor(books, at.account, asset)
  const before = balanceOf(bucket, asset, lending)
  const after = add(before, amount)
  const interest = subtract(before, balanceOf(bucket, asset, undefined))
  const ledger = isZero(interest) ? book.ledger : moveColumns(book.ledger, 'interestReserve', 'buckets', interest)
  books.assetBooks.set(asset, {
    ledger,
    lending: lending === undefined ? book.lending : recordBalanceChange(lending, before, after),
  })
  putBucket(books, at.account, at.bucket, creditBucket(bucket, asset, amount, lending))
}

function columnOf(side: LedgerAccount): LedgerColumn {
  return side.kind === 'bucket' ? 'buckets' : side.column
}

/** Shorthand for a member's side of a posting. */
export function bucketSide(account: AccountId, bucket: number): LedgerAccount {
  return { kind: 'bucket', account, bucket }
}

/** Shorthand for the house's side of a posting. */
export function houseSide(column: Exclude<LedgerColumn, 'buckets'>): LedgerAccount {
  return { kind: 'house', column }
}

/** The market account's pool: the other side of forced trades. */
export const MARKET_SIDE: LedgerAccount = bucketSide(MARKET_ACCOUNT, POOL)

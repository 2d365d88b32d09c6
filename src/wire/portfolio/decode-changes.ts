import type { AssetId } from '../../core/instrument/identifier.ts'
import { formatDecimal18 } from '../../core/quantity/decimal.ts'
import { type Rate, rate } from '../../core/quantity/rate.ts'
import { ORDER_FIELDS, orderOf } from './account-fields.ts'
import type {
  AddedBalance,
  AddedOrder,
  AddedPosition,
  ChangeTarget,
  FileChanges,
  PriceMove,
  Regime,
} from './changes-file.ts'
import { checkHoldings } from './check-holdings.ts'
import { inJson } from './decimal-field.ts'
import { CHANGES_FORMAT, hasFormat } from './document-format.ts'
import { type Assumption, createFindings, type Findings, type Reader, refuse, type Warning } from './findings.ts'
import type { Located } from './json-node.ts'
import { withHeldTerms } from './known-terms.ts'
import { ASSET, assetNamed, MARKET } from './name-field.ts'
import { listOf, type ObjectFields, objectFields, tableEntries } from './object-fields.ts'
import { parseJson } from './parse-json.ts'
import { oneOf, textOf } from './plain-field.ts'
import type { FileAccount, PortfolioFile } from './portfolio-file.ts'
import type { Problems } from './problem.ts'
import { quoted, ROOT, sourceOf, type SourceText } from './source.ts'
import { PRICE, RATE, TRADED_QUANTITY } from './unit-fields.ts'

/** Changes, and the portfolio with the terms of all that they name; or what is wrong with them. */
export type DecodedChanges =
  | {
      readonly ok: true
      readonly changes: FileChanges
      readonly portfolio: PortfolioFile
      readonly assumptions: readonly Assumption[]
      readonly warnings: readonly Warning[]
    }
  | { readonly ok: false; readonly problems: Problems }

/** Where what names no place goes: an account by its id, a bucket by its number or name. */
export interface DefaultTarget {
  readonly account: string | undefined
  readonly bucket: string | undefined
}

const DOCUMENT_FIELDS = ['format', 'addPositions', 'addOrders', 'addBalances', 'priceMoves', 'volMoves', 'regime']
const TARGET_FIELDS = ['account', 'bucket']
const MOST = 1_000
const WHOLE_FALL = rate(-(10n ** 18n))

/**
 * Reads documents of changes for one portfolio, one after the other: lists are appended, of moves and regimes the last counts. What
 * they name is checked as the portfolio itself was: markets known, contracts alive, prices there, accounts and buckets found.
 */
export function decodeChanges(
  texts: readonly SourceText[],
  portfolio: PortfolioFile,
  target: DefaultTarget,
): DecodedChanges {
  const findings = createFindings()
  const parts = texts.map((text) => readChanges(text, { portfolio, target }, findings))
  const terms = findings.problems.isEmpty() ? withHeldTerms(portfolio, findings.mentions, findings) : portfolio
  if (findings.problems.isEmpty()) checkHoldings(terms, { mentions: findings.mentions, arePricesKnown: true }, findings)
  if (!findings.problems.isEmpty()) return { ok: false, problems: findings.problems.sorted() }
  const { assets, contracts } = terms
  // Only terms were added, by the functions that complete a portfolio.
  const widened = { ...portfolio, assets, contracts } as PortfolioFile
  const { assumptions, warnings } = findings
  return {
    ok: true,
    changes: joined(parts.filter((part) => part !== undefined)),
    portfolio: widened,
    assumptions,
    warnings,
  }
}

interface Around {
  readonly portfolio: PortfolioFile
  readonly target: DefaultTarget
}

function readChanges(text: SourceText, around: Around, findings: Findings): FileChanges | undefined {
  const source = sourceOf(text)
  const node = parseJson(source, findings.problems)
  if (node === undefined || !findings.problems.isEmpty()) return undefined
  const at = { node, path: ROOT, source }
  if (!hasFormat(at, CHANGES_FORMAT, findings)) return undefined
  const fields = objectFields(at, DOCUMENT_FIELDS, findings)
  if (fields === undefined) return undefined
  fields.optional('format', textOf({ least: 1, most: 64 }))
  const list = <T>(reader: Reader<T>) => listOf(reader, { least: 0, most: MOST })
  return {
    addPositions: fields.optional('addPositions', list(addedPosition(around))) ?? [],
    addOrders: fields.optional('addOrders', list(addedOrder(around))) ?? [],
    addBalances: fields.optional('addBalances', list(addedBalance(around))) ?? [],
    priceMoves: fields.optional('priceMoves', movesOf(PRICE_MOVE, around)) ?? new Map<AssetId, PriceMove>(),
    volMoves: fields.optional('volMoves', movesOf(RELATIVE, around)) ?? new Map<AssetId, Rate>(),
    regime: fields.optional('regime', REGIME),
  }
}

const REGIME: Reader<Regime> = oneOf({ now: 'now', one: 'one', break: 'break' } as const)

function joined(parts: readonly FileChanges[]): FileChanges {
  return {
    addPositions: parts.flatMap(({ addPositions }) => addPositions),
    addOrders: parts.flatMap(({ addOrders }) => addOrders),
    addBalances: parts.flatMap(({ addBalances }) => addBalances),
    priceMoves: new Map(parts.flatMap(({ priceMoves }) => [...priceMoves])),
    volMoves: new Map(parts.flatMap(({ volMoves }) => [...volMoves])),
    regime: parts.findLast(({ regime }) => regime !== undefined)?.regime,
  }
}

function addedPosition(around: Around): Reader<AddedPosition> {
  return (at, findings) => {
    const fields = objectFields(at, [...TARGET_FIELDS, 'market', 'quantity', 'price'], findings)
    if (fields === undefined) return undefined
    const target = targetOf(fields, around, findings)
    const market = fields.required('market', MARKET)
    const quantity = fields.required('quantity', inJson(TRADED_QUANTITY))
    const price = fields.optionalNoted('price', inJson(PRICE), 'the mark')
    if (target === undefined || market === undefined || quantity === undefined) return undefined
    findings.mention({ kind: 'position', spot: fields.valueSpot('market'), market, isUnsettledGiven: true })
    return { ...target, market, quantity, price }
  }
}

function addedOrder(around: Around): Reader<AddedOrder> {
  return (at, findings) => {
    const fields = objectFields(at, [...TARGET_FIELDS, ...ORDER_FIELDS], findings)
    if (fields === undefined) return undefined
    const target = targetOf(fields, around, findings)
    const order = orderOf(fields, findings)
    return target === undefined || order === undefined ? undefined : { ...target, order }
  }
}

function addedBalance(around: Around): Reader<AddedBalance> {
  return (at, findings) => {
    const fields = objectFields(at, [...TARGET_FIELDS, 'asset', 'quantity'], findings)
    if (fields === undefined) return undefined
    const target = targetOf(fields, around, findings)
    const asset = fields.required('asset', ASSET)
    const quantity = fields.required('quantity', inJson(TRADED_QUANTITY))
    if (target === undefined || asset === undefined || quantity === undefined) return undefined
    findings.mention({ kind: 'balance', spot: fields.valueSpot('asset'), asset, amount: quantity })
    return { ...target, asset, quantity }
  }
}

/** The bucket that is named, else the one meant for all; the pool of the only account needs no name. */
function targetOf(fields: ObjectFields, { portfolio, target }: Around, findings: Findings): ChangeTarget | undefined {
  const named = fields.optional('account', textOf({ least: 1, most: 64 })) ?? target.account
  const { accounts } = portfolio
  const account = named === undefined ? only(accounts) : accounts.find(({ id }) => id === named)
  const ids = accounts.slice(0, 12).map(({ id }) => id)
  if (account === undefined) {
    findings.problems.add(fields.keySpot('account'), {
      code: named === undefined ? 'MissingField' : 'NotOneOf',
      expected: `one of the accounts: ${ids.join(', ')}${accounts.length > ids.length ? ' …' : ''}`,
      got: named === undefined ? 'nothing, and there are several' : quoted(named),
      remedy: 'add "account", or pass --account ID',
    })
    return undefined
  }
  const wanted = fields.optional('bucket', BUCKET_LABEL) ?? target.bucket ?? '0'
  const bucket =
    wanted === '0' ? 0 : account.buckets.find(({ id, name }) => String(id) === wanted || name === wanted)?.id
  if (bucket !== undefined) return { account: account.id, bucket }
  findings.problems.add(fields.keySpot('bucket'), {
    code: 'NotOneOf',
    expected: `0, the pool, or a bucket of ${account.id}: ${account.buckets.map(({ id, name }) => name ?? String(id)).join(', ') || 'it has none'}`,
    got: quoted(wanted),
    remedy: 'name a bucket by its number or its name',
  })
  return undefined
}

function only(accounts: readonly FileAccount[]): FileAccount | undefined {
  return accounts.length === 1 ? accounts[0] : undefined
}

/** A number or a name. */
const BUCKET_LABEL: Reader<string> = (at, findings) =>
  at.node.kind === 'number' ? at.node.raw : textOf({ least: 1, most: 40 })(at, findings)

function movesOf<T>(reader: Reader<T>, { portfolio }: Around): Reader<ReadonlyMap<AssetId, T>> {
  return (at, findings) => {
    const moves = new Map<AssetId, T>()
    for (const { key, keySpot, value } of tableEntries(at, findings) ?? []) {
      const asset = assetNamed(key, keySpot, findings)
      const move = reader(value, findings)
      if (asset === undefined || move === undefined) continue
      moves.set(asset, move)
      if (portfolio.assetPrices.has(asset)) continue
      const priced = [...portfolio.assetPrices.keys()].slice(0, 12).join(', ')
      findings.problems.add(keySpot, {
        code: 'MissingPrice',
        expected: `an asset with a price: ${priced}`,
        got: quoted(key),
        remedy: 'move the asset that a market is on, not the market',
      })
    }
    return moves
  }
}

const RELATIVE: Reader<Rate> = (at, findings) => {
  const fraction = inJson(RATE)(at, findings)
  if (fraction === undefined || fraction > WHOLE_FALL) return fraction
  return refuse(at, findings, {
    code: 'BadDecimal',
    expected: 'a fraction above -1: nothing falls by the whole',
    remedy: `fractions, never percent: ${formatDecimal18(fraction)} is more than everything`,
  })
}

/** A fraction, `"-0.1"`, or a price to go to, `{ "to": "60000" }`. */
const PRICE_MOVE: Reader<PriceMove> = (at: Located, findings) => {
  if (at.node.kind !== 'object') {
    const fraction = RELATIVE(at, findings)
    return fraction === undefined ? undefined : { kind: 'by', fraction }
  }
  const price = objectFields(at, ['to'], findings)?.required('to', inJson(PRICE))
  return price === undefined ? undefined : { kind: 'to', price }
}

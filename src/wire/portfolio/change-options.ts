import { CHANGES_FORMAT } from './document-format.ts'
import { createFindings } from './findings.ts'
import type { Problems } from './problem.ts'
import { quoted, ROOT, sourceOf, type SourceText } from './source.ts'

/** Changes as a command line says them. */
export interface TypedChanges {
  /** Such as `ETH-PERP:3` or `ETH-PERP:-3@2001`. */
  readonly add: readonly string[]
  /** The same, as an order: without a price a market order. */
  readonly order: readonly string[]
  /** Such as `USDC:5000`. */
  readonly deposit: readonly string[]
  readonly withdraw: readonly string[]
  /** Such as `BTC=-10%` or `BTC=60000`. */
  readonly price: readonly string[]
  /** Such as `ETH=+20%`. */
  readonly vol: readonly string[]
  readonly regime: string | undefined
}

export type ChangeOptions =
  | { readonly ok: true; readonly documents: readonly SourceText[] }
  | { readonly ok: false; readonly problems: Problems }

const TRADE = /^(.{1,64}):([^:@]+)(?:@([^@]+))?$/s
const AMOUNT = /^([^:]{1,64}):([^:]+)$/s
const PERCENT = /^([^=]{1,64})=([+-]?)(\d{1,6}(?:\.\d{1,12})?)%$/s
const LEVEL = /^([^=]{1,64})=([^%]+)$/s

/** Options of a command line as documents of changes, one each, so that they are read and refused as any other. */
export function changeOptions(typed: TypedChanges): ChangeOptions {
  const findings = createFindings()
  const read = (
    option: string,
    texts: readonly string[],
    form: string,
    changeOf: (text: string) => object | undefined,
  ) =>
    texts.flatMap((text): readonly SourceText[] => {
      const change = changeOf(text)
      const name = `--${option} ${text.slice(0, 60)}`
      if (change !== undefined) return [{ name, text: JSON.stringify({ format: CHANGES_FORMAT, ...change }) }]
      const spot = { source: sourceOf({ name: `--${option}`, text }), offset: 0, path: ROOT }
      const got = quoted(text.slice(0, 60))
      findings.problems.add(spot, { code: 'NotOneOf', expected: form, got, remedy: `write --${option} ${form}` })
      return []
    })
  const documents = [
    ...read('add', typed.add, 'ETH-PERP:3 or ETH-PERP:-3@2001', (text) => listed('addPositions', trade(text, 'price'))),
    ...read('order', typed.order, 'ETH-PERP:3 or ETH-PERP:-3@2001', (text) =>
      listed('addOrders', trade(text, 'limitPrice')),
    ),
    ...read('deposit', typed.deposit, 'USDC:5000', (text) => listed('addBalances', amount(text, ''))),
    ...read('withdraw', typed.withdraw, 'USDC:5000', (text) => listed('addBalances', amount(text, '-'))),
    ...read('price', typed.price, 'BTC=-10% or BTC=60000', priceMove),
    ...read('vol', typed.vol, 'ETH=+20%', volMove),
    ...(typed.regime === undefined
      ? []
      : read('regime', [typed.regime], 'now, one or break', (regime) => ({ regime }))),
  ]
  return findings.problems.isEmpty() ? { ok: true, documents } : { ok: false, problems: findings.problems.sorted() }
}

function listed(field: string, item: object | undefined): object | undefined {
  return item === undefined ? undefined : { [field]: [item] }
}

function trade(text: string, priceField: string): object | undefined {
  const [, market, quantity, price] = TRADE.exec(text) ?? []
  if (market === undefined || quantity === undefined) return undefined
  return { market, quantity: unsigned(quantity), ...(price === undefined ? {} : { [priceField]: price }) }
}

/** A deposit and a withdrawal both have a size above zero. */
function amount(text: string, sign: '' | '-'): object | undefined {
  const [, asset, quantity] = AMOUNT.exec(text) ?? []
  if (asset === undefined || quantity === undefined || quantity.startsWith('-')) return undefined
  return { asset, quantity: `${sign}${unsigned(quantity)}` }
}

function priceMove(text: string): object | undefined {
  const relative = percent(text)
  if (relative !== undefined) return { priceMoves: { [relative.id]: relative.fraction } }
  const [, id, to] = LEVEL.exec(text) ?? []
  return id === undefined || to === undefined ? undefined : { priceMoves: { [id]: { to } } }
}

function volMove(text: string): object | undefined {
  const relative = percent(text)
  return relative === undefined ? undefined : { volMoves: { [relative.id]: relative.fraction } }
}

/** A hundredth of what is written, digit by digit: nothing is rounded. */
function percent(text: string): { readonly id: string; readonly fraction: string } | undefined {
  const [, id, sign, digits] = PERCENT.exec(text) ?? []
  if (id === undefined || digits === undefined) return undefined
  const [whole = '0', places = ''] = digits.split('.')
  const padded = whole.padStart(3, '0')
  const fraction = `${padded.slice(0, -2)}.${padded.slice(-2)}${places}`.replace(/^0+(?=\d)/, '')
  return { id, fraction: `${sign === '-' ? '-' : ''}${fraction}` }
}

/** A plus sign is how people write a purchase; files have none. */
function unsigned(quantity: string): string {
  return quantity.startsWith('+') ? quantity.slice(1) : quantity
}

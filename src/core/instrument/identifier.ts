declare const kind: unique symbol
type Identifier<Kind extends string> = string & { readonly [kind]: Kind }

export type AssetId = Identifier<'asset'>
export type MarketId = Identifier<'market'>
export type AccountId = Identifier<'account'>
export type OrderId = Identifier<'order'>
export type SenderId = Identifier<'sender'>
export type FactorId = Identifier<'factor'>

/** Names start with a letter or digit and hold letters, digits and . _ : / - only: safe in files, URLs and hashes. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/

const FACTOR_NAME = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,159}$/

/** Whether the text may name anything here: 1 to 64 characters, see NAME. */
export function isName(text: string): boolean {
  return NAME.test(text)
}

/** Throws RangeError unless the text is a name. */
export function assetId(text: string): AssetId {
  return named(text) as AssetId
}

/** Throws RangeError unless the text is a name. */
export function marketId(text: string): MarketId {
  return named(text) as MarketId
}

/** Throws RangeError unless the text is a name. */
export function accountId(text: string): AccountId {
  return named(text) as AccountId
}

/** Throws RangeError unless the text is a name. */
export function orderId(text: string): OrderId {
  return named(text) as OrderId
}

/** Throws RangeError unless the text is a name. */
export function senderId(text: string): SenderId {
  return named(text) as SenderId
}

/** Names of factors hold those of an asset and a market. Throws RangeError unless the text is one, of at most 160 characters. */
export function factorId(text: string): FactorId {
  if (!FACTOR_NAME.test(text)) throw new RangeError(`not a name of a factor: ${JSON.stringify(text)}`)
  return text as FactorId
}

/** Total order of names by code unit: the same on every machine, whatever its locale. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function named(text: string): string {
  if (!isName(text)) throw new RangeError(`not a name: ${JSON.stringify(text)}`)
  return text
}

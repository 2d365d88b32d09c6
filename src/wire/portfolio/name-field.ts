import {
  type AccountId,
  accountId,
  type AssetId,
  assetId,
  isName,
  type MarketId,
  marketId,
  type OrderId,
  orderId,
} from '../../core/instrument/identifier.ts'
import { type Findings, refuse, type Reader, wrongType } from './findings.ts'
import { shortened, spotOf } from './json-node.ts'
import { quoted, type Spot } from './source.ts'

const ASSET_ID = /^[A-Za-z0-9][A-Za-z0-9.]{0,19}$/
const MARKET_ID = /^(?=.*[-/:])[A-Za-z0-9][A-Za-z0-9._/:-]{1,63}$/
const MODEL_ID = /^[a-z][a-z0-9]*([-.][a-z0-9]+)*$/
const EPOCH_HASH = /^sha256:[0-9a-f]{64}$/

/** Letters, digits and dots, at most 20. */
export const ASSET: Reader<AssetId> = (at, findings) =>
  at.node.kind === 'string'
    ? assetNamed(at.node.text, spotOf(at), findings)
    : wrongType(at, findings, 'an asset id such as "USDC"')

/** Contains - / or :, which an asset id never does. */
export const MARKET: Reader<MarketId> = (at, findings) =>
  at.node.kind === 'string'
    ? marketNamed(at.node.text, spotOf(at), findings)
    : wrongType(at, findings, 'a market id such as "BTC-PERP"')

export const ACCOUNT: Reader<AccountId> = named('an account id', accountId)
export const ORDER: Reader<OrderId> = named('an order id', orderId)
export const MODEL_NAME: Reader<string> = matching(MODEL_ID, 'the id of a margin model such as "plimsoll-1"')
export const HASH: Reader<string> = matching(EPOCH_HASH, '"sha256:" and 64 hexadecimal digits in small letters')

export function isAssetId(text: string): boolean {
  return ASSET_ID.test(text)
}

export function isMarketId(text: string): boolean {
  return text.length <= 64 && MARKET_ID.test(text)
}

export function assetNamed(text: string, spot: Spot, findings: Findings): AssetId | undefined {
  if (isAssetId(text)) return assetId(text)
  findings.problems.add(spot, {
    code: 'BadName',
    expected: 'an asset id: letters, digits and dots, at most 20',
    got: shortened(quoted(text.slice(0, 80))),
    remedy: isMarketId(text) ? 'a market is held under "positions"' : 'write it as "USDC" or "wstETH"',
  })
  return undefined
}

export function marketNamed(text: string, spot: Spot, findings: Findings): MarketId | undefined {
  if (isMarketId(text)) return marketId(text)
  findings.problems.add(spot, {
    code: 'BadName',
    expected: 'a market id: letters, digits and . _ / : -, with a - / or : in it, at most 64',
    got: shortened(quoted(text.slice(0, 80))),
    remedy: isAssetId(text)
      ? `an asset is held under "balances"; its perpetual is "${text}-PERP"`
      : 'write it as "BTC-PERP"',
  })
  return undefined
}

/** The id of an asset or of a market: any id is one or the other. */
export function instrumentNamed(text: string, spot: Spot, findings: Findings): AssetId | MarketId | undefined {
  return /[-/:]/.test(text.slice(0, 80)) ? marketNamed(text, spot, findings) : assetNamed(text, spot, findings)
}

function named<Id>(what: string, make: (text: string) => Id): Reader<Id> {
  const expected = `${what}: 1 to 64 letters, digits and . _ : / -, starting with a letter or digit`
  return (at, findings) => {
    if (at.node.kind !== 'string') return wrongType(at, findings, expected)
    if (isName(at.node.text)) return make(at.node.text)
    return refuse(at, findings, { code: 'BadName', expected, remedy: 'put other characters into "name" or a comment' })
  }
}

function matching(pattern: RegExp, expected: string): Reader<string> {
  return (at, findings) => {
    if (at.node.kind !== 'string') return wrongType(at, findings, expected)
    if (pattern.test(at.node.text)) return at.node.text
    return refuse(at, findings, { code: 'BadName', expected, remedy: 'check the spelling' })
  }
}

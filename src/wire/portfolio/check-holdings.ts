import type { AssetId } from '../../core/instrument/identifier.ts'
import { isWholeUnits } from '../../core/quantity/native-unit.ts'
import { formatDecimal18 } from '../../core/quantity/decimal.ts'
import { USD } from './document-fields.ts'
import type { FileContract, FileOption } from './file-terms.ts'
import type { Findings } from './findings.ts'
import { shortened } from './json-node.ts'
import type { KnownTerms } from './known-terms.ts'
import type { Mention } from './mention.ts'
import { nearestTicker } from './nearest-name.ts'
import { quoted, sibling, type Spot } from './source.ts'
import { timeText } from './time-field.ts'

const MOST_NAMED = 12

/** Tells of holdings that cannot be valued: without price or vol, expired, with more decimals than the asset has. */
export function checkHoldings(
  terms: KnownTerms,
  { mentions, arePricesKnown }: { readonly mentions: readonly Mention[]; readonly arePricesKnown: boolean },
  findings: Findings,
): void {
  const settledTold = new Set<AssetId>()
  for (const mention of mentions) {
    if (mention.kind === 'balance') {
      checkDecimals(mention, terms, findings)
      if (arePricesKnown) needPrices(mention, terms, findings)
      continue
    }
    if (mention.kind !== 'position' && mention.kind !== 'order') continue
    const contract = terms.contracts.get(mention.market)
    if (contract === undefined) continue
    if (mention.kind === 'position' && !mention.isUnsettledGiven && contract.kind !== 'option')
      findings.assume(sibling(mention.spot.path, 'entryPrice'), 'the mark: no profit or loss is unsettled')
    if (contract.status === 'reduceOnly')
      findings.warn('ReduceOnlyMarket', mention.spot.path, `${contract.id} may only be reduced`)
    const isLive = checkLife(contract, terms, { spot: mention.spot, findings })
    if (!isLive || !arePricesKnown) continue
    checkValuation(contract, terms, { spot: mention.spot, findings })
    if (settledTold.has(contract.settlement)) continue
    settledTold.add(contract.settlement)
    needPrice(
      contract.settlement,
      { what: `${contract.settlement}, which ${contract.id} settles in`, spot: mention.spot },
      terms,
      findings,
    )
  }
}

interface Place {
  readonly spot: Spot
  readonly findings: Findings
}

function checkDecimals(
  { asset, amount, spot }: Mention & { kind: 'balance' },
  { assets }: KnownTerms,
  { problems }: Findings,
): void {
  const decimals = assets.get(asset)?.decimals ?? 18
  if (isWholeUnits(amount, decimals)) return
  problems.add(spot, {
    code: 'TooManyDecimals',
    expected: `at most ${decimals} digits after the point, as ${asset} has`,
    got: `"${formatDecimal18(amount)}"`,
    remedy: `write it as ${asset} can be held, or correct "decimals"`,
  })
}

/** Whether the contract has not ended; told otherwise. Without a moment of valuation that is told elsewhere. */
function checkLife(contract: FileContract, { asOf }: KnownTerms, { spot, findings }: Place): boolean {
  if (contract.kind === 'perpetual' || asOf === undefined || contract.expiry > asOf) return true
  findings.problems.add(spot, {
    code: 'Expired',
    expected: `a contract that is live at ${timeText(asOf)}`,
    got: `${contract.id}, expired ${timeText(contract.expiry)}`,
    remedy: 'drop it, or book its settlement into balances',
  })
  return false
}

/** A balance, and what its value follows from. */
function needPrices({ asset, spot }: Mention & { kind: 'balance' }, terms: KnownTerms, findings: Findings): void {
  needPrice(asset, { what: asset, spot }, terms, findings)
  const claim = terms.assets.get(asset)?.claim
  if (claim === undefined || claim.kind === 'volatile' || claim.redemptionDelayMs === undefined) return
  needPrice(claim.reference, { what: `${claim.reference}, which ${asset} is redeemed for`, spot }, terms, findings)
}

function checkValuation(contract: FileContract, terms: KnownTerms, { spot, findings }: Place): void {
  if (terms.contractPrices.has(contract.id)) return
  const { id, underlying } = contract
  if (contract.kind === 'option') {
    checkOption(contract, terms, { spot, findings })
    return
  }
  if (needPrice(underlying, { what: `${id}, or for ${underlying}`, spot }, terms, findings))
    findings.warn('NoPriceUsedUnderlying', spot.path, `${id} has no price: valued at that of ${underlying}`)
}

/** An option without mark needs a vol and a forward, of the file or the underlying's price. */
function checkOption(option: FileOption, terms: KnownTerms, { spot, findings }: Place): void {
  const { id, underlying, expiry } = option
  const vols = terms.vols.get(underlying)
  const slices = vols?.kind === 'slices' ? vols.slices : []
  const own = slices.find((slice) => slice.expiry === expiry)
  const isBetween = slices.some((slice) => slice.expiry < expiry) && slices.some((slice) => slice.expiry > expiry)
  if (vols?.kind !== 'flat' && own === undefined && !isBetween) {
    const got =
      slices.length === 0
        ? `neither, and no vols of ${underlying}`
        : `vols of ${underlying} for ${slices
            .map((slice) => timeText(slice.expiry))
            .slice(0, MOST_NAMED)
            .join(', ')}`
    findings.problems.add(spot, {
      code: 'MissingVol',
      expected: `a mark for ${id}, or a vol that reaches ${timeText(expiry)}`,
      got,
      remedy: `add "${id}" to "prices", or a slice for its expiry to "vols"`,
    })
    return
  }
  if (own?.forward === undefined)
    needPrice(underlying, { what: `${underlying}, or a forward in its vols`, spot }, terms, findings)
}

/** Whether the asset has a price; told otherwise. */
function needPrice(
  asset: AssetId,
  { what, spot }: { readonly what: string; readonly spot: Spot },
  { assetPrices }: KnownTerms,
  { problems }: Findings,
): boolean {
  if (asset === USD || assetPrices.has(asset)) return true
  const priced = [...assetPrices.keys()]
  const near = nearestTicker(asset, priced)
  const more = priced.length - MOST_NAMED
  const named = `${priced.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  problems.add(spot, {
    code: 'MissingPrice',
    expected: `a price for ${what}`,
    got: priced.length === 0 ? 'no prices' : `prices for ${named}`,
    remedy: near === undefined ? `add ${shortened(quoted(asset))} to "prices"` : `did you mean "${near}"?`,
  })
  return false
}

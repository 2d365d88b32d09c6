import { type Timestamp, timestamp } from '../../core/quantity/timestamp.ts'
import { checkHoldings } from './check-holdings.ts'
import { checkPrices } from './check-prices.ts'
import type { Draft } from './document-fields.ts'
import type { FileContract } from './file-terms.ts'
import type { Findings } from './findings.ts'
import { type KnownTerms, noteDefaults, termsOfDraft, withHeldTerms } from './known-terms.ts'
import type { Mention } from './mention.ts'
import { type MarketData, marketData, type OutsideData } from './price-source.ts'
import type { FileAccount, PortfolioContent, PortfolioFile, PortfolioHeader } from './portfolio-file.ts'
import { child, ROOT } from './source.ts'
import { timeText } from './time-field.ts'

/** What is given beside a portfolio. */
export interface Surroundings extends OutsideData {
  /** Wins over the file's own moment of valuation. */
  readonly asOf: Timestamp | undefined
}

/** A document whose own part is checked, so that accounts can be. */
export interface OpenDocument {
  readonly draft: Draft
  readonly terms: KnownTerms
  readonly arePricesKnown: boolean
}

const NO_MARKET: MarketData = { prices: new Map(), vols: new Map(), funding: new Map() }

/**
 * Reads the files a document names and checks what it says of markets and prices. Undefined after a problem of text or shape in
 * one of those files; problems of meaning are told of and looked past.
 */
export function openDocument(draft: Draft, around: Surroundings, findings: Findings): OpenDocument | undefined {
  const read = marketData(draft, around, findings)
  if (read !== undefined && !findings.problems.isEmpty()) return undefined
  const market = read ?? NO_MARKET
  const asOf = around.asOf ?? draft.asOf ?? newestPriceTime(market, findings)
  checkPrices(market, { asOf, findings })
  const terms = termsOfDraft(draft, market, { asOf, findings })
  for (const contract of terms.contracts.values()) checkInverse(contract, draft, findings)
  return { draft, terms, arePricesKnown: read !== undefined }
}

/** What a document says besides its accounts, with the terms of all that they hold. */
export function headerOf({ draft }: OpenDocument, terms: KnownTerms): PortfolioHeader {
  const { name, model, fees, liquidation, insurance } = draft
  return { name, model, fees, liquidation, insurance, ...terms }
}

/** Accounts of an open document, checked: the whole portfolio, or undefined if there is a problem anywhere. */
export function completePortfolio(
  document: OpenDocument,
  { accounts, mentions }: { readonly accounts: readonly FileAccount[]; readonly mentions: readonly Mention[] },
  findings: Findings,
): PortfolioFile | undefined {
  const { draft, arePricesKnown } = document
  const terms = withHeldTerms(document.terms, mentions, findings)
  // A file of prices that is missing may have said when they were seen.
  if (terms.asOf === undefined && arePricesKnown) needMoment(terms, draft, mentions, findings)
  checkHoldings(terms, { mentions, arePricesKnown }, findings)
  noteDefaults(terms, draft, mentions, findings)
  if (!findings.problems.isEmpty()) return undefined
  const content: PortfolioContent = { ...headerOf(document, terms), accounts }
  return content as PortfolioFile
}

/** No clock is read: without a moment of its own the file is valued when its newest price was seen. */
function newestPriceTime({ prices }: MarketData, findings: Findings): Timestamp | undefined {
  let newest = -1
  for (const { observed } of prices.values()) if (observed.kind === 'at' && observed.at > newest) newest = observed.at
  if (newest < 0) return undefined
  const asOf = timestamp(newest)
  findings.assume(child(ROOT, 'asOf'), `${timeText(asOf)}, the newest price time`)
  return asOf
}

function needMoment({ contracts }: KnownTerms, draft: Draft, mentions: readonly Mention[], findings: Findings): void {
  const dated = mentions.find((mention) => {
    const contract = mention.kind === 'position' || mention.kind === 'order' ? contracts.get(mention.market) : undefined
    return contract !== undefined && contract.kind !== 'perpetual'
  })
  if (dated === undefined) return
  findings.problems.add(draft.fieldSpot('asOf'), {
    code: 'MissingField',
    expected: 'the moment of valuation, which contracts with an expiry need',
    got: 'nothing, and no price says its time',
    remedy: 'add "asOf": "2026-02-06T08:00:00Z" or pass --as-of; no clock is read',
  })
}

/** An inverse contract pays in its underlying: any other asset would be a quanto, which a file cannot say. */
function checkInverse({ id, payoff, underlying, settlement }: FileContract, draft: Draft, findings: Findings): void {
  if (payoff.kind === 'linear' || settlement === underlying) return
  findings.problems.add(draft.fieldSpot('markets'), {
    code: 'FieldConflict',
    expected: `${id} to settle in ${underlying}: an inverse contract pays in its underlying`,
    got: `"settlementAsset": "${settlement}"`,
    remedy: `add "settlementAsset": "${underlying}" to it, or make it linear`,
  })
}

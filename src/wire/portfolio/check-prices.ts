import { isLess } from '../../core/quantity/arithmetic.ts'
import { formatDecimal18 } from '../../core/quantity/decimal.ts'
import { ONE_DOLLAR } from '../../core/quantity/price.ts'
import type { Timestamp } from '../../core/quantity/timestamp.ts'
import { USD } from './document-fields.ts'
import type { Findings } from './findings.ts'
import type { PriceMention } from './mention.ts'
import type { MarketData } from './price-source.ts'
import { timeText } from './time-field.ts'

/** Tells of quotes that are crossed, prices from the future and a dollar that is no dollar; notes what a price does not say. */
export function checkPrices(
  market: MarketData,
  { asOf, findings }: { readonly asOf: Timestamp | undefined; readonly findings: Findings },
): void {
  for (const mention of findings.mentions) {
    // A price that another source overrides is not used.
    if (mention.kind !== 'price' || market.prices.get(mention.id) !== mention.price) continue
    checkQuote(mention, findings)
    checkTime(mention, asOf, findings)
    if (mention.id === USD) checkDollar(mention, findings)
    else noteDefaults(mention, asOf, findings)
  }
}

function checkQuote({ spot, price: { bid, ask } }: PriceMention, { problems }: Findings): void {
  if (bid === undefined || ask === undefined || !isLess(ask, bid)) return
  problems.add(spot, {
    code: 'CrossedQuote',
    expected: 'bid at or below ask',
    got: `bid ${formatDecimal18(bid)} above ask ${formatDecimal18(ask)}`,
    remedy: 'swap them, or leave both out: the mark is enough',
  })
}

function checkTime(
  { spot, price: { observed } }: PriceMention,
  asOf: Timestamp | undefined,
  { problems }: Findings,
): void {
  if (asOf === undefined || observed.kind === 'age' || observed.at <= asOf) return
  problems.add(spot, {
    code: 'BadTime',
    expected: `a time up to ${timeText(asOf)}, the moment of valuation`,
    got: timeText(observed.at),
    remedy: 'value at a later "asOf", or take the prices of that moment',
  })
}

function checkDollar({ spot, price: { mark } }: PriceMention, { problems }: Findings): void {
  if (mark === ONE_DOLLAR) return
  problems.add(spot, {
    code: 'FieldConflict',
    expected: '1: USD is the unit of account',
    got: formatDecimal18(mark),
    remedy: 'leave it out; a stablecoin goes by its own id',
  })
}

function noteDefaults(
  { spot, price: { observed }, ...given }: PriceMention,
  asOf: Timestamp | undefined,
  findings: Findings,
): void {
  const isNow = observed.kind === 'age' ? observed.ageMs === 0 : observed.at === asOf
  const age = isNow ? 'age 0' : observed.kind === 'at' ? `seen at ${timeText(observed.at)}` : `age ${observed.ageMs} ms`
  const said = [...(given.isConfidenceGiven ? [] : ['confidence 1']), ...(given.isTimeGiven ? [] : [age])]
  if (said.length > 0) findings.assume(spot.path, said.join(', '))
}

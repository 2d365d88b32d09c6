import type { Mutant } from './mutant.ts'

const SEAM = 'src/core/clearing/claims-and-options.test.ts'

/** Bugs where claims and verdicts meet contracts with an end and quotes of several prices. */
export const seamMutants: readonly Mutant[] = [
  {
    id: 'option-loss-at-the-market',
    file: 'src/core/margin/models/standard/terms.ts',
    find: 'return owedPrice(view, terms.settlement) ?? settlementPrice',
    replace: 'return settlementPrice',
    tests: [SEAM],
    why: 'Below its peg a dollar is owed at what it redeems for: the writer of a put would be charged too little.',
  },
  {
    id: 'underlying-not-restated',
    file: 'src/core/margin/models/standard/terms.ts',
    find: 'restatedUp(underlyingPrice, { paidAt: settlementPrice, countedAt: lossPrice })',
    replace: 'restatedUp(underlyingPrice, { paidAt: lossPrice, countedAt: lossPrice })',
    tests: [SEAM],
    why: 'What an option pays is measured in a dollar below its peg and owed at it.',
  },
  {
    id: 'stale-option-in-the-market',
    file: 'src/core/clearing/benefit-of-doubt.ts',
    find: 'restatedUp(underlyingPrice, { paidAt: settlementPrice, countedAt: lossPrice })',
    replace: 'restatedUp(underlyingPrice, { paidAt: lossPrice, countedAt: lossPrice })',
    tests: [SEAM],
    why: 'Who writes options would have less of the doubt than its debt can move by.',
  },
  {
    id: 'bid-to-who-owes-a-claim',
    file: 'src/core/market/redemption.ts',
    find: 'low: smaller(own.low, redeemedWorthDown(redemption.rate, low))',
    replace: 'low: smaller(own.low, redeemedWorthDown(redemption.rate, high))',
    tests: [SEAM],
    why: 'Who owns a claim would be judged by what its reference is asked for.',
  },
  {
    id: 'ask-to-who-owns-a-claim',
    file: 'src/core/market/redemption.ts',
    find: 'high: larger(own.high, redeemedWorthUp(redemption.rate, high))',
    replace: 'high: larger(own.high, redeemedWorthUp(redemption.rate, low))',
    tests: [SEAM],
    why: 'Who owes a claim would be judged by what its reference is bid for.',
  },
  {
    id: 'redemption-quotes-ignored',
    file: 'src/core/market/redemption.ts',
    find: ': conservativeRange(referenceAsset.index, referenceAsset.terms.priceRules, now)',
    replace: ': { low: valueOfOne(reference), high: valueOfOne(reference) }',
    tests: [SEAM],
    why: 'A claim would be certain while its reference is not.',
  },
  {
    id: 'prudence-by-the-sign-before',
    file: 'src/core/portfolio/prudence.ts',
    find: 'const left = shortfall === undefined ? flow : subtract(flow, shortfall)',
    replace: 'const left = shortfall === undefined ? flow : add(flow, shortfall)',
    tests: [SEAM],
    why: 'A bid below the mark would be worth something to who holds an option.',
  },
  {
    id: 'new-rate-not-tried-on-contracts',
    file: 'src/core/clearing/decide-market.ts',
    find: 'told.rates.has(terms.settlement) ||',
    replace: '',
    tests: [SEAM],
    why: 'A new exchange rate alone could take the contracts that settle in a claim out of the bounds of a value.',
  },
  {
    id: 'mark-doubted-by-the-rate',
    file: 'src/core/clearing/decide-reprice.ts',
    find: "quoteCondition(index, rules, time) === 'lowConfidence'",
    replace: "quoteCondition(index, rules, time) === 'stale'",
    tests: [SEAM, 'src/core/clearing/decide-reprice.test.ts'],
    why: 'The mark of an option on a claim would be certain while the claim itself is of low confidence.',
  },
  {
    id: 'verdict-spares-the-underlying',
    file: 'src/core/instrument/market.ts',
    find: '[market.base, market.quote] : [market.underlying, market.settlement]',
    replace: '[market.base, market.quote] : [market.settlement]',
    tests: [SEAM],
    why: 'Options on an asset that has collapsed would still be written, and the asset delisted under them.',
  },
  {
    id: 'premium-borrowed-of-the-ineligible',
    file: 'src/core/clearing/decide-fill.ts',
    find: 'if (!isNegative(balance) || mayBeBorrowed(after, given)) return undefined',
    replace: 'if (!isNegative(balance) || after.assets.get(given)?.terms.borrowable === true) return undefined',
    tests: [SEAM],
    why: 'A premium would be owed in an asset in which no new debts are allowed.',
  },
  {
    id: 'premium-over-the-borrow-cap',
    file: 'src/core/clearing/decide-fill.ts',
    find: 'const ofQuote = borrowCapRejection(state, after, quoteAsset(terms))',
    replace:
      "const ofQuote = terms.kind === 'option' ? undefined : borrowCapRejection(state, after, quoteAsset(terms))",
    tests: [SEAM],
    why: 'The cap on what all may owe of an asset would not hold for premiums.',
  },
]

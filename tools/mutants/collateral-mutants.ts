import type { Mutant } from './mutant.ts'

const CLAIMS = 'src/core/portfolio/claims.test.ts'
const CLEARED = 'src/core/clearing/claim-collateral.test.ts'
const REDEMPTION = 'src/core/market/redemption.test.ts'
const LISTING = 'src/core/collateral/listing-check.test.ts'
const LIMITS = 'src/core/clearing/listing-limits.test.ts'

/** Bugs in what claims are worth, and in what may be listed, held and owed. */
export const collateralMutants: readonly Mutant[] = [
  {
    id: 'claim-owned-at-market',
    file: 'src/core/market/redemption.ts',
    find: 'market : smaller(market, redeemedDown(',
    replace: 'market : larger(market, redeemedDown(',
    tests: [REDEMPTION, CLAIMS],
    why: 'A thin market that pays too much for a staked token would be collateral for dollars.',
  },
  {
    id: 'claim-sign-of-balance',
    file: 'src/core/portfolio/claims.ts',
    find: 'if (!isOneSided) for',
    replace: 'if (isOneSided) for',
    tests: [CLAIMS, CLEARED],
    why: 'Claims would count at the market price alone.',
  },
  {
    id: 'unsettled-at-owned-price',
    file: 'src/core/portfolio/claims.ts',
    find: 'owedPrice(view, contract.terms.settlement) ?? contract.settlementPrice',
    replace: 'contract.settlementPrice',
    tests: [CLAIMS, CLEARED],
    why: 'What is left without an unsettled profit may be owed at the higher price: too much could be withdrawn.',
  },
  {
    id: 'rate-never-stale',
    file: 'src/core/market/redemption.ts',
    find: "rules.freshForMs ? 'stale' : 'fresh'",
    replace: "rules.freshForMs ? 'fresh' : 'fresh'",
    tests: [REDEMPTION, CLEARED],
    why: 'New risk would be taken on an exchange rate nobody has told for weeks.',
  },
  {
    id: 'rate-jumps',
    file: 'src/core/clearing/exchange-rate-check.ts',
    find: 'if (isWithinBand({ price: rate, reference: known, band: allowedPpm })) return undefined',
    replace: 'if (isWithinBand({ price: rate, reference: known, band: allowedPpm }) || true) return undefined',
    tests: [CLEARED],
    why: "A misplaced point would multiply every debt in a claim, or take its owners' collateral.",
  },
  {
    id: 'redemption-exposure-unchecked',
    file: 'src/core/clearing/decide-market.ts',
    find: 'resettledRejection(state, told, seen) ?? claimExposureRejection(state, event)',
    replace: 'resettledRejection(state, told, seen)',
    tests: [CLEARED],
    why: 'A reference that rises would take the claims on it out of the bounds of a value.',
  },
  {
    id: 'claim-on-claim',
    file: 'src/core/clearing/backing-check.ts',
    find: 'return reference.terms.backing === undefined',
    replace: 'return reference !== undefined',
    tests: [CLEARED],
    why: 'A claim on a claim would be worth a product of rates of different ages.',
  },
  {
    id: 'benefit-of-settled-doubt',
    file: 'src/core/clearing/benefit-of-doubt.ts',
    find: 'return smaller(widenedUp(market, width), widenedUp(',
    replace: 'return larger(widenedUp(market, width), widenedUp(',
    tests: [CLEARED],
    why: 'An old rate would protect who owns a claim whose fresh market price has fallen.',
  },
  {
    id: 'volume-invented',
    file: 'src/core/collateral/listing-check.ts',
    find: "new Set(['NoVolumeData', 'TooVolatile', 'PegSlipped'] as const)",
    replace: "new Set(['TooVolatile', 'PegSlipped'] as const)",
    tests: [LISTING],
    why: 'What nobody knows the volume of would be collateral without a cap.',
  },
  {
    id: 'collapse-not-flagged',
    file: 'src/core/collateral/listing-check.ts',
    find: 'halted || !isLess(largestFallPpm, COLLAPSE)',
    replace: 'halted || isLess(COLLAPSE, largestFallPpm)',
    tests: [LISTING],
    why: 'A fall of exactly 40% in a window is a collapse.',
  },
  {
    id: 'not-eligible-listed',
    file: 'src/core/clearing/decide-risk.ts',
    find: '  return verdict.eligible\n',
    replace: '  return verdict.reasons.length >= 0\n',
    tests: [LIMITS],
    why: 'Evidence would be recorded, and not decide.',
  },
  {
    id: 'supply-cap-per-account',
    file: 'src/core/clearing/listing-limits.ts',
    find: '!isLess(capUsd, valueUp(now, price))',
    replace: '!isLess(capUsd, valueUp(quantity, price))',
    tests: [LIMITS],
    why: 'The cap is on what all members hold: many small deposits would pass it.',
  },
  {
    id: 'borrow-cap-ignored-on-transfer',
    file: 'src/core/clearing/decide-cash.ts',
    find: 'transferRejection(state, moved) ??\n    borrowCapRejection(state, tried(state, events), asset)',
    replace: 'transferRejection(state, moved)',
    tests: [LIMITS],
    why: 'A member could borrow from itself, into another bucket, what it may not withdraw.',
  },
  {
    id: 'collapsed-still-trades',
    file: 'src/core/clearing/listing-limits.ts',
    find: ' || assetsOf(terms).some((asset) => !isEligible(state, asset))',
    replace: '',
    tests: [LIMITS],
    why: 'A collapsed asset is reduce only.',
  },
  {
    id: 'weight-above-listing',
    file: 'src/core/margin/models/standard/terms.ts',
    find: 'larger(haircut, remainderOf(listing.weightCapPpm))',
    replace: 'haircut',
    tests: [LIMITS],
    why: 'What is no collateral by its listing would still be by an epoch that knows nothing of it.',
  },
]

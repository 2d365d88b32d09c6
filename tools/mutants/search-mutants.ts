import type { Mutant } from './mutant.ts'

const FOLDER = 'src/answers'
const WHAT_IF = [`${FOLDER}/what-if.test.ts`]
const PRICES = [`${FOLDER}/find-crossings.test.ts`, `${FOLDER}/liquidation-prices.test.ts`]

/** Bugs in what-if answers and in the search for liquidation prices. */
export const searchMutants: readonly Mutant[] = [
  {
    id: 'search-trusts-the-grid',
    file: `${FOLDER}/find-crossings.ts`,
    find: 'i < ticks.length - 1; i += 1) narrowExtreme',
    replace: 'i < 1; i += 1) narrowExtreme',
    tests: PRICES,
    why: 'A dip between two prices that are looked at would be missed.',
  },
  {
    id: 'root-stops-a-tick-early',
    file: `${FOLDER}/find-crossings.ts`,
    find: 'to - from > 1n; looks',
    replace: 'to - from > 2n; looks',
    tests: PRICES,
    why: 'The ticks of a proof would not be neighbours: the price may lie between them.',
  },
  {
    id: 'line-grants-all-of-itself',
    file: `${FOLDER}/deciding-excess.ts`,
    find: '!isOwing || side.sufficient || !exceedsGrant(side, granted)',
    replace: '!isOwing || side.sufficient',
    tests: PRICES,
    why: 'A bucket would be said to be liquidated though its line reaches.',
  },
  {
    id: 'claims-stand-still',
    file: `${FOLDER}/market-mover.ts`,
    find: 'reference === undefined || isCircle ? own',
    replace: 'true ? own',
    tests: WHAT_IF,
    why: 'A staked coin would keep its price while its coin falls.',
  },
  {
    id: 'option-does-not-move-from-its-mark',
    file: `${FOLDER}/market-mover.ts`,
    find: 'subtract(valueAt(forward, volatility), before)',
    replace: 'subtract(before, valueAt(forward, volatility))',
    tests: PRICES,
    why: 'A short option would gain where it loses.',
  },
  {
    id: 'fee-is-paid-to-the-trader',
    file: `${FOLDER}/changed-portfolio.ts`,
    find: 'book(settlement, negate(paid))',
    replace: 'book(settlement, paid)',
    tests: WHAT_IF,
    why: 'A trade would be answered as if its fee and premium were received.',
  },
  {
    id: 'risk-may-rise-below-initial-margin',
    file: `${FOLDER}/new-risk.ts`,
    find: '!isLess(old.requirement, now.requirement) && isLess(gap(now), gap(old))',
    replace: 'true',
    tests: WHAT_IF,
    why: 'New risk would be allowed to who is below initial margin.',
  },
  {
    id: 'unsettled-profit-leaves',
    file: `${FOLDER}/new-risk.ts`,
    find: 'touch.withdraws ? uncovered(touch, settled) : undefined',
    replace: 'undefined',
    tests: WHAT_IF,
    why: 'Profit that nobody has paid yet would be withdrawn.',
  },
  {
    id: 'nearest-failure-forgets-correlation',
    file: 'src/estimate/forecast/nearest-failure.ts',
    find: 'for (const [j, loading] of row.entries()) move += loading',
    replace: 'for (const [j, loading] of row.entries()) move += 0 * loading',
    tests: ['src/estimate/forecast/*.test.ts'],
    why: 'The most likely joint move would be worked out as if nothing moved together.',
  },
]

import type { Mutant } from './mutant.ts'

const LINES = 'src/core/margin/lines.test.ts'
const LIQUIDATE = 'src/core/clearing/liquidate-line.test.ts'
const BUCKETS = 'src/core/clearing/line-buckets.test.ts'

/** Bugs in what a pool guarantees of its line buckets. */
export const lineMutants: readonly Mutant[] = [
  {
    id: 'draws-do-not-add-up',
    file: 'src/core/margin/lines.ts',
    find: '    spare = subtract(spare, draw)\n',
    replace: '',
    tests: [LINES, LIQUIDATE],
    why: 'Every line would be granted the whole pool: several draws would exceed what it can spare.',
  },
  {
    id: 'weak-pool-grants',
    file: 'src/core/margin/lines.ts',
    find: 'let spare = positivePart(subtract(pool.value, pool.requirement))',
    replace: 'let spare = positivePart(pool.value)',
    tests: [LINES, LIQUIDATE],
    why: 'A pool would grant what it needs for its own maintenance margin.',
  },
  {
    id: 'lines-by-map-order',
    file: 'src/core/portfolio/portfolio.ts',
    find: 'return lines.sort((a, b) => a - b)',
    replace: 'return lines',
    tests: ['src/core/portfolio/portfolio.test.ts'],
    why: 'Lines would be served in the order their buckets were opened, and otherwise after a snapshot.',
  },
  {
    id: 'initial-margin-forgets-lines',
    file: 'src/core/clearing/line-check.ts',
    find: 'isLess(value, add(requirement, drawn))',
    replace: 'isLess(value, requirement)',
    tests: [BUCKETS],
    why: 'A pool could be emptied while its lines are drawn on.',
  },
  {
    id: 'line-lowered-below-need',
    file: 'src/core/clearing/decide-cash.ts',
    find: 'if (!isLess(limit, lineOf(before))) return accepted(...events)',
    replace: 'if (isLess(limit, lineOf(before))) return accepted(...events)',
    tests: [BUCKETS],
    why: 'A guarantee could be withdrawn from under a position that needs it.',
  },
  {
    id: 'line-outlives-its-mode',
    file: 'src/core/ledger/account.ts',
    find: '{ ...withLine(bucket, NO_VALUE), mode }',
    replace: '{ ...bucket, mode }',
    tests: [BUCKETS],
    why: 'An isolated bucket would still be paid for by the pool.',
  },
  {
    id: 'line-stays-after-payment',
    file: 'src/core/clearing/evolve.ts',
    find: 'withLine(before, left)',
    replace: 'withLine(before, lineOf(before))',
    tests: [LIQUIDATE],
    why: 'A pool would pay the same line again and again.',
  },
  {
    id: 'worthless-pool-pays',
    file: 'src/core/waterfall/line-payment.ts',
    find: 'smaller(line, positivePart(poolValue))',
    replace: 'line',
    tests: ['src/core/waterfall/line-payment.test.ts', LIQUIDATE],
    why: 'A pool would take over debts it cannot carry, only to go through the waterfall itself.',
  },
  {
    id: 'doubt-about-the-pool-ignored',
    file: 'src/core/clearing/decide-liquidate.ts',
    find: 'grantedTo(state, risk, view, time, benefitOf)',
    replace: 'grantedTo(state, risk, view, time)',
    tests: [LIQUIDATE],
    why: 'A bucket would be liquidated for a bad price in its pool.',
  },
  {
    id: 'weak-pool-unseen',
    file: 'src/core/clearing/line-check.ts',
    find: 'return !isPositive(lineOfSet(view)) || exceedsGrant(maintenance, grantedTo(state, risk, view, time))',
    replace: 'return !isPositive(lineOfSet(view)) || exceedsGrant(maintenance, lineOfSet(view))',
    tests: ['src/runtime/sweep.test.ts'],
    why: 'The sweep would not find line buckets whose pool can no longer serve them.',
  },
  {
    id: 'weakened-pool-not-looked-at-again',
    file: 'src/runtime/sequencer.ts',
    find: 'if (again.length === 0) return',
    replace: 'if (again.length >= 0) return',
    tests: ['src/runtime/sweep.test.ts'],
    why: 'A pool that paid for a line would stay below its maintenance margin until the next price.',
  },
  {
    id: 'stale-pool-guarantees',
    file: 'src/core/clearing/line-check.ts',
    find: 'if (own !== undefined || isAlone(view)) return own',
    replace: 'if (own !== undefined || view.bucket !== POOL) return own',
    tests: [BUCKETS],
    why: 'A line would lend against a price that the pool could not borrow against.',
  },
]

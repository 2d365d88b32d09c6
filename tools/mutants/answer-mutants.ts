import type { Mutant } from './mutant.ts'

const TESTS = ['src/answers/*.test.ts']

/** Bugs in the answers to portfolio files and in their screens. */
export const answerMutants: readonly Mutant[] = [
  {
    id: 'contract-size-forgotten',
    file: 'src/core/quantity/ratio.ts',
    find: 'const units = product / ONE',
    replace: 'const units: bigint = contracts',
    tests: TESTS,
    why: 'A hundred contracts of a hundredth of a coin would be margined as a hundred coins.',
  },
  {
    id: 'size-rounded-silently',
    file: 'src/core/quantity/ratio.ts',
    find: 'if (product % ONE !== 0n) return undefined',
    replace: '',
    tests: TESTS,
    why: 'A position that 18 decimals do not hold would become a smaller one without a word.',
  },
  {
    id: 'option-bought-on-credit',
    file: 'src/answers/netting-sets.ts',
    find: "if (contract.kind === 'option') {",
    replace: "if (contract.kind === 'option' && said.unsettled.kind === 'amount') {",
    tests: TESTS,
    why: 'An option without entry would be worth nothing instead of its mark: a short one would look free.',
  },
  {
    id: 'funding-pays-the-other-way',
    file: 'src/answers/netting-sets.ts',
    find: 'return { quantity, cost: costOfFile(said, quantity, mark), fundingBasis: cashFlowOf(said.accruedFunding) }',
    replace:
      'return { quantity, cost: costOfFile(said, quantity, mark), fundingBasis: cashFlowOf(negate(said.accruedFunding)) }',
    tests: TESTS,
    why: 'Funding that a position is owed would be taken from it.',
  },
  {
    id: 'line-of-a-covered-bucket-ignored',
    file: 'src/answers/assess.ts',
    find: 'liquidatable: isShort && (grant === undefined || exceedsGrant(maintenance, granted)),',
    replace: 'liquidatable: isShort,',
    tests: TESTS,
    why: 'A bucket whose line reaches would be called liquidatable.',
  },
  {
    id: 'excess-of-the-pool-before-its-lines',
    file: 'src/answers/set-report.ts',
    find: "set.mode.kind === 'cross' ? decided.drawnFromPool : NO_VALUE",
    replace: 'NO_VALUE',
    tests: TESTS,
    why: 'The pool would show an excess that its buckets have drawn already.',
  },
  {
    id: 'usage-rounded-down',
    file: 'src/answers/set-report.ts',
    find: 'millionthsUp({ part: mm, whole: nlv })',
    replace: 'millionthsDown({ part: mm, whole: nlv })',
    tests: TESTS,
    why: 'An account to be liquidated would show a usage of 100 %.',
  },
  {
    id: 'pinned-epoch-not-compared',
    file: 'src/answers/risk-of-file.ts',
    find: 'if (pinned !== undefined && pinned !== hash)',
    replace: 'if (pinned !== undefined && pinned.length !== hash.length)',
    tests: TESTS,
    why: 'A portfolio would be margined by other parameters than the ones it names.',
  },
  {
    id: 'cap-of-an-account-ignored',
    file: 'src/answers/assess.ts',
    find: 'if (aboveCap.size === 0) return portfolio',
    replace: 'if (aboveCap.size >= 0) return portfolio',
    tests: TESTS,
    why: 'What lies above the cap of an account would back new risk.',
  },
  {
    id: 'reduce-only-adds',
    file: 'src/answers/netting-sets.ts',
    find: 'if (isZero(held) || isPositive(units) === isPositive(held)) return NO_QUANTITY',
    replace: 'if (isZero(held)) return NO_QUANTITY',
    tests: TESTS,
    why: 'An order that may only reduce would be charged as if it added.',
  },
  {
    id: 'check-takes-products-on-trust',
    file: 'src/answers/check-breakdown.ts',
    find: "    case 'sumOfSizes':\n      return terms.reduce((sum, term) => sum + size(term), 0n)",
    replace: "    case 'sumOfSizes':\n      return undefined",
    tests: TESTS,
    why: 'A forged gross sum would pass the check of a report.',
  },
  {
    id: 'screen-does-not-add-up',
    file: 'src/report/shared-steps.ts',
    find: 'figure.steps += 1n',
    replace: 'figure.steps += 0n',
    tests: ['src/report/margin/*.test.ts', 'src/replay/report/*.test.ts'],
    why: 'Rows on a screen would be a cent short of their total.',
  },
]

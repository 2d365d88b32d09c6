import type { Mutant } from './mutant.ts'

/** Bugs in what a replay compares. */
export const replayMutants: readonly Mutant[] = [
  {
    id: 'population-fitted-to-one-model',
    file: 'src/replay/run/fit-population.ts',
    find: '[isolated, cross, ...desks.slice(2)].map',
    replace: 'desks.slice(2).map',
    tests: ['src/replay/run/fit-population.test.ts'],
    why: 'Accounts would be as large as standard allows, and the house model would refuse to open them.',
  },
  {
    id: 'population-smaller-than-it-may-be',
    file: 'src/replay/run/fit-population.ts',
    find: 'let tenths = WHOLE_OPENING; tenths > 0; tenths -= 1',
    replace: 'let tenths = WHOLE_OPENING; tenths > 0; tenths -= 3',
    tests: ['src/replay/run/fit-population.test.ts'],
    why: 'Accounts would keep more room under both models than the report says.',
  },
  {
    id: 'worse-told-as-better',
    file: 'src/replay/report/model-comparison.ts',
    find: 'signOf(debt - otherDebt)',
    replace: 'signOf(otherDebt - debt)',
    tests: ['src/replay/report/model-comparison.test.ts'],
    why: 'A report would praise the model that left more unpaid.',
  },
  {
    id: 'capital-bounded-by-the-past',
    file: 'src/replay/run/capital.ts',
    find: '!isLess(set.most, neededFrom(set, bound.value, bound.atMost))',
    replace: '!isLess(set.most, bound.atMost)',
    tests: ['src/replay/run/capital.test.ts'],
    why: 'A moment at which an account has lost would not be counted, and pooling would look cheaper than it is.',
  },
]

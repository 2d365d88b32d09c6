import type { Mutant } from './mutant.ts'

const CALIBRATION = 'src/estimate/calibration'
const BACKTEST = 'src/estimate/backtest'
const CALIBRATING = [`${CALIBRATION}/calibrator.test.ts`]
const WALKING = [`${BACKTEST}/walk-forward.test.ts`]

/** Bugs in how an epoch is estimated from prices, and in how its margins are tried on what came next. */
export const calibrationMutants: readonly Mutant[] = [
  {
    id: 'tomorrow-is-known',
    file: `${CALIBRATION}/calibrator.ts`,
    find: 'const gained = one.series.returns[at] ?? Number.NaN',
    replace: 'const gained = one.series.returns[at + 1] ?? Number.NaN',
    tests: [`${CALIBRATION}/no-look-ahead.test.ts`],
    why: 'Every margin of a backtest would know the loss it is held against.',
  },
  {
    id: 'assumption-is-its-own-past',
    file: `${CALIBRATION}/calibrator.ts`,
    find: 'if (one.steps > RULES.shrinkDays * daily) ',
    replace: '',
    tests: CALIBRATING,
    why: 'What a tier is taken for at first would raise the sigma of its coins, and lower their quantile, for years.',
  },
  {
    id: 'relisted-with-its-correlations',
    file: `${CALIBRATION}/calibrator.ts`,
    find: '  forget(sums, i)\n',
    replace: '',
    tests: CALIBRATING,
    why: 'What comes back under an old name would hedge as the asset did that went to zero.',
  },
  {
    id: 'crash-is-a-collapse',
    file: `${CALIBRATION}/calibrator.ts`,
    find: ' && fall <= 2 * ofMarket',
    replace: '',
    tests: CALIBRATING,
    why: 'In a crash of the whole market every asset would lose its offset at once.',
  },
  {
    id: 'returns-without-a-cap',
    file: `${CALIBRATION}/ewma-volatility.ts`,
    find: 'RULES.returnCap ** 2 * variance',
    replace: 'Infinity',
    tests: [`${CALIBRATION}/ewma-volatility.test.ts`],
    why: 'One jump could double a margin overnight.',
  },
  {
    id: 'rise-in-a-day-not-limited',
    file: `${CALIBRATION}/limited-rise.ts`,
    find: 'day * (1 + RULES.riseInDay), ',
    replace: '',
    tests: [`${CALIBRATION}/limited-rise.test.ts`],
    why: 'All that five days allow could be charged in one.',
  },
  {
    id: 'quantile-falls-at-once',
    file: `${CALIBRATION}/tail-quantile.ts`,
    find: 'Math.max(least, found)',
    replace: 'found',
    tests: [`${CALIBRATION}/tail-quantile.test.ts`],
    why: 'A few calm observations would set the tail of a tier.',
  },
  {
    id: 'correlation-of-other-steps',
    file: `${CALIBRATION}/correlation-sums.ts`,
    find: '(squares[j * size + i] ?? 0)',
    replace: '(squares[j * size + j] ?? 0)',
    tests: [`${CALIBRATION}/correlation-sums.test.ts`],
    why: 'A coin with few prices would seem hardly correlated with one that has many.',
  },
  {
    id: 'nothing-of-its-own',
    file: `${CALIBRATION}/factor-fit.ts`,
    find: 'if (squares <= MOST_COMMON) return',
    replace: 'if (squares >= 0) return',
    tests: [`${CALIBRATION}/factor-fit.test.ts`],
    why: 'A factor could be a perfect copy of others: D would not be above 0.',
  },
  {
    id: 'last-windows-not-kept',
    file: `${CALIBRATION}/joint-windows.ts`,
    find: 'windows.next = (windows.next + 1) % RULES.windows',
    replace: 'windows.next = windows.count % RULES.windows',
    tests: [`${CALIBRATION}/joint-windows.test.ts`],
    why: 'After 1,500 windows only one would ever be replaced.',
  },
  {
    id: 'staked-ether-by-another-clock',
    file: `${CALIBRATION}/factor-returns.ts`,
    find: 'isTwin ? twin : own',
    replace: 'own',
    tests: [`${CALIBRATION}/factor-returns.test.ts`],
    why: 'A peg would move with every minute between two sources.',
  },
  {
    id: 'gains-of-what-earns-no-offset',
    file: `${BACKTEST}/size-free-margin.ts`,
    find: 'Math.min(0, worth * (moves[row] ?? 0))',
    replace: 'worth * (moves[row] ?? 0)',
    tests: ['simulator/calibration/float-twin.test.ts'],
    why: 'A backtest would try another model than the one that charges.',
  },
  {
    id: 'epoch-of-the-window-itself',
    file: `${BACKTEST}/walk-forward.ts`,
    find: 'take(at)\n',
    replace: 'take(at + 1)\n',
    tests: WALKING,
    why: 'A margin would be charged from prices of the day it has to cover.',
  },
  {
    id: 'loosened-along-the-ramp',
    file: `${BACKTEST}/walk-forward.ts`,
    find: 'Math.max(0, next - old)',
    replace: '(next - old)',
    tests: WALKING,
    why: 'A lower epoch would count before its delay has passed.',
  },
]

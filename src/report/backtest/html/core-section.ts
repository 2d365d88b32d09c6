import type { BacktestReport } from '../../../wire/backtest-report.ts'
import { printedCount } from '../../figure.ts'
import { cardHtml } from '../../margin/html/card.ts'
import { chanceText, fixed, levelText, NONE, percents } from '../backtest-figure.ts'
import { figure } from './figure-cell.ts'
import { figureRow, figureTable } from './figure-table.ts'
import { noteHtml, notMeasured } from './section-note.ts'

/** The unfloored core by tier. */
export function coreSection({ core, notes }: BacktestReport): string {
  const rows = core.map(({ tier, assets, passing, n, exceedances }) =>
    figureRow(tier, [
      figure(printedCount(assets)),
      figure(percents(passing)),
      figure(printedCount(n)),
      figure(printedCount(exceedances)),
      figure(n === 0 ? NONE : percents(exceedances / n, 2)),
    ]),
  )
  const table = figureTable({
    label: 'Core calibration by tier',
    head: ['tier', 'assets', 'pass Kupiec, %', 'windows', 'over', 'rate, %'],
    rows,
  })
  return cardHtml({
    id: 'core',
    title: 'The core alone, before prudence',
    sub: 'Risk weights without floors, regimes and cap: size of the log return above its quantile, two-sided Kupiec at 5 %',
    body: core.length === 0 ? notMeasured(notes.core) : `${noteHtml(notes.core)}${table}`,
  })
}

/** Pairs whose correlation is credited, each as a spread of its own. */
export function offsetsSection({ offsets, notes }: BacktestReport): string {
  const rows = offsets.map(({ pair, n, exceedances, binomialP, kupiecP, credit, correlation, fitError }) =>
    figureRow(pair, [
      figure(printedCount(n)),
      figure(printedCount(exceedances), 'b'),
      figure(chanceText(binomialP)),
      figure(chanceText(kupiecP)),
      figure(percents(credit)),
      ...[correlation.least, correlation.mean, correlation.most].map((value) => figure(fixed(value, 2))),
      figure(fixed(fitError, 3)),
    ]),
  )
  const table = figureTable({
    label: 'Offsets by pair',
    groups: [
      { text: '', span: 3 },
      { text: 'p', span: 2 },
      { text: '', span: 1 },
      { text: 'correlation as charged', span: 3 },
      { text: '', span: 1 },
    ],
    head: ['pair', 'windows', 'over', 'one-sided', 'Kupiec', 'credit, %', 'least', 'mean', 'most', 'fit error'],
    rows,
  })
  return cardHtml({
    id: 'offsets',
    title: 'Offsets, pair by pair',
    sub: 'Long the one and short the other; credit is what the margin of the pair saves over both alone',
    span: 's12',
    body: offsets.length === 0 ? notMeasured(notes.offsets) : `${noteHtml(notes.offsets)}${table}`,
  })
}

/** What the test can see. */
export function powerSection({ power, notes }: BacktestReport): string {
  const rows = power.map(({ n, target, trueRate, power: chance, allowed }) =>
    figureRow(printedCount(n), [
      figure(levelText(target)),
      figure(printedCount(allowed)),
      figure(percents(trueRate, 2)),
      figure(percents(chance)),
    ]),
  )
  const table = figureTable({
    label: 'Power of the test',
    head: ['windows', 'target', 'allowed', 'true rate, %', 'noticed, %'],
    rows,
  })
  return cardHtml({
    id: 'power',
    title: 'What the test can see',
    sub: 'The chance to reject at 5 % if the true rate of exceedances were so',
    body: power.length === 0 ? notMeasured(notes.power) : `${noteHtml(notes.power)}${table}`,
  })
}

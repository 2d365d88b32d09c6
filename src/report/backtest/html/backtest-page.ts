import type { BacktestReport } from '../../../wire/backtest-report.ts'
import { escapedJson } from '../../html/escaped.ts'
import { pageHtml } from '../../html/page-frame.ts'
import { dateText, mporText } from '../backtest-words.ts'
import { BACKTEST_SCRIPT } from './backtest-script.ts'
import { BACKTEST_STYLE } from './backtest-style.ts'
import { barsSection } from './bars-section.ts'
import { booksSection } from './books-section.ts'
import { limitsSection, repeatSection } from './closing-section.ts'
import { coreSection, offsetsSection, powerSection } from './core-section.ts'
import { correlationReadings, correlationSection } from './correlation-section.ts'
import { coverageSection, regimesSection, targetsSection } from './coverage-section.ts'
import { cursorData } from './cursor-data.ts'
import { cycleReadings, cycleSection } from './cycle-section.ts'
import { efficiencySection } from './efficiency-section.ts'
import { adjacentSection, datesSection, exceedanceSection } from './exceedance-section.ts'
import { leadSection } from './lead-section.ts'
import { lossReadings, lossSection } from './loss-section.ts'
import { quarterSection } from './quarter-section.ts'
import { defaultedSection, intradaySection, optionsSection } from './tail-section.ts'

/** A section, or two columns of sections, with the names that lead to it. */
interface Part {
  readonly links: readonly (readonly [id: string, name: string])[]
  readonly html: string
}

/** The report as one HTML file that needs nothing else: the verdict first, then where every figure of it comes from. */
export function backtestPage(report: BacktestReport): string {
  const parts = partsOf(report).filter(({ html }) => html !== '')
  const data = cursorData([...lossReadings(report), ...correlationReadings(report), ...cycleReadings(report)])
  const main = [
    leadSection(
      report,
      parts.flatMap(({ links }) => links),
    ),
    ...parts.map(({ html }) => html),
    `<script type="application/json" id="data">${escapedJson(data)}</script>`,
  ]
  return pageHtml({
    title: `${report.model}, ${dateText(report.from)} to ${dateText(report.to)}: Plimsoll backtest`,
    kind: 'Backtest report',
    asked: `${report.model} · 99.5 % · MPOR ${mporText(report.mpor)}`,
    main: main.join(''),
    foot: [
      `inputs ${report.inputsHash.slice(0, 19)}…`,
      'Figures are estimates of what the model would have charged; no decision is made from them',
      `plimsoll ${report.engine}`,
    ],
    style: BACKTEST_STYLE,
    script: BACKTEST_SCRIPT,
  })
}

function partsOf(report: BacktestReport): readonly Part[] {
  return [
    part('bars', 'Bars', barsSection(report)),
    part('coverage', 'Coverage', coverageSection(report)),
    part('quarters', 'Through time', quarterSection(report)),
    part('losses', 'Margin and loss', lossSection(report)),
    part('correlation', 'Correlation', correlationSection(report)),
    part('efficiency', 'Efficiency', efficiencySection(report)),
    part('procyclicality', 'Procyclicality', cycleSection(report)),
    part('regimes', 'Regimes', regimesSection(report)),
    part('targets', 'Other targets', targetsSection(report)),
    part('offsets', 'Offsets', offsetsSection(report)),
    part('exceedances', 'Exceedances', exceedanceSection(report)),
    beside(
      [coreSection(report), defaultedSection(report), powerSection(report)],
      [datesSection(report), adjacentSection(report)],
    ),
    part('intraday', 'Intraday', intradaySection(report)),
    part('options', 'Options', optionsSection(report)),
    part('books', 'Books', booksSection(report)),
    part('limits', 'Limits', limitsSection(report)),
    part('again', 'Do it again', repeatSection(report)),
  ]
}

function part(id: string, name: string, html: string): Part {
  return { links: html === '' ? [] : [[id, name]], html }
}

function beside(left: readonly string[], right: readonly string[]): Part {
  return {
    links: [
      ['core', 'Core'],
      ['defaulted', 'Defaulted assets'],
      ['power', 'Power'],
    ],
    html: `<div class="s6 stack">${left.join('')}</div><div class="s6 stack">${right.join('')}</div>`,
  }
}

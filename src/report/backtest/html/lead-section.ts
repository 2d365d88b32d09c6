import type { BacktestReport } from '../../../wire/backtest-report.ts'
import { printedCount } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { levelText } from '../backtest-figure.ts'
import { counted, dateText, mporText } from '../backtest-words.ts'
import { ledeOf, verdictOf } from '../backtest-verdict.ts'
import { barsByResult } from '../bar-results.ts'
import { HEADLINE_TARGET } from '../coverage-rows.ts'

/** The answer in one sentence, what was done, and where on the page to look. */
export function leadSection(
  report: BacktestReport,
  contents: readonly (readonly [id: string, name: string])[],
): string {
  const { passed, missed, unmeasured } = barsByResult(report)
  const intro = [
    `${dateText(report.from)} to ${dateText(report.to)}`,
    `${printedCount(report.windows)} windows of ${mporText(report.mpor)}`,
    `target ${levelText(HEADLINE_TARGET)}`,
  ]
  const pills = [
    ['ok', passed.length, `✓ ${counted(printedCount(passed.length), 'bar')} passed`],
    ['bad', missed.length, `✗ ${printedCount(missed.length)} missed`],
    ['amber', unmeasured.length, `? ${printedCount(unmeasured.length)} not measured`],
  ] as const
  return `<section class="s12 lead"><p class="muted">${escaped(intro.join(' · '))}</p><h1>${escaped(headline(report))}</h1><p class="lede">${escaped(
    ledeOf(report).join(' '),
  )}</p><div class="oks">${pills
    .filter(([, count]) => count > 0)
    .map(([tone, , text]) => `<a class="pill ${tone}" href="#bars">${text}</a>`)
    .join('')}</div><nav class="toc" aria-label="On this page">${contents
    .map(([id, name]) => `<a href="#${id}">${escaped(name)}</a>`)
    .join('')}</nav></section>`
}

function headline(report: BacktestReport): string {
  const { missed, unmeasured } = barsByResult(report)
  const rest = [
    ...(missed.length === 0 ? [] : [`${printedCount(missed.length)} ${missed.length === 1 ? 'is' : 'are'} missed`]),
    ...(unmeasured.length === 0 ? [] : [`${printedCount(unmeasured.length)} could not be measured`]),
  ]
  return rest.length === 0 ? `${verdictOf(report)}.` : `${verdictOf(report)}; ${rest.join(', ')}.`
}

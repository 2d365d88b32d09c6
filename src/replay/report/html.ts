import { printedCount } from '../../report/figure.ts'
import { pageHtml } from '../../report/html/page-frame.ts'
import { headlineOf, ledeOf } from './headline.ts'
import { conservationSection, moneySection } from './html/books-section.ts'
import { comparisonSection } from './html/comparison-section.ts'
import { escaped } from '../../report/html/escaped.ts'
import { kindSection } from './html/kind-section.ts'
import { modelSection } from './html/model-section.ts'
import { SCRIPT } from './html/page-script.ts'
import { STYLE } from './html/page-style.ts'
import { againSection, sourceSection } from './html/provenance-section.ts'
import { timeSection } from './html/time-section.ts'
import { worseSection } from './html/worse-section.ts'
import { worstSection } from './html/worst-section.ts'
import { dateRange, spanName } from '../../report/moment.ts'
import { allRunsOf } from './model-comparison.ts'
import type { ReplayReport } from './replay-report.ts'
import { isVerified, type Verdict, verdictOf } from './verdict.ts'

/** The report as one HTML file that needs nothing else. If the replay is not sound, its verdict replaces every result. */
export function htmlReport(report: ReplayReport): string {
  const verdict = verdictOf(report)
  const sections = verdict.ok ? soundSections(report) : brokenSections(report)
  const { tape, model, seed, accounts } = report
  return pageHtml({
    title: `${tape.title}: Plimsoll replay`,
    kind: 'Replay report',
    asked: `${model} · seed ${seed} · ${printedCount(accounts)} accounts`,
    main: `${leadHtml(report, verdict)}${sections}`,
    foot: footOf(report),
    style: STYLE,
    script: SCRIPT,
  })
}

function soundSections(report: ReplayReport): string {
  const left = [kindSection, worseSection, conservationSection].map((section) => section(report))
  const right = [worstSection, moneySection].map((section) => section(report))
  return `${comparisonSection(report)}${modelSection(report)}${timeSection(report)}<div class="s6 stack">${left.join('')}</div><div class="s6 stack">${right.join(
    '',
  )}</div>${againSection(report)}${sourceSection(report)}`
}

function brokenSections(report: ReplayReport): string {
  return `<div class="s12 stack">${conservationSection(report)}</div>${againSection(report)}${sourceSection(report)}`
}

function leadHtml(report: ReplayReport, verdict: Verdict): string {
  const { tape } = report
  const what = [
    tape.title,
    dateRange(tape.from, tape.to),
    `every ${spanName(tape.intervalMs)}`,
    `${tape.assets.length} assets`,
  ]
  const intro = `<p class="muted">${escaped(what.join(' · '))}</p>`
  if (!verdict.ok) return `<section class="s12 lead">${intro}${brokenHtml(verdict.faults)}</section>`
  return `<section class="s12 lead">${intro}<h1>${escaped(headlineOf(report))}</h1><p class="lede">${escaped(
    ledeOf(report).join(' '),
  )}</p><div class="oks"><a class="pill ok" href="#books">✓ every unit of every asset accounted for</a>${verifiedHtml(report)}</div>${figuresHtml(report)}</section>`
}

function verifiedHtml(report: ReplayReport): string {
  if (!isVerified(report)) return '<a class="pill amber" href="#again">journal not re-decided</a>'
  const count = allRunsOf(report).length
  const journals =
    count > 1
      ? `${count === 2 ? 'both' : `all ${count}`} journals re-decided, same state hashes`
      : 'journal re-decided, same state hash'
  return `<a class="pill ok" href="#again">✓ ${journals}</a>`
}

/** Where the model's figures come from, in the words of their document. */
function figuresHtml({ model, figures }: ReplayReport): string {
  if (figures === undefined) return ''
  const { document, source } = figures
  return `<p class="sub note">The figures of ${escaped(model)} are those of epoch ${escaped(document)}, which says of them: "${escaped(source)}".</p>`
}

function brokenHtml(faults: readonly string[]): string {
  const items = faults.map((fault) => `<li>${escaped(fault)}</li>`)
  return `<h1 class="neg">Broken: this replay made or lost something it cannot account for.</h1><p class="lede">Nothing else it found may be relied on, so it is not shown.</p><ul class="faults">${items.join('')}</ul>`
}

function footOf(report: ReplayReport): readonly string[] {
  const { engineVersion, epoch } = report
  const runs = allRunsOf(report)
  const commands = runs.reduce((sum, run) => sum + run.commands, 0)
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0)
  return [
    `${printedCount(commands)} commands in ${seconds.toFixed(1)} s, each on disk before it was answered`,
    `epoch ${epoch}`,
    `plimsoll ${engineVersion}`,
  ]
}

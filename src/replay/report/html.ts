import { printedCount } from '../../report/figure.ts'
import { headlineOf, ledeOf } from './headline.ts'
import { conservationSection, moneySection } from './html/books-section.ts'
import { comparisonSection } from './html/comparison-section.ts'
import { escaped } from './html/escaped.ts'
import { kindSection } from './html/kind-section.ts'
import { SCRIPT } from './html/page-script.ts'
import { STYLE } from './html/page-style.ts'
import { againSection, sourceSection } from './html/provenance-section.ts'
import { timeSection } from './html/time-section.ts'
import { worseSection } from './html/worse-section.ts'
import { worstSection } from './html/worst-section.ts'
import { dateRange, spanName } from '../../report/moment.ts'
import type { ReplayReport } from './replay-report.ts'
import { isVerified, type Verdict, verdictOf } from './verdict.ts'

/** Nothing from outside may be loaded, whatever a tape's texts say. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"

/** The report as one HTML file that needs nothing else. If the replay is not sound, its verdict replaces every result. */
export function htmlReport(report: ReplayReport): string {
  const verdict = verdictOf(report)
  const sections = verdict.ok ? soundSections(report) : brokenSections(report)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>${escaped(
    `${report.tape.title}: Plimsoll replay`,
  )}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head><body><div class="wrap">${topHtml(report)}<main class="grid">${leadHtml(
    report,
    verdict,
  )}${sections}</main>${footHtml(report)}</div><script>${SCRIPT}</script></body></html>
`
}

function soundSections(report: ReplayReport): string {
  const left = [kindSection, worseSection, conservationSection].map((section) => section(report))
  const right = [worstSection, moneySection].map((section) => section(report))
  return `${comparisonSection(report)}${timeSection(report)}<div class="s6 stack">${left.join('')}</div><div class="s6 stack">${right.join(
    '',
  )}</div>${againSection(report)}${sourceSection(report)}`
}

function brokenSections(report: ReplayReport): string {
  return `<div class="s12 stack">${conservationSection(report)}</div>${againSection(report)}${sourceSection(report)}`
}

function topHtml({ model, seed, accounts }: ReplayReport): string {
  const asked = `${model} · seed ${seed} · ${printedCount(accounts)} accounts`
  return `<header class="top"><span class="brand"><svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="9.5"/><path d="M1.5 16h29"/></svg>Plimsoll</span><span class="sep"></span><span>Replay report</span><span class="grow"></span><span class="muted hs">${escaped(
    asked,
  )}</span><button id="theme" type="button" hidden></button></header>`
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
  )}</p><div class="oks"><a class="pill ok" href="#books">✓ every unit of every asset accounted for</a>${verifiedHtml(report)}</div></section>`
}

function verifiedHtml(report: ReplayReport): string {
  if (!isVerified(report)) return '<a class="pill amber" href="#again">journal not re-decided</a>'
  const isPair = report.runs.length > 1
  return `<a class="pill ok" href="#again">✓ ${isPair ? 'both journals re-decided, same state hashes' : 'journal re-decided, same state hash'}</a>`
}

function brokenHtml(faults: readonly string[]): string {
  const items = faults.map((fault) => `<li>${escaped(fault)}</li>`)
  return `<h1 class="neg">Broken: this replay made or lost something it cannot account for.</h1><p class="lede">Nothing else it found may be relied on, so it is not shown.</p><ul class="faults">${items.join('')}</ul>`
}

function footHtml({ runs, engineVersion, epoch }: ReplayReport): string {
  const commands = runs.reduce((sum, run) => sum + run.commands, 0)
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0)
  const texts = [
    `${printedCount(commands)} commands in ${seconds.toFixed(1)} s, each on disk before it was answered`,
    `epoch ${epoch}`,
    `plimsoll ${engineVersion}`,
  ]
  return `<footer class="foot">${texts.map((text) => `<span>${escaped(text)}</span>`).join('')}</footer>`
}

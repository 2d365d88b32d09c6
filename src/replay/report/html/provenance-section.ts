import { replayCommand, verifyCommand } from '../command-line.ts'
import { allRunsOf } from '../model-comparison.ts'
import type { ModeRun, ReplayReport } from '../replay-report.ts'
import { escaped } from '../../../report/html/escaped.ts'

/** What to type to get the same report, and the state hashes that prove it is the same. */
export function againSection(report: ReplayReport): string {
  const commands = [replayCommand(report), ...allRunsOf(report).map(verifyCommand)].map(
    (line) => `<span>${escaped(line)}</span>`,
  )
  const hashes = report.runs.map((run) => hashHtml(run.mode, run))
  const others = report.otherModel?.runs.map((run) => hashHtml(`${report.otherModel?.model} ${run.mode}`, run)) ?? []
  return `<section class="card s12" id="again" aria-labelledby="h-r"><div class="hr"><div><h2 id="h-r">Do it again</h2><p class="sub">The same seed gives the same state hash on any machine</p></div></div><div class="two"><code class="cmd">${commands.join(
    '',
  )}</code><dl class="hash">${[...hashes, ...others].join('')}</dl></div></section>`
}

function hashHtml(name: string, { stateHash }: ModeRun): string {
  return `<dt>${escaped(name)}</dt><dd class="mono">${escaped(stateHash)}</dd>`
}

/** Where the tape's figures come from, and what to know about them. */
export function sourceSection({ tape: { sources, notes } }: ReplayReport): string {
  if (sources.length + notes.length === 0) return ''
  return `<section class="card s12" id="tape" aria-labelledby="h-n"><div class="hr"><div><h2 id="h-n">The tape</h2></div></div><div class="two">${listHtml(
    'Sources',
    sources,
  )}${listHtml('Notes', notes)}</div></section>`
}

function listHtml(title: string, texts: readonly string[]): string {
  if (texts.length === 0) return ''
  return `<div><h3>${title}</h3><ul>${texts.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul></div>`
}

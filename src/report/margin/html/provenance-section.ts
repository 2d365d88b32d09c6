import type { MarginReport } from '../../../wire/margin-report.ts'
import { escaped } from '../../html/escaped.ts'
import { cardHtml } from './card.ts'

/** What makes the answer reproducible: model, epoch and inputs, and what to type. */
export function provenanceSection(report: MarginReport, commands: readonly string[]): string {
  const { modelVersion, epochHash, inputsHash, engineVersion } = report
  const rows = [
    ['model', modelVersion],
    ['epoch', epochHash],
    ['inputs', inputsHash],
    ['engine', `plimsoll ${engineVersion}`],
    ['valued at', momentText(report)],
  ].map(([label = '', text = '']) => `<dt>${label}</dt><dd class="mono">${escaped(text)}</dd>`)
  return cardHtml({
    id: 'again',
    title: 'Where this comes from',
    sub: 'The same model, epoch and inputs give the same numbers on any machine',
    span: 's7',
    body: `${caveatHtml(report)}<dl class="hash">${rows.join('')}</dl><h3>Make it again</h3><code class="cmd">${commands
      .map((command) => `<span>${escaped(command)}</span>`)
      .join('')}</code>`,
  })
}

/** What to know of the epoch before relying on it; undefined where its name says nothing. */
function epochCaveat({ modelVersion }: MarginReport): string | undefined {
  const epoch = modelVersion.split('/').slice(1).join('/')
  if (epoch.startsWith('provisional'))
    return 'This epoch is provisional: written by hand, not calibrated on data. Its figures show how the method works; never use them for money.'
  return epoch === 'inline'
    ? 'The parameters stand in the portfolio file itself: no published epoch vouches for them.'
    : undefined
}

/** `2026-02-06 08:00:00 UTC`. */
export function momentText({ asOf }: MarginReport): string {
  return asOf === null ? 'no particular time' : `${new Date(asOf).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

function caveatHtml(report: MarginReport): string {
  const caveat = epochCaveat(report)
  return caveat === undefined ? '' : `<p class="caveat">${escaped(caveat)}</p>`
}

import { printedExactly } from '../../../report/figure.ts'
import { moneyFlowsToTheCent } from '../money-flow.ts'
import type { ModeRun, ReplayReport } from '../replay-report.ts'
import { escaped } from './escaped.ts'

/** Where the losses went, in order of the waterfall. */
export function moneySection({ runs }: ReplayReport): string {
  const heads = runs.map(({ mode }) => `<th scope="col">${mode}</th>`).join('')
  const rows = moneyFlowsToTheCent(runs).map(({ label, shown, isLoss, isPart }) => {
    const cells = shown.map((figure, i) => `<td${isLoss[i] === true ? ' class="neg"' : ''}>${figure}</td>`)
    return `<tr${isPart ? ' class="pt"' : ''}><td>${label}</td>${cells.join('')}</tr>`
  })
  return `<section class="card" id="losses" aria-labelledby="h-f"><div class="hr"><div><h2 id="h-f">Where the losses went</h2><p class="sub">USD, in order of the waterfall</p></div></div><table><thead><tr><th scope="col">flow</th>${heads}</tr></thead><tbody>${rows.join('')}</tbody></table></section>`
}

/** What is held of every asset against what is owed, per run. */
export function conservationSection({ runs }: ReplayReport): string {
  const [first, ...others] = runs
  if (first === undefined) return ''
  const folded = others.map(
    (run) => `<details class="tb"><summary>The same, ${run.mode}</summary>${tableHtml(run)}</details>`,
  )
  const assets = first.conservation.assets.length
  const balanced = first.conservation.assets.filter(({ difference }) => !/[1-9]/.test(difference)).length
  const isWhole = runs.every(({ conservation }) => conservation.ok) && balanced === assets
  const title = runs.length > 1 ? `Conservation, ${first.mode}` : 'Conservation'
  return `<section class="card" id="books" aria-labelledby="h-k"><div class="hr"><div><h2 id="h-k">${title}</h2><p class="sub">Held in custody, less what accounts, fund and house are owed</p></div><span class="pill ${
    isWhole ? 'ok' : 'bad'
  }">${balanced} of ${assets}</span></div>${tableHtml(first)}${folded.join('')}</section>`
}

function tableHtml({ conservation: { assets } }: ModeRun): string {
  const rows = assets.map(({ asset, custody, difference }) => {
    const tone = /[1-9]/.test(difference) ? ' class="neg"' : ''
    return `<tr><td>${escaped(asset)}</td><td>${printedExactly(custody)}</td><td${tone}>${printedExactly(difference)}</td></tr>`
  })
  return `<table class="cons"><thead><tr><th scope="col">asset</th><th scope="col">in custody</th><th scope="col">difference</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

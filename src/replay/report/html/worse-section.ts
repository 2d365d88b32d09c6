import { atomsOf } from '../../../report/amount.ts'
import { printedAmount, printedCount } from '../../../report/figure.ts'
import type { ReplayReport } from '../replay-report.ts'
import { escaped } from './escaped.ts'

/** Accounts that end with less for being pooled: the other side of the comparison. Empty where only one mode was run. */
export function worseSection({ comparison }: ReplayReport): string {
  if (comparison === undefined) return ''
  const { accounts, examples } = comparison.worseUnderCross
  const sub =
    accounts === 0
      ? 'No account ended with less under cross than under isolated.'
      : `${printedCount(accounts)} ${accounts === 1 ? 'account' : 'accounts'} ended with less under cross than under isolated${
          accounts > examples.length && examples.length > 0
            ? `; the ${printedCount(examples.length)} that lost most by it`
            : ''
        }. USD at the end`
  const rows = examples.map(({ account, label, cross, isolated }) => {
    const [pooled, apart] = [atomsOf(cross), atomsOf(isolated)]
    return `<tr><td><span class="mono">${escaped(account)}</span><small>${escaped(label)}</small></td><td>${printedAmount(pooled)}</td><td>${printedAmount(
      apart,
    )}</td><td class="neg">${printedAmount(pooled - apart)}</td></tr>`
  })
  const table =
    rows.length === 0
      ? ''
      : `<table><thead><tr><th scope="col">account</th><th scope="col">cross</th><th scope="col">isolated</th><th scope="col">difference</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
  return `<section class="card" id="worse" aria-labelledby="h-o"><div class="hr"><div><h2 id="h-o">Worse for being pooled</h2><p class="sub">${sub}</p></div></div>${table}</section>`
}

import type { NettingSetReport } from '../../../wire/margin-report.ts'
import { printedCents, printedCount } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { percent } from '../../html/percent.ts'
import { figureText } from '../figure-text.ts'
import { millionthsOf, percentUp, setFigures } from '../set-figures.ts'
import { headRow, figureCell } from './card.ts'
import { type ShownSet, setTitle, statusText, toneOf } from './shown-set.ts'

const MOST_LISTED = 200
/** Right end of a bar, in millionths: a little beyond liquidation. */
const END = 1_100_000

/** All netting sets, worst first; those shown in full lead to where they are. */
export function overviewSection(sets: readonly NettingSetReport[], inFull: readonly ShownSet[]): string {
  const keys = new Map(inFull.map(({ set, key }) => [set, key]))
  const listed = sets.slice(0, MOST_LISTED)
  const rows = listed.map((set) => rowHtml(set, keys.get(set)))
  const notes = [
    ...(sets.length > listed.length ? [`${printedCount(sets.length - listed.length)} more: --json has them.`] : []),
    ...(sets.length > inFull.length
      ? [`The ${inFull.length} worst are shown in full below; --all shows all of them.`]
      : []),
  ]
  return `<section class="card s12" id="sets" aria-labelledby="h-sets"><h1 id="h-sets">${escaped(headlineOf(sets))}</h1><table class="ov">${headRow(
    ['Netting set', ['Usage', 'bh'], '', 'Status', ['NLV', 'hs'], ['MM', 'hs'], 'Excess'],
  )}${rows.join('')}</table>${notes.map((note) => `<p class="sub note">${escaped(note)}</p>`).join('')}</section>`
}

/** The answer in one sentence. */
export function headlineOf(sets: readonly NettingSetReport[]): string {
  const count = (tone: 'ok' | 'amber' | 'bad') => sets.filter(({ status }) => toneOf(status) === tone).length
  const [bad, amber] = [count('bad'), count('amber')]
  const all = `${printedCount(sets.length)} netting sets`
  if (bad > 0) return `${printedCount(bad)} of ${all} ${bad === 1 ? 'is' : 'are'} below the line.`
  if (amber > 0) return `${printedCount(amber)} of ${all} ${amber === 1 ? 'is' : 'are'} close to the line.`
  return sets.length === 2 ? 'Both netting sets are healthy.' : `All ${all} are healthy.`
}

function rowHtml(set: NettingSetReport, key: number | undefined): string {
  const { netLiquidationValue, maintenanceMargin, excess } = setFigures(set)
  const name = escaped(setTitle(set))
  const title = key === undefined ? name : `<a class="d" href="#set-${key}">${name}</a>`
  const usage = set.marginUsage === null ? END : Math.min(END, Number(millionthsOf(set.marginUsage)))
  const bar = `<span class="mini"><i class="${toneOf(set.status)}" style="width:${percent(usage / END)}"></i><u style="left:${percent(1_000_000 / END)}"></u></span>`
  return `<tr><th scope="row">${title}${set.mode === 'cross' ? '' : ` <small>${lineText(set)}</small>`}<td class="bh">${bar}<td>${
    set.marginUsage === null ? '—' : percentUp(set.marginUsage)
  }<td><span class="pill ${toneOf(set.status)}">${statusText(set.status)}</span>${figureCell(printedCents(netLiquidationValue), 'hs')}${figureCell(printedCents(maintenanceMargin), 'hs')}${figureCell(printedCents(excess))}`
}

function lineText({ mode, line }: NettingSetReport): string {
  return line !== null && 'limit' in line ? `line of ${figureText(line.limit)}` : mode
}

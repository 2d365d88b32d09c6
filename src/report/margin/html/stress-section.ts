import { atomsOf, centsDown, roundedTo } from '../../amount.ts'
import { printedCents } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { tenthsText } from '../set-figures.ts'
import { cardHtml, headRow, leading } from './card.ts'
import { type CellScale, cellFigure, cellScale, cellTint } from './cell-figure.ts'
import { cushionOf } from './cushion.ts'
import { countedCents, countedText } from './counted-loss.ts'
import { moveText, tenthsOf } from './move-text.ts'
import type { ShownSet } from './shown-set.ts'
import { type StressGrid, stressGrids } from './stress-grid.ts'

/** Heat map of what the account makes where one price moves and the others follow; below it every scenario, worst first. */
export function stressSection(shown: ShownSet): string {
  const { set, key } = shown
  if (set.scenarios === null || set.scenarios.length === 0) return ''
  const grids = stressGrids(set)
  const cells = grids.flatMap(({ rows }) => rows.flatMap((row) => row.cells)).filter((at) => at !== undefined)
  const scale = cellScale(cells.map((at) => set.scenarios?.[at]?.pnl ?? '0'))
  const cushion = cushionOf(set)
  const map =
    grids.length === 0
      ? '<p class="muted">No price that moves this account has scenarios of its own: see the table.</p>'
      : `<div class="hms" id="hm-${key}" data-set="${key}">${grids.map((grid) => gridHtml(grid, shown, scale)).join('')}</div><div class="legend"><span><i class="k l"></i>loss</span><span><i class="k g"></i>gain</span><span><i class="k f"></i>${cushion.says}</span></div><div class="contrib" id="by-${key}" aria-live="polite" hidden></div>`
  const subject = grids.length === 0 ? 'scenarios, worst first' : `${scale.unit}; one price moves, the others follow it`
  return cardHtml({
    id: `stress-${key}`,
    title: 'Profit and loss under stress',
    sub: `${subject.charAt(0).toUpperCase()}${subject.slice(1)}; choose a cell to see who causes it and what else moves`,
    body: `${map}${scenarioTable(shown)}`,
  })
}

function gridHtml({ factor, moves, rows }: StressGrid, shown: ShownSet, scale: CellScale): string {
  const label = rows.length > 1 ? `vol ╲ ${factor}` : factor
  const heads = moves.map((move) => `<span role="columnheader">${moveHead(move)}</span>`).join('')
  const body = rows.map(({ volatility, cells }) => {
    const name = volatility === null ? scale.unit : moveText(volatility)
    const head = volatility === null ? 'P&L' : name
    return `<div class="hrow" role="row"><span role="rowheader">${escaped(head)}</span>${cells
      .map((at) => cellHtml(at, shown, scale))
      .join('')}</div>`
  })
  return `<div class="hm" role="grid" aria-label="${escaped(
    `Profit and loss by the move of ${factor}, percent`,
  )}" style="--n:${moves.length}"><div class="hrow" role="row"><span role="columnheader">${escaped(label)}</span>${heads}</div>${body.join('')}</div>`
}

/** A move at the head of a column: percent, one place below ten. */
function moveHead(ratio: string): string {
  const tenths = tenthsOf(ratio)
  const isLong = tenths >= 100n || tenths <= -100n
  const text = isLong ? tenthsText(roundedTo(tenths, 10n) * 10n) : tenthsText(tenths)
  return `${tenths > 0n ? '+' : ''}${text.replace(/\.0$/, '')}`
}

function cellHtml(at: number | undefined, { set }: ShownSet, scale: CellScale): string {
  const scenario = at === undefined ? undefined : set.scenarios?.[at]
  if (scenario === undefined) return '<span role="gridcell"></span>'
  const { id, pnl } = scenario
  const cents = centsDown(atomsOf(pnl))
  const isBeyond = cents < 0n && -cents > cushionOf(set).cents
  return `<button type="button" role="gridcell" class="cell${cents < 0n ? ' n' : ''}${isBeyond ? ' fail' : ''}" data-n="${at}" tabindex="-1" style="--t:${cellTint(
    pnl,
    scale,
  )}%" aria-label="${escaped(id)}: ${printedCents(cents)} USD${isBeyond ? ', beyond the excess' : ''}">${cellFigure(pnl, scale)}</button>`
}

/** Classes are left out and end tags too: there are hundreds of rows. */
function scenarioTable({ set, key }: ShownSet): string {
  const scenarios = set.scenarios ?? []
  const rows = scenarios.map((row, i) => {
    const cents = centsDown(atomsOf(row.pnl))
    const counted = countedCents(row)
    const name = row.id === set.binding?.scenario ? `<b>${leading(row.id, `mm-${key}`)}</b>` : escaped(row.id)
    const how = counted === 0n ? '' : countedText(row)
    return `<tr><td>${i + 1}<td>${name}<td>${printedCents(cents)}<td>${how}<td>${counted === 0n ? '' : printedCents(counted)}`
  })
  return `<details class="tb" id="all-${key}"><summary>Table: all ${scenarios.length} scenarios, worst first</summary><table class="sc">${headRow(
    ['#', 'Scenario', 'P&L, USD', 'Counts', 'Loss that counts'],
  )}${rows.join('')}</table></details>`
}

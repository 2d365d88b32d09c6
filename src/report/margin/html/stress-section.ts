import { atomsOf, centsDown } from '../../amount.ts'
import { printedCents } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { setFigures } from '../set-figures.ts'
import { cardHtml, headRow, leading } from './card.ts'
import { type CellScale, cellFigure, cellScale, cellTint } from './cell-figure.ts'
import { countedCents, countedText } from './counted-loss.ts'
import { moveText } from './move-text.ts'
import type { ShownSet } from './shown-set.ts'
import { type StressGrid, stressGrids } from './stress-grid.ts'

/** Heat map of what the account makes where one price moves and the others follow; below it every scenario, worst first. */
export function stressSection(shown: ShownSet): string {
  const { set, key } = shown
  if (set.scenarios === null || set.scenarios.length === 0) return ''
  const grids = stressGrids(set)
  const cells = grids.flatMap(({ rows }) => rows.flatMap((row) => row.cells)).filter((at) => at !== undefined)
  const scale = cellScale(cells.map((at) => set.scenarios?.[at]?.pnl ?? '0'))
  const { excess } = setFigures(set)
  const map =
    grids.length === 0
      ? '<p class="muted">No price that moves this account has scenarios of its own: see the table.</p>'
      : `<div class="hms" id="hm-${key}" data-set="${key}">${grids.map((grid) => gridHtml(grid, shown, scale)).join('')}</div><div class="legend"><span><i class="k l"></i>loss</span><span><i class="k g"></i>gain</span><span><i class="k f"></i>loss beyond the excess of ${printedCents(excess)}</span></div><div class="contrib" id="by-${key}" aria-live="polite" hidden></div>`
  const subject = grids.length === 0 ? 'scenarios, worst first' : `${scale.unit}; one price moves, the others follow it`
  return cardHtml({
    id: `stress-${key}`,
    title: 'Profit and loss under stress',
    sub: `${subject.charAt(0).toUpperCase()}${subject.slice(1)}; choose a cell to see who causes it and what else moves`,
    span: 's7',
    body: `${map}${scenarioTable(shown)}`,
  })
}

function gridHtml({ factor, moves, rows }: StressGrid, shown: ShownSet, scale: CellScale): string {
  const label = rows.length > 1 ? `vol ╲ ${factor}` : factor
  const heads = moves.map((move) => `<span role="columnheader">${moveText(move).replace(' %', '')}</span>`).join('')
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

function cellHtml(at: number | undefined, { set }: ShownSet, scale: CellScale): string {
  const scenario = at === undefined ? undefined : set.scenarios?.[at]
  if (scenario === undefined) return '<span role="gridcell"></span>'
  const { id, pnl } = scenario
  const cents = centsDown(atomsOf(pnl))
  const isBeyond = cents < 0n && -cents > setFigures(set).excess
  return `<button type="button" role="gridcell" class="cell${cents < 0n ? ' n' : ''}${isBeyond ? ' fail' : ''}" data-n="${at}" tabindex="-1" style="--t:${cellTint(
    pnl,
    scale,
  )}%" aria-label="${escaped(id)}: ${printedCents(cents)} USD${isBeyond ? ', beyond the excess' : ''}">${cellFigure(pnl, scale)}</button>`
}

function scenarioTable({ set, key }: ShownSet): string {
  const scenarios = set.scenarios ?? []
  const rows = scenarios.map((row, i) => {
    const cents = centsDown(atomsOf(row.pnl))
    const name = row.id === set.binding?.scenario ? `<b>${leading(row.id, `mm-${key}`)}</b>` : escaped(row.id)
    return `<tr><td>${i + 1}<td class="l">${name}<td${cents < 0n ? ' class="neg"' : ''}>${printedCents(cents)}<td class="hs">${countedText(row)}<td>${printedCents(countedCents(row))}`
  })
  return `<details class="tb" id="all-${key}"><summary>Table: all ${scenarios.length} scenarios, worst first</summary><table>${headRow(
    ['#', ['Scenario', 'l'], 'P&L, USD', ['Counts', 'hs'], 'Loss that counts'],
  )}${rows.join('')}</table></details>`
}

import { printedCents } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { setFigures } from '../set-figures.ts'
import { cardHtml, figureCell, leading } from './card.ts'
import { type NodeAnchors, treeHtml } from './derivation-tree.ts'
import type { ShownSet } from './shown-set.ts'

/** Every step: both requirements as trees, then what they leave of what there is. */
export function derivationSection({ set, key }: ShownSet, anchors: NodeAnchors, command: string): string {
  return cardHtml({
    id: `why-${key}`,
    title: 'Derivation',
    sub: 'Every number from the terms it is made of, in USD, rounded against the member; open a line for its terms',
    span: 's12',
    body: `<div class="dv"><div>${treeHtml(set.breakdown, `mm-${key}`, anchors)}${stepsTable(set, key)}</div><div>${treeHtml(
      set.initialBreakdown,
      `im-${key}`,
      new Map(),
    )}</div></div><p class="sub note">Works all of it out again: <code>${escaped(command)}</code></p>`,
  })
}

function stepsTable(set: ShownSet['set'], key: number): string {
  const { netLiquidationValue, initialMargin, maintenanceMargin, drawn, excess, available } = setFigures(set)
  const nlv = leading(printedCents(netLiquidationValue), `worth-${key}`)
  const row = (label: string, figure: string, className = '') =>
    `<tr${className === '' ? '' : ` class="${className}"`}><th scope="row">${label}${figure}`
  return `<table id="steps-${key}" class="st"><caption>What is left</caption><tbody>${row('Net liquidation value', `<td>${nlv}`)}${row(
    'less maintenance margin',
    figureCell(printedCents(-maintenanceMargin), 'plain'),
  )}${drawn > 0n ? row('less what line buckets draw', figureCell(printedCents(-drawn), 'plain')) : ''}${row('Excess', figureCell(printedCents(excess)), 'sum')}${row(
    'Net liquidation value',
    `<td>${nlv}`,
  )}${row('less initial margin', figureCell(printedCents(-initialMargin), 'plain'))}${row('Free for new risk', figureCell(printedCents(available)), 'sum')}${row(
    'Liquidatable, decided exactly',
    `<td>${set.liquidatable ? 'yes' : 'no'}`,
  )}${row('New risk allowed', `<td>${set.newRiskAllowed ? 'yes' : 'no'}`)}</table>`
}

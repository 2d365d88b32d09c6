import type { ExposureRow } from '../../../wire/margin-report.ts'
import { atomsOf, centsNearest, centsUp } from '../../amount.ts'
import { printedCents } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { cardHtml, figureCell, headRow, leading } from './card.ts'
import { factorText } from '../factor-text.ts'
import { moveText } from './move-text.ts'
import type { ShownSet } from './shown-set.ts'
import type { NodeAnchors } from './derivation-tree.ts'

/** What a move of each risk factor would cost; weighted figures lead to where they enter the requirement. */
export function exposureSection({ set, key }: ShownSet, anchors: NodeAnchors): string {
  const { exposures } = set
  if (exposures === null || exposures.length === 0) return ''
  const gross = exposures.reduce((sum, { weighted }) => sum + size(atomsOf(weighted)), 0n)
  const rows = exposures.map((row) => rowHtml(row, anchors))
  return cardHtml({
    id: `exposed-${key}`,
    title: 'Exposure to each risk factor',
    sub: 'USD per unit of return; weighted: times the move that is charged',
    body: `<table>${headRow(['Factor', 'Exposure', ['Weight', 'hs'], 'Weighted'])}${rows.join('')}<tr class="sum"><th scope="row">Gross, sizes added<td><td class="hs"><td class="b">${printedCents(centsUp(gross))}</table>`,
  })
}

function rowHtml({ factor, exposure, riskWeight, weighted, earnsOffset, from }: ExposureRow, anchors: NodeAnchors) {
  const anchor = anchors.get(`weighted/${factor}`)
  const figure = printedCents(centsNearest(atomsOf(weighted)))
  const shown =
    anchor === undefined
      ? figureCell(figure)
      : `<td${figure.startsWith('−') ? ' class="neg"' : ''}>${leading(figure, anchor)}`
  const source = `${from.join(', ')}${earnsOffset ? '' : ' (earns no offset)'}`
  return `<tr><th scope="row">${escaped(factorText(factor))}<br><small>${escaped(source)}</small>${figureCell(printedCents(centsNearest(atomsOf(exposure))))}<td class="hs">${moveText(riskWeight).replace('+', '')}${shown}`
}

function size(n: bigint): bigint {
  return n < 0n ? -n : n
}

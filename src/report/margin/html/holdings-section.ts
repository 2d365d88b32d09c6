import type { CollateralRow, PositionRow } from '../../../wire/margin-report.ts'
import { printedCents } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { atomsOf, centsNearest } from '../../amount.ts'
import { figureText, priceText } from '../figure-text.ts'
import { millionthsOf, setFigures, tenthsText } from '../set-figures.ts'
import { cardHtml, figureCell, headRow } from './card.ts'
import type { ShownSet } from './shown-set.ts'

/** What is held with its weight, and what is owed. */
export function collateralSection({ set, key }: ShownSet): string {
  const { collateral, borrows, netLiquidationValue, positions } = setFigures(set)
  if (set.collateral.length + set.borrows.length === 0) return ''
  const held = set.collateral.map((row, i) => collateralHtml(row, collateral[i] ?? 0n))
  const owed = set.borrows.map(
    ({ asset, quantity, price }, i) =>
      `<tr><th scope="row">${escaped(asset)} <small>owed</small>${figureCell(figureText(quantity), 'hs')}${figureCell(priceText(price), 'hs')}${figureCell(printedCents(borrows[i] ?? 0n))}<td>—`,
  )
  const unsettled = positions.reduce((sum, cents) => sum + cents, 0n)
  const rest = set.positions.length === 0 ? '' : totalRow('Positions, not settled', unsettled)
  return cardHtml({
    id: `held-${key}`,
    title: 'Collateral',
    sub: 'Weight: what is left of a value after what it asks when held alone',
    body: `<table>${headRow(['Asset', ['Quantity', 'hs'], ['Price', 'hs'], 'Value, USD', 'Weight'])}${held.join('')}${owed.join('')}${rest}<tr class="sum"><th scope="row">NLV<td class="hs"><td class="hs">${figureCell(printedCents(netLiquidationValue), 'b')}<td></table>`,
  })
}

function collateralHtml({ asset, quantity, price, weight }: CollateralRow, cents: bigint): string {
  const share = weight === null ? '—' : `${tenthsText(millionthsOf(weight) / 1_000n)} %`
  return `<tr><th scope="row">${escaped(asset)}<td class="hs">${figureText(quantity)}<td class="hs">${priceText(price)}${figureCell(printedCents(cents))}<td>${share}`
}

function totalRow(label: string, cents: bigint): string {
  return `<tr class="pt"><th scope="row">${label}<td class="hs"><td class="hs">${figureCell(printedCents(cents))}<td>`
}

/** Contracts with what is not settled of them. */
export function positionSection({ set, key }: ShownSet): string {
  if (set.positions.length === 0) return ''
  const { positions } = setFigures(set)
  const rows = set.positions.map((row, i) => positionHtml(row, positions[i] ?? 0n, set.buckets.length > 1))
  const total = positions.reduce((sum, cents) => sum + cents, 0n)
  return cardHtml({
    id: `open-${key}`,
    title: 'Positions',
    sub: 'Value: profit and loss with open funding, of an option its mark value; all of it counts in NLV',
    body: `<table>${headRow(['Contract', 'Quantity', ['Entry', 'hs'], ['Mark', 'hs'], ['Notional', 'hs'], 'Value, USD'])}${rows.join('')}<tr class="sum"><th scope="row">Total<td><td class="hs"><td class="hs"><td class="hs">${figureCell(printedCents(total), 'b')}</table>`,
  })
}

function positionHtml(row: PositionRow, cents: bigint, hasBuckets: boolean): string {
  const { market, bucket, quantity, entryPrice, markPrice, notional } = row
  const side = quantity.startsWith('-') ? 'short' : 'long'
  const where = hasBuckets && bucket !== 0 ? ` · bucket ${bucket}` : ''
  return `<tr><th scope="row">${escaped(market)} <small>${side}${where}</small>${figureCell(figureText(quantity), 'plain')}<td class="hs">${
    entryPrice === null ? '—' : priceText(entryPrice)
  }<td class="hs">${priceText(markPrice)}${figureCell(printedCents(centsNearest(atomsOf(notional))), 'hs plain')}${figureCell(printedCents(cents))}`
}

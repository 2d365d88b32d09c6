import { WHOLE } from '../../../quantity/ppm.ts'
import { shareOf } from '../../../quantity/product.ts'
import type { WideValue } from '../../../quantity/value.ts'
import type { FactorId } from '../../../instrument/identifier.ts'
import { deltaExposure, vegaExposure } from '../../../pricing/option-book.ts'
import { priceFactor, volatilityFactor } from './factor-name.ts'
import { optionGroups } from './option-group.ts'
import type { MeasuredEpoch } from './measured-epoch.ts'
import type { RiskItem } from './risk-item.ts'
import { sharesOf } from './risk-line.ts'
import type { Measured } from './measured.ts'

/** Exposure of one item to one factor, a million times too large. Exact for lines; options to 1e-54 USD. */
export interface ItemExposure {
  readonly factor: FactorId
  readonly exposure: WideValue
}

/** An item by itself, as far as it moves with factors. */
export function measuredAlone(item: RiskItem, epoch: MeasuredEpoch): Measured {
  if ('line' in item) return { lines: [item.line], options: [] }
  return { lines: [], options: item.kind === 'option' ? optionGroups([item], epoch) : [] }
}

/** What an item adds to the exposure to each factor. */
export function itemExposures(item: RiskItem, epoch: MeasuredEpoch): readonly ItemExposure[] {
  const { lines, options } = measuredAlone(item, epoch)
  const ofLines = lines.flatMap(({ worth, factors }) =>
    sharesOf(factors).map(({ factor, share }) => ({ factor, exposure: shareOf(worth, share) })),
  )
  const ofOptions = options.flatMap(({ underlying, book }) => [
    { factor: priceFactor(underlying), exposure: shareOf(deltaExposure(book), WHOLE) },
    { factor: volatilityFactor(underlying), exposure: shareOf(vegaExposure(book), WHOLE) },
  ])
  return [...ofLines, ...ofOptions]
}

import { plimsoll1Override } from './plimsoll-1-override.ts'
import { isObject } from './json-object.ts'
import type { PortfolioHeader } from '../wire/portfolio/portfolio-file.ts'

/** A model's section of an epoch as JSON, and the same with what a portfolio file says instead. */
export type SectionOverride = (section: unknown, file: PortfolioHeader) => unknown

/**
 * What a file says over the epoch of a model: the section is changed before the model reads it, so that the model's own checks hold
 * for the result. A model that is not listed takes nothing from the file.
 */
const OVERRIDES: ReadonlyMap<string, SectionOverride> = new Map([
  ['standard', standardOverride],
  ['plimsoll-1', plimsoll1Override],
])

/** The section with the overrides of the model, if any. */
export function overriddenSection(model: string, section: unknown, file: PortfolioHeader): unknown {
  return OVERRIDES.get(model)?.(section, file) ?? section
}

/** What secures nothing has a haircut of the whole. Depth plays no part in this model. */
function standardOverride(section: unknown, { assets }: PortfolioHeader): unknown {
  if (!isObject(section) || !isObject(section['assets'])) return section
  const rows = { ...section['assets'] }
  for (const { id, isCollateral } of assets.values()) {
    const row = rows[id]
    if (isCollateral || !isObject(row)) continue
    rows[id] = { ...row, maintenanceHaircutPpm: WHOLE_PPM, initialHaircutPpm: WHOLE_PPM }
  }
  return { ...section, assets: rows }
}

const WHOLE_PPM = 1_000_000

import { readFileSync } from 'node:fs'
import { marginModel } from '../core/margin/registry.ts'
import type { MarginReport } from '../wire/margin-report.ts'
import type { MarginRequest } from './answer-portfolio.ts'
import { reportOf, TRADER } from './trader.test-data.ts'

const house = marginModel('plimsoll-1')

/** The trader under the house model and an epoch of it. */
export const HOUSE_TRADER = { ...TRADER, model: 'plimsoll-1' }

/** A request under the house model with the epoch that comes with it, or another. */
export function houseReport(document: object, over: Partial<MarginRequest> = {}, epoch = PROVISIONAL): MarginReport {
  const models = new Map(house === undefined ? [] : [[house.id, house]])
  const detail = { exposures: true, scenarios: true, byPosition: false }
  return reportOf(document, { models, builtInEpochs: new Map([['plimsoll-1', epoch]]), detail, ...over })
}

export const PROVISIONAL = readFileSync('epochs/provisional-2026-11.json', 'utf8')

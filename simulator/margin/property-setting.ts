import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cashFlow } from '../../src/core/quantity/cash-flow.ts'
import { ppm } from '../../src/core/quantity/ppm.ts'
import { quantity } from '../../src/core/quantity/quantity.ts'
import { value } from '../../src/core/quantity/value.ts'
import type { AssetId } from '../../src/core/instrument/identifier.ts'
import type { MarketView } from '../../src/core/market/listing.ts'
import type { Portfolio } from '../../src/core/portfolio/portfolio.ts'
import { NOWHERE_ELSE } from '../../src/core/margin/model.ts'
import { decodePlimsoll1 } from '../../src/core/margin/models/plimsoll-1/decode-parameters.ts'
import { plimsoll1 } from '../../src/core/margin/models/plimsoll-1/plimsoll-1.ts'
import { prepareEpoch } from '../../src/core/margin/models/plimsoll-1/prepare-epoch.ts'
import type { PreparedEpoch } from '../../src/core/margin/models/plimsoll-1/measured-epoch.ts'
import { sections, TIME, views } from './random-world.ts'
import type { SectionDocument } from './section-document.ts'

/** What the properties of the house model have in common. */

export const RUNS = {
  numRuns: Number(process.env['PLIMSOLL_PROPERTY_RUNS'] ?? '100'),
  interruptAfterTimeLimit: 15_000,
  markInterruptAsFailure: false,
}

export const SECONDS = 60_000

export const ONE = 10n ** 18n

const FILE = join(import.meta.dirname, '../../epochs/provisional-2026-11.json')

export const provisional = (JSON.parse(readFileSync(FILE, 'utf8')) as { sections: { 'plimsoll-1': SectionDocument } })
  .sections['plimsoll-1']

const provisionalEpoch = epochOf(provisional)

export function epochOf(section: unknown): PreparedEpoch {
  const decoded = decodePlimsoll1(section)
  if (!decoded.ok) throw new Error(`${decoded.field}: expected ${decoded.expected}, found ${decoded.found}`)
  return prepareEpoch(decoded.parameters)
}

/** Mostly random ones, now and then the provisional one. */
export const epochs = fc.oneof(
  { arbitrary: sections.map(epochOf), weight: 9 },
  { arbitrary: fc.constant(provisionalEpoch), weight: 1 },
)

/** Every price is certain. */
export const certainViews = views.map((view): MarketView => {
  const [assets, markets] = [new Map(view.assets as Map<AssetId, never>), new Map(view.markets as Map<string, never>)]
  const sure = (quote: object | undefined) =>
    quote === undefined ? undefined : { ...quote, halfWidth: value(0n), confidence: ppm(1_000_000n) }
  for (const [id, one] of assets as Map<AssetId, { index: object }>)
    assets.set(id, { ...one, index: sure(one.index) } as never)
  for (const [id, one] of markets as Map<string, { mark: object | undefined }>)
    markets.set(id, { ...one, mark: sure(one.mark) } as never)
  return { assets, markets } as MarketView
})

export function marginOf(portfolio: Portfolio, market: MarketView, parameters: PreparedEpoch) {
  const input = { portfolio, orders: [], market, parameters, time: TIME }
  const { value: worth, requirement } = plimsoll1.maintenance(input)
  return { input: { ...input, elsewhere: NOWHERE_ELSE }, worth, requirement, excess: worth - requirement }
}

export function merged(a: Portfolio, b: Portfolio): Portfolio {
  const holdings = Map.groupBy([...a.holdings, ...b.holdings], ({ asset }) => asset)
  const positions = Map.groupBy([...a.positions, ...b.positions], ({ market }) => market)
  const total = (list: readonly bigint[]) => list.reduce((all, one) => all + one, 0n)
  return {
    holdings: [...holdings]
      .map(([asset, list]) => ({ asset, quantity: quantity(total(list.map((one) => one.quantity))) }))
      .filter((one) => one.quantity !== 0n),
    positions: [...positions].map(([market, list]) => ({
      market,
      quantity: quantity(total(list.map((one) => one.quantity))),
      cost: cashFlow(total(list.map((one) => one.cost))),
      fundingBasis: cashFlow(total(list.map((one) => one.fundingBasis))),
    })),
  }
}

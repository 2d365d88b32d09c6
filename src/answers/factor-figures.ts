import { type AssetId, assetId, isName } from '../core/instrument/identifier.ts'

/** What an epoch says of a risk factor, for estimates: no decision is made from it. */
export interface FactorFigure {
  /** Standard deviation of a day's log return. */
  readonly sigma: number
  /** On the four common moves; their squares add up to less than one. */
  readonly loadings: readonly number[]
}

/** Says where the deviations of `factorFigure` come from. */
export const SIGMA_SOURCE =
  'dailyVolatilityPpm of assets where the epoch has one, else -ln(1 - risk weight) / 2.807, the 99.75% quantile of a normal distribution'

const RISK_QUANTILE = 2.807
const WHOLE = 1_000_000

/** Of a name of the epoch's factors, or of its class; undefined where the model's section has no such table. */
export function factorFigure(section: unknown, factor: string): FactorFigure | undefined {
  const factors = fieldOf(section, 'factors')
  const row = fieldOf(factors, factor) ?? fieldOf(factors, factor.replace(CONTRACT_BASIS, '$1'))
  const weight = fieldOf(row, 'riskWeightPpm')
  const loadings = fieldOf(row, 'loadingsPpm')
  if (typeof weight !== 'number' || !Array.isArray(loadings)) return undefined
  const own = fieldOf(fieldOf(fieldOf(fieldOf(section, 'assets'), factor), 'depth'), 'dailyVolatilityPpm')
  const fall = Math.min(weight, WHOLE - 1) / WHOLE
  const sigma = typeof own === 'number' && own > 0 ? own / WHOLE : -Math.log1p(-fall) / RISK_QUANTILE
  return sigma > 0 ? { sigma, loadings: loadings.map((loading) => Number(loading) / WHOLE) } : undefined
}

/** The factor that is an asset's own: of a claim its peg, else its price. */
export function ownFactor(section: unknown, asset: AssetId): string {
  const claim = fieldOf(fieldOf(fieldOf(section, 'assets'), asset), 'claim')
  return claim === undefined ? asset : `${asset}/peg`
}

/** What the epoch holds an asset for a claim on; undefined for none, and for a claim on the unit of account. */
export function claimReference(section: unknown, asset: AssetId): AssetId | undefined {
  const reference = fieldOf(fieldOf(fieldOf(fieldOf(section, 'assets'), asset), 'claim'), 'reference')
  return typeof reference === 'string' && isName(reference) ? assetId(reference) : undefined
}

const CONTRACT_BASIS = /^(.+\/basis\/(?:perpetual|future))\/.+$/

function fieldOf(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, name)
    ? (json as Readonly<Record<string, unknown>>)[name]
    : undefined
}

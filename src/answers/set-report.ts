import { add, isPositive, isZero, subtract } from '../core/quantity/arithmetic.ts'
import { millionthsOfSum } from '../core/quantity/allocation.ts'
import { formatDecimal18 } from '../core/quantity/decimal.ts'
import { millionthsDown, millionthsUp, reachesShare } from '../core/quantity/ratio.ts'
import { NO_VALUE, type Value } from '../core/quantity/value.ts'
import type { Derivation } from '../core/margin/derivation.ts'
import type { Attribution, Explanation } from '../core/margin/explanation.ts'
import { shortfallOf } from '../core/margin/lines.ts'
import type { InitialInput, Side } from '../core/margin/model.ts'
import type { FilePosition } from '../wire/portfolio/portfolio-file.ts'
import type { AttributionRow, LineReport, MarginStatus, NettingSetReport } from '../wire/margin-report.ts'
import { type AssessedSet, maintenanceInput, type Valuation, valueAboveCap } from './assess.ts'
import { bindingOf, breakdownOf, correlationRows, exposureRows, scenarioRows } from './breakdown-rows.ts'
import { grossNotional, holdingRows } from './holding-rows.ts'
import type { NettingSet } from './netting-sets.ts'
import { ratioText } from './ratio-text.ts'
import { sumOfIsolated } from './sum-of-isolated.ts'
import type { UsageLevels } from './usage-levels.ts'

/** What beside the requirements is wanted in a report. */
export interface ReportDetail {
  /** Risk factors and their correlations. */
  readonly exposures: boolean
  readonly scenarios: boolean
  /** What each asset and market adds to each scenario. */
  readonly byPosition: boolean
}

/** A netting set with all that was decided of it. */
export interface DecidedSet extends AssessedSet {
  readonly initial: Side
  readonly initialInput: InitialInput<unknown>
  readonly newRiskAllowed: boolean
  /** What all lines of the owner draw from the pool. */
  readonly drawnFromPool: Value
  readonly hasLines: boolean
}

interface Context {
  readonly under: Valuation
  readonly levels: UsageLevels
  readonly detail: ReportDetail
  readonly saidIn: (bucket: number) => readonly FilePosition[]
}

/** One netting set as reports show it. Decisions come from the sides; the ratios beside them are for reading. */
export function setReport(decided: DecidedSet, context: Context): NettingSetReport {
  const { set, maintenance, initial } = decided
  const { under, detail } = context
  const { netLiquidationValue: nlv, ...rows } = holdingRows(set, under, context.saidIn)
  const mm = maintenance.requirement
  const explained = under.model.explainMaintenance(maintenanceInput(set.portfolio, under))
  const explainedInitial = withAboveCap(under.model.explainInitial(decided.initialInput), decided, under)
  return {
    account: set.account,
    buckets: set.buckets.map(({ number }) => number),
    name: set.name ?? null,
    mode: set.mode.kind,
    status: statusOf(decided, nlv, context.levels),
    netLiquidationValue: formatDecimal18(nlv),
    initialMargin: formatDecimal18(initial.requirement),
    maintenanceMargin: formatDecimal18(mm),
    excess: formatDecimal18(subtract(subtract(nlv, mm), set.mode.kind === 'cross' ? decided.drawnFromPool : NO_VALUE)),
    available: formatDecimal18(subtract(nlv, initial.requirement)),
    marginUsage: usageOf(nlv, mm),
    healthFactor: isPositive(mm) ? ratioText(millionthsDown({ part: nlv, whole: mm })) : null,
    leverage: isPositive(nlv) ? ratioText(millionthsUp({ part: grossNotional(set, under), whole: nlv })) : null,
    liquidatable: decided.liquidatable,
    newRiskAllowed: decided.newRiskAllowed,
    line: lineOf(decided),
    ...rows,
    attribution: attributionRows(set, explained, explainedInitial),
    binding: bindingOf(explained),
    breakdown: breakdownOf(explained.derivation, explained.scenarios),
    initialBreakdown: breakdownOf(explainedInitial.derivation, explainedInitial.scenarios),
    sumOfIsolated: formatDecimal18(sumOfIsolated(set, under)),
    exposures: detail.exposures ? exposureRows(explained) : null,
    correlations: detail.exposures ? correlationRows(explained) : null,
    scenarios: detail.scenarios ? scenarioRows(explained, detail.byPosition) : null,
  }
}

/** Rounded up; 0 where nothing is required, null where nothing is left to cover it. */
function usageOf(nlv: Value, mm: Value): string | null {
  if (isZero(mm)) return ratioText(0n)
  return isPositive(nlv) ? ratioText(millionthsUp({ part: mm, whole: nlv })) : null
}

/**
 * In this order: nothing owed, nothing left, decided to be liquidated, then the levels. A bucket counts with what its line grants
 * it, so that one whose line reaches is not called liquidatable.
 */
function statusOf(
  { isOwing, liquidatable, maintenance, granted }: DecidedSet,
  nlv: Value,
  levels: UsageLevels,
): MarginStatus {
  const mm = maintenance.requirement
  if (!isOwing) return 'unencumbered'
  if (!isPositive(nlv) && isPositive(mm)) return 'insolvent'
  if (liquidatable) return 'liquidatable'
  const whole = add(nlv, granted)
  if (isZero(mm)) return 'healthy'
  if (reachesShare({ part: mm, whole, share: levels.reduceOnly })) return 'reduce-only'
  return reachesShare({ part: mm, whole, share: levels.warn }) ? 'warning' : 'healthy'
}

function lineOf({ set, isOwing, maintenance, drawn, drawnFromPool, hasLines }: DecidedSet): LineReport | null {
  switch (set.mode.kind) {
    case 'cross':
      return hasLines ? { drawnByBuckets: formatDecimal18(drawnFromPool) } : null
    case 'isolated':
      return null
    case 'line':
      return {
        limit: formatDecimal18(set.mode.line),
        shortfall: formatDecimal18(isOwing ? shortfallOf(maintenance) : NO_VALUE),
        drawn: formatDecimal18(drawn),
      }
    default:
      return set.mode satisfies never
  }
}

/** What lies above caps is one more term of the requirement on the rest. */
function withAboveCap(explained: Explanation, { set }: DecidedSet, { market }: Valuation): Explanation {
  const above = valueAboveCap(set, market)
  if (!isPositive(above)) return explained
  const note = `${[...set.aboveCap.keys()].join(', ')}: what is held above the account's cap counts as nothing`
  const term: Derivation = { id: 'aboveAccountCap', op: 'given', value: above, terms: [], note }
  const { derivation } = explained
  const total = add(derivation.value, above)
  return {
    ...explained,
    derivation: {
      id: derivation.id,
      op: 'sum',
      value: total,
      terms: [{ ...derivation, id: 'counted' }, term],
      note: '',
    },
    attribution: [...explained.attribution, { kind: 'addOn', id: 'aboveAccountCap', value: above }],
  }
}

function attributionRows(set: NettingSet, maintenance: Explanation, initial: Explanation): readonly AttributionRow[] {
  const rows = new Map<string, { readonly row: Pick<Attribution, 'kind' | 'id'>; mm: Value; im: Value }>()
  const rowOf = ({ kind, id }: Attribution) => {
    const key = `${kind} ${id}`
    const known = rows.get(key) ?? { row: { kind, id }, mm: NO_VALUE, im: NO_VALUE }
    rows.set(key, known)
    return known
  }
  for (const part of maintenance.attribution) {
    const row = rowOf(part)
    row.mm = add(row.mm, part.value)
  }
  for (const part of initial.attribution) {
    const row = rowOf(part)
    row.im = add(row.im, part.value)
  }
  const all = [...rows.values()]
  const total = maintenance.derivation.value
  const shares = isPositive(total) ? millionthsOfSum(all.map(({ mm }) => mm)) : undefined
  return all.map(({ row: { kind, id }, mm, im }, i) => ({
    kind,
    id,
    bucket: bucketOf(set, kind, id),
    maintenanceMargin: formatDecimal18(mm),
    initialMargin: formatDecimal18(im),
    share: shares === undefined ? null : ratioText(shares[i] ?? 0n),
  }))
}

/** The one bucket that holds it; null for what several hold together, and for add-ons. */
function bucketOf({ buckets }: NettingSet, kind: Attribution['kind'], id: string): number | null {
  if (kind === 'addOn') return null
  const holders = buckets.filter(({ bucket }) => {
    if (kind === 'position') return [...bucket.positions.keys()].some((market) => market === id)
    if (kind === 'order') return [...bucket.orders.values()].some(({ market }) => market === id)
    return [...bucket.balances.keys()].some((asset) => asset === id)
  })
  const only = holders.length === 1 || buckets.length === 1 ? (holders[0] ?? buckets[0]) : undefined
  return only?.number ?? null
}

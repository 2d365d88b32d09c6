import { z } from 'zod'
import type { BreakdownNode, MarginReport } from './margin-report.ts'

/** What a margin report looks like: strict objects, an unknown field is an error. `z.toJSONSchema` gives it to other languages. */

const DECIMAL = z.string().regex(/^-?(0|[1-9][0-9]{0,29})(\.[0-9]{0,17}[1-9])?$/)
const RATIO = z.string().regex(/^-?(0|[1-9][0-9]*)\.[0-9]{6}$/)
const HASH = z.string().regex(/^sha256:[0-9a-f]{64}$/)
const MILLISECONDS = z.number().int().nonnegative()
const BUCKET = z.number().int().min(0).max(255)
const NAME = z.string().min(1)

const LINE = z.union([
  z.strictObject({ limit: DECIMAL, shortfall: DECIMAL, drawn: DECIMAL }),
  z.strictObject({ drawnByBuckets: DECIMAL }),
])

const COLLATERAL = z.strictObject({
  asset: NAME,
  quantity: DECIMAL,
  price: DECIMAL,
  value: DECIMAL,
  weight: RATIO.nullable(),
  haircut: RATIO.nullable(),
})

const BORROW = z.strictObject({ asset: NAME, quantity: DECIMAL, price: DECIMAL, value: DECIMAL })

const POSITION = z.strictObject({
  market: NAME,
  bucket: BUCKET,
  quantity: DECIMAL,
  entryPrice: DECIMAL.nullable(),
  markPrice: DECIMAL,
  notional: DECIMAL,
  unrealizedPnl: DECIMAL,
  accruedFunding: DECIMAL,
  value: DECIMAL,
})

const ATTRIBUTION = z.strictObject({
  kind: z.enum(['position', 'collateral', 'borrow', 'order', 'addOn']),
  id: NAME,
  bucket: BUCKET.nullable(),
  maintenanceMargin: DECIMAL,
  initialMargin: DECIMAL,
  share: RATIO.nullable(),
})

const BINDING = z.strictObject({
  component: NAME,
  regime: NAME.nullable(),
  scenario: NAME.nullable(),
  runnerUp: z.strictObject({ component: NAME, scenario: NAME.nullable(), value: DECIMAL }).nullable(),
})

export const BREAKDOWN_SCHEMA: z.ZodType<BreakdownNode> = z.strictObject({
  id: NAME,
  op: z.enum(['given', 'parameter', 'sum', 'sumOfSizes', 'product', 'max', 'scale', 'blend', 'quadratic', 'worstLoss']),
  value: DECIMAL,
  get terms() {
    return z.exactOptional(z.array(BREAKDOWN_SCHEMA))
  },
  note: z.exactOptional(NAME),
  factor: z.exactOptional(DECIMAL),
  rounded: z.exactOptional(z.enum(['up', 'down', 'nearest'])),
  source: z.exactOptional(NAME),
  binding: z.exactOptional(z.literal(true)),
  matrix: z.exactOptional(NAME),
  count: z.exactOptional(z.number().int().nonnegative()),
  worst: z.exactOptional(z.array(z.strictObject({ id: NAME, pnl: DECIMAL }))),
})

const EXPOSURE = z.strictObject({
  factor: NAME,
  exposure: DECIMAL,
  riskWeight: RATIO,
  weighted: DECIMAL,
  earnsOffset: z.boolean(),
  from: z.array(NAME),
})

const PPM_ROWS = z.array(z.array(z.number().int().min(-1_000_000).max(1_000_000)))
const CORRELATIONS = z.strictObject({ factors: z.array(NAME), now: PPM_ROWS, one: PPM_ROWS, break: PPM_ROWS })

const SCENARIO = z.strictObject({
  id: NAME,
  moves: z.record(NAME, RATIO),
  damp: RATIO,
  initialOnly: z.boolean(),
  pnl: DECIMAL,
  contributions: z.record(NAME, DECIMAL).nullable(),
})

const NETTING_SET = z.strictObject({
  account: NAME,
  buckets: z.array(BUCKET).min(1),
  name: z.string().nullable(),
  mode: z.enum(['cross', 'isolated', 'line']),
  status: z.enum(['healthy', 'warning', 'reduce-only', 'liquidatable', 'insolvent', 'unencumbered']),
  netLiquidationValue: DECIMAL,
  initialMargin: DECIMAL,
  maintenanceMargin: DECIMAL,
  excess: DECIMAL,
  available: DECIMAL,
  marginUsage: RATIO.nullable(),
  healthFactor: RATIO.nullable(),
  leverage: RATIO.nullable(),
  liquidatable: z.boolean(),
  newRiskAllowed: z.boolean(),
  line: LINE.nullable(),
  collateral: z.array(COLLATERAL),
  borrows: z.array(BORROW),
  positions: z.array(POSITION),
  attribution: z.array(ATTRIBUTION),
  binding: BINDING.nullable(),
  breakdown: BREAKDOWN_SCHEMA,
  initialBreakdown: BREAKDOWN_SCHEMA,
  sumOfIsolated: DECIMAL,
  exposures: z.array(EXPOSURE).nullable(),
  correlations: CORRELATIONS.nullable(),
  scenarios: z.array(SCENARIO).nullable(),
})

const NOTE = z.strictObject({ code: NAME, path: NAME, message: NAME })

export const MARGIN_REPORT_SCHEMA: z.ZodType<MarginReport> = z.strictObject({
  format: z.literal('plimsoll margin report v1'),
  asOf: MILLISECONDS.nullable(),
  unitOfAccount: z.literal('USD'),
  modelVersion: NAME,
  epochHash: HASH,
  inputsHash: HASH,
  engineVersion: NAME,
  usageLevels: z.strictObject({ warning: RATIO, reduceOnly: RATIO }),
  nettingSets: z.array(NETTING_SET),
  assumptions: z.array(NOTE),
  warnings: z.array(NOTE),
})

import { readFileSync } from 'node:fs'
import type { MarginRequest } from '../src/answers/answer-portfolio.ts'
import { answerLiquidationPrices } from '../src/answers/liquidation-prices.ts'
import { openRequest } from '../src/answers/answer-portfolio.ts'
import { marginReport } from '../src/answers/margin-report.ts'
import { changesMade, whatIf } from '../src/answers/what-if.ts'
import { decodeChanges } from '../src/wire/portfolio/decode-changes.ts'
import { engine } from '../src/main/margin-job.ts'
import { median, timed } from './timing.ts'

const TRADER = {
  format: 'plimsoll portfolio v1',
  asOf: '2026-02-06T08:00:00Z',
  settlementAsset: 'USDC',
  balances: { USDC: '2500', ETH: '1.5' },
  positions: [
    { market: 'BTC-PERP', quantity: '0.4', entryPrice: '68900' },
    { market: 'ETH-PERP', quantity: '-12', entryPrice: '2050' },
  ],
  prices: { USDC: '0.9998', BTC: '68000', ETH: '2000', 'BTC-PERP': '68020', 'ETH-PERP': '2001' },
}
const OPTIONS = {
  ...TRADER,
  balances: { USDC: '60000', BTC: '0.5' },
  positions: [
    { market: 'BTC-27MAR26-80000-C', quantity: '-4' },
    { market: 'BTC-27MAR26-60000-P', quantity: '-4' },
    { market: 'ETH-27MAR26-2400-C', quantity: '-60' },
    { market: 'ETH-PERP', quantity: '-18', entryPrice: '2010' },
  ],
  vols: { BTC: '0.5', ETH: '0.66' },
}
const CHANGES = { format: 'plimsoll changes v1', addPositions: [{ market: 'ETH-PERP', quantity: '3' }] }
const RUNS = 50
const SEARCHES = 5

/** What a trade would do to an account of two perpetuals, and where two accounts are liquidated: one without options, one with four. */
export function measureAnswers(): readonly string[] {
  const opened = openRequest(requestOf(TRADER))
  if (!opened.ok) throw new Error('the trader of the benchmark cannot be read')
  const { judged } = opened
  const before = marginReport(judged, contextOf())
  const asked = () => {
    const changes = [{ name: 'changes', text: JSON.stringify(CHANGES) }]
    const decoded = decodeChanges(changes, judged.file, { account: undefined, bucket: undefined })
    const made = decoded.ok ? changesMade(judged, decoded.changes) : undefined
    if (made === undefined || !made.ok) throw new Error('the changes of the benchmark cannot be made')
    const after = marginReport(made.answer.after, contextOf())
    whatIf(judged, made.answer, { before, after, sha256: requestOf(TRADER).sha256 })
  }
  asked()
  const whatIfs = Array.from({ length: RUNS }, () => timed(asked) * 1_000)
  const search = (document: object) => () => answerLiquidationPrices(requestOf(document), () => undefined)
  const searches = [TRADER, OPTIONS].map((document) =>
    median(Array.from({ length: SEARCHES }, () => timed(search(document)))),
  )
  return [
    `what if, a trade of an open portfolio   ${median(whatIfs).toFixed(2)} ms, margin before at hand`,
    `liquidation prices, no options          ${searches[0]?.toFixed(2)} s with its nearest joint failure`,
    `liquidation prices, four options        ${searches[1]?.toFixed(2)} s`,
  ]
}

const own = engine()

function contextOf() {
  const { detail, engineVersion, sha256 } = requestOf(TRADER)
  return { detail, engineVersion, sha256, assumptions: [], warnings: [] }
}

function requestOf(document: object): MarginRequest {
  return {
    ...own,
    portfolio: { name: 'portfolio.json', text: JSON.stringify(document) },
    model: undefined,
    epoch: undefined,
    prices: [],
    singlePrices: [],
    asOf: undefined,
    buckets: new Map(),
    detail: { exposures: false, scenarios: false, byPosition: false },
    readFile: (path) => ({ ok: true, source: { name: path, text: readFileSync(path, 'utf8') } }),
  }
}

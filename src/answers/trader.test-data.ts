import { createHash } from 'node:crypto'
import { marginModel } from '../core/margin/registry.ts'
import { printProblems } from '../wire/portfolio/problem.ts'
import type { MarginReport } from '../wire/margin-report.ts'
import { answerMargin, type MarginRequest, openRequest } from './answer-portfolio.ts'
import type { JudgedFile } from './margin-report.ts'

const source = 'made up for a test'
const standard = marginModel('standard')

/** Haircut or weight of an asset; the initial figures are twice the maintenance figures. */
function asset(haircutPpm: number, borrowPpm: number) {
  return {
    maintenanceHaircutPpm: haircutPpm,
    initialHaircutPpm: 2 * haircutPpm,
    maintenanceBorrowPpm: borrowPpm,
    initialBorrowPpm: 2 * borrowPpm,
    source,
  }
}

function market(ratePpm: number) {
  return { tiers: [{ aboveUsd: '0', maintenancePpm: ratePpm, initialPpm: 2 * ratePpm, source }] }
}

/** USDC 1 % held, 2 % owed; ETH 10 % both; BTC-PERP 3 % and ETH-PERP 4 % of notional; initial figures are twice that. */
export const SECTION = {
  assets: { USDC: asset(10_000, 20_000), ETH: asset(100_000, 100_000) },
  markets: { 'BTC-PERP': market(30_000), 'ETH-PERP': market(40_000) },
}

export const EPOCH = {
  id: 'test-1',
  model: 'standard',
  sections: { standard: SECTION },
  liquidation: { bufferPpm: 100_000, penaltyPpm: 5_000 },
}

/** A short of twelve ETH perpetuals against a coin and a half, beside some bitcoin. */
export const TRADER = {
  format: 'plimsoll portfolio v1',
  asOf: '2026-02-06T08:00:00Z',
  model: { id: 'standard', parameters: SECTION as unknown },
  settlementAsset: 'USDC',
  balances: { USDC: '2500', ETH: '1.5' } as Record<string, string>,
  positions: [
    { market: 'BTC-PERP', quantity: '0.4', entryPrice: '68900' },
    { market: 'ETH-PERP', quantity: '-12', entryPrice: '2050' },
  ] as object[],
  prices: {
    USDC: '0.9998',
    BTC: '68000',
    ETH: '2000',
    'BTC-PERP': '68020',
    'ETH-PERP': '2001',
  } as Record<string, string | object>,
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A request with nothing beside the document. */
export function request(document: object | string, over: Partial<MarginRequest> = {}): MarginRequest {
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  return {
    portfolio: { name: 'portfolio.json', text },
    models: new Map(standard === undefined ? [] : [[standard.id, standard]]),
    builtInEpochs: new Map(),
    sha256,
    readFile: () => ({ ok: false, reason: 'no such file' }),
    model: undefined,
    epoch: undefined,
    prices: [],
    asOf: undefined,
    buckets: new Map(),
    detail: { exposures: false, scenarios: false, byPosition: false },
    engineVersion: '0.0.0',
    ...over,
  }
}

export function reportOf(document: object | string, over: Partial<MarginRequest> = {}): MarginReport {
  const answer = answerMargin(request(document, over))
  if (!answer.ok) throw new Error(printProblems(answer.problems))
  return answer.report
}

/** Codes and paths of what is wrong. */
export function problemsOf(document: object | string, over: Partial<MarginRequest> = {}): readonly string[] {
  const answer = answerMargin(request(document, over))
  return answer.ok ? [] : answer.problems.kept.map(({ code, path }) => `${code} ${path}`)
}

export function judgedOf(document: object, over: Partial<MarginRequest> = {}): JudgedFile {
  const opened = openRequest(request(document, over))
  if (!opened.ok) throw new Error(printProblems(opened.problems))
  return opened.judged
}

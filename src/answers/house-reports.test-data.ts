import { readFileSync } from 'node:fs'
import { marginModel } from '../core/margin/registry.ts'
import type { MarginReport } from '../wire/margin-report.ts'
import { reportOf, TRADER } from './trader.test-data.ts'

/** Reports under the built-in epoch with everything in them; figures are made up. Imported by tests only. */

const EVERYTHING = { exposures: true, scenarios: true, byPosition: true }

/** A short of ether against a coin and a half, beside some bitcoin. */
export function traderReport(over: object = {}): MarginReport {
  return houseReport({ ...TRADER, model: 'plimsoll-1', ...over })
}

/** A pool with short options on bitcoin and borrowed dollars, and a bucket of ether options on a line that it draws. */
export function deskReport(): MarginReport {
  return houseReport({
    format: 'plimsoll portfolio v1',
    asOf: '2026-02-06T08:00:00Z',
    model: 'plimsoll-1',
    settlementAsset: 'USDC',
    balances: { USDC: '30000', BTC: '1.5', USDT: '-40000' },
    positions: [
      { market: 'BTC-PERP', quantity: '-0.7', entryPrice: '69100', accruedFunding: '-4.10' },
      { market: 'SOL-PERP', quantity: '-300', entryPrice: '88.4' },
      { market: 'BTC-27MAR26-80000-C', quantity: '-2' },
    ],
    buckets: [
      {
        id: 1,
        name: 'eth-vol',
        mode: 'line',
        line: '25000',
        balances: { USDC: '3000' },
        positions: [
          { market: 'ETH-27MAR26-2400-C', quantity: '-30' },
          { market: 'ETH-PERP', quantity: '-3', entryPrice: '2010' },
        ],
      },
    ],
    prices: {
      USDC: '0.9998',
      USDT: '0.9991',
      ETH: '2000',
      BTC: '68000',
      SOL: '86',
      'ETH-PERP': '2001',
      'BTC-PERP': '68020',
      'SOL-PERP': '86.05',
    },
    vols: {
      ETH: [{ expiry: '2026-03-27T08:00:00Z', forward: '2014', points: [{ strike: '2000', vol: '0.66' }] }],
      BTC: [{ expiry: '2026-03-27T08:00:00Z', forward: '68540', points: [{ strike: '68000', vol: '0.50' }] }],
    },
  })
}

function houseReport(document: object): MarginReport {
  const model = marginModel('plimsoll-1')
  if (model === undefined) throw new Error('there is no house model')
  const epoch = readFileSync('epochs/provisional-2026-11.json', 'utf8')
  return reportOf(document, {
    models: new Map([['plimsoll-1', model]]),
    builtInEpochs: new Map([['plimsoll-1', epoch]]),
    detail: EVERYTHING,
  })
}

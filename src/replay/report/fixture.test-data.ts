import type { LiquidatedAccount, ModeRun, ReplayReport, TimelinePoint } from './replay-report.ts'

/** A replay of eight hours with figures small enough to add up by hand. Imported by tests only. */

const HOUR = 3_600_000
/** 2022-11-08 00:00 UTC. */
export const START = Date.UTC(2022, 10, 8)

const BASE_RUN: ModeRun = {
  mode: 'cross',
  liquidated: 3,
  nettingSetsLiquidated: 3,
  liquidations: 4,
  notionalClosed: '2500000.5',
  penalties: '1250.25',
  insuranceAtStart: '60000',
  insuranceDrawn: '14.94',
  insuranceAtEnd: '61235.31',
  deficit: '0',
  marketProfit: '-4321.125',
  feesEarned: '12.345',
  conservation: {
    ok: true,
    assets: [
      { asset: 'BTC', custody: '12.5', difference: '0' },
      { asset: 'USDT', custody: '1234567.000001', difference: '0' },
    ],
  },
  commands: 1200,
  seconds: 0.5,
  commandsPerSecond: 2400,
  journal: 'out/cross.db',
  stateHash: 'a'.repeat(64),
  verified: true,
  kinds: [
    { kind: 'directional', label: 'Directional, 2–20x', accounts: 6, liquidated: 3 },
    { kind: 'spread', label: 'ETH–BTC spread', accounts: 4, liquidated: 0 },
  ],
  timeline: timelineOf([0, 0, 1, 3, 0, 0, 0, 0]),
  worst: [worstAccount({})],
}

/** One run; what is not said is as in cross. */
export function runWith(changes: Partial<ModeRun>): ModeRun {
  return { ...BASE_RUN, ...changes }
}

/** The isolated run beside it: five accounts and six netting sets liquidated. */
export function isolatedRun(changes: Partial<ModeRun>): ModeRun {
  return runWith({
    mode: 'isolated',
    liquidated: 5,
    nettingSetsLiquidated: 6,
    liquidations: 8,
    notionalClosed: '5000001',
    penalties: '2500.5',
    insuranceDrawn: '0',
    insuranceAtEnd: '62500.5',
    commands: 1800,
    seconds: 1,
    commandsPerSecond: 1800,
    journal: 'out/isolated.db',
    stateHash: 'b'.repeat(64),
    kinds: [
      { kind: 'directional', label: 'Directional, 2–20x', accounts: 6, liquidated: 3 },
      { kind: 'spread', label: 'ETH–BTC spread', accounts: 4, liquidated: 2 },
    ],
    timeline: timelineOf([0, 1, 1, 6, 0, 0, 0, 0]),
    ...changes,
  })
}

/** Both runs, compared. */
export function reportWith(changes: Partial<ReplayReport>): ReplayReport {
  return {
    tape: {
      argument: '2022-11-ftx',
      id: '2022-11-ftx',
      title: 'FTX and FTT collapse, November 2022',
      from: START,
      to: START + 8 * HOUR,
      intervalMs: HOUR,
      settlement: 'USDT',
      assets: ['BTC', 'FTT', 'USDT'],
      sources: ['Binance spot 1h bars'],
      notes: ['a missing bar is a gap, not a zero'],
    },
    seed: 7,
    model: 'standard',
    epoch: 'replay-2022-11-ftx',
    figures: undefined,
    accounts: 12,
    leftOut: [{ label: 'Staked ETH behind a short', reason: 'the tape has no stETH' }],
    runs: [runWith({}), isolatedRun({})],
    comparison: {
      capitalRequired: { cross: '7500', isolated: '10000' },
      worseUnderCross: {
        accounts: 1,
        examples: [{ account: 'A-0004', label: 'Market maker', cross: '100', isolated: '350.5' }],
      },
    },
    otherModel: undefined,
    prices: [
      { asset: 'BTC', points: pointsOf([20_000, 19_800, 19_000, 18_000, 18_500, 18_400, 18_300, 18_200]) },
      { asset: 'FTT', points: pointsOf([20, 19, 15, 6, undefined, undefined, 5, 4]) },
    ],
    engineVersion: '0.1.0',
    ...changes,
  }
}

/** The only run of a report without a comparison. */
export function singleRunReport(run: ModeRun): ReplayReport {
  return reportWith({ runs: [run], comparison: undefined })
}

/** An account whose requirement is 77.471: its parts add up to it. */
export function worstAccount(changes: Partial<LiquidatedAccount>): LiquidatedAccount {
  return {
    account: 'A-0074',
    bucket: 0,
    label: 'Directional, 2–20x',
    time: START + 4 * HOUR,
    sequence: 187_300,
    netLiquidationValue: '4.149',
    maintenanceMargin: '77.471',
    derivation: [
      { id: 'position BTC-PERP', value: '70.004', note: '3.2 % of 2,187.62' },
      { id: 'collateral FTT', value: '7.467', note: 'haircut 59 % of 12.65' },
    ],
    closed: '227.14',
    penalty: '1.13',
    unpaid: '14.94',
    ...changes,
  }
}

function timelineOf(liquidations: readonly number[]): readonly TimelinePoint[] {
  return liquidations.map((count, i) => ({
    time: START + (i + 1) * HOUR,
    netLiquidationValue: String(10_000_000 - i * 250_000),
    maintenanceMargin: String(2_000_000 - i * 100_000),
    liquidations: count,
  }))
}

function pointsOf(closes: readonly (number | undefined)[]): readonly (readonly [number, string])[] {
  return closes.flatMap((close, i) => (close === undefined ? [] : [[START + (i + 1) * HOUR, String(close)] as const]))
}

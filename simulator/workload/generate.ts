import { ppm } from '../../src/core/quantity/ppm.ts'
import type { Asset } from '../../src/core/instrument/asset.ts'
import { rate } from '../../src/core/quantity/rate.ts'
import { type Timestamp, timestamp } from '../../src/core/quantity/timestamp.ts'
import { accountId, assetId, marketId, senderId } from '../../src/core/instrument/identifier.ts'
import type { Command, Envelope, Sequenced } from '../../src/core/clearing/command.ts'
import type { ReadonlyState } from '../../src/core/clearing/state.ts'
import type { RampRequest } from '../../src/core/market/ramp-terms.ts'
import type { ListedMarket } from '../../src/core/market/listing.ts'
import { OPENING, priceReport, usualRole } from './desk.ts'
import {
  drawDeposit,
  drawInsurance,
  drawLine,
  drawLiquidation,
  drawMode,
  drawTransfer,
  drawWithdrawal,
  drawWriteOff,
} from './generate-cash.ts'
import { drawExpiring, drawExpiry } from './generate-expiring.ts'
import { drawReprice, drawVolatilities } from './generate-volatilities.ts'
import { drawCancel, drawFill, drawOrder, drawOrderFill } from './generate-trades.ts'
import { drift, jump, openWalk, reportOf } from './price-walk.ts'
import { anySize, below, between, percent, pick, type Prng, splitmix64 } from './prng.ts'
import { spoil } from './spoil.ts'
import { drawSwarm, type Kind, type Swarm } from './swarm.ts'
import {
  assetTerms,
  BTC,
  CURVED_ASSETS,
  ETH,
  type EpochFigures,
  flatCurve,
  GOLD,
  perpetualTerms,
  standardEpoch,
  THIN,
  units,
  USDT,
  SIMULATED_FIGURES,
  SIMULATED_MARKETS,
  SIMULATED_PRICES,
  STAKED,
  FIRST_RATE,
  at,
  usd,
} from './world.ts'
import { listing } from './listing.ts'

/** Commands one after the other, each made for the state it will find. */
export interface Workload {
  readonly swarm: Swarm
  next(state: ReadonlyState): Sequenced
}

const MEMBERS = 8
const TEMPORARY = assetId('TEMP')
const TEMPORARY_PERP = marketId('TEMP-PERP')

/**
 * A workload from a seed. Draws first the swarm, then what members bring; then for each step the pause, the kind, what the kind
 * draws for itself, whether it is spoiled and how, and who sends it.
 */
export function createWorkload(seed: bigint): Workload {
  const prng = splitmix64(seed)
  const swarm = drawSwarm(prng)
  const walk = openWalk()
  const opening = openingCommands(swarm, prng)
  let count = 0

  function draw(state: ReadonlyState, time: Timestamp): Command {
    const first = opening.shift()
    if (first !== undefined) return first
    const kind = pick(prng, swarm.kinds)
    if (kind === 'reportPrices' || kind === 'crash') {
      if (kind === 'crash') jump(walk, prng)
      else drift(walk, prng)
      return reportOf(walk, prng, { state, swarm, time })
    }
    return drawByKind(kind, state, prng, count) ?? reportOf(walk, prng, { state, swarm, time })
  }

  return {
    swarm,
    next: (state) => {
      count += 1
      const pause = opening.length > 0 ? 0 : drawPause(swarm, prng)
      const time = timestamp((state.time > OPENING ? state.time : OPENING) + pause)
      const isOpening = opening.length > 0
      const command = draw(state, time)
      const role = usualRole(command)
      const usual: Envelope = { sender: senderId(role), role, counter: count, command }
      const spoiled = !isOpening && percent(prng, swarm.spoiled) ? spoil(prng, usual) : usual
      return { envelope: asOwnerSometimes(spoiled, prng), sequence: state.sequence + 1, time }
    },
  }
}

/** Listing, the first epoch, first prices, eight members who bring 2,000 to 50,000 dollars each, a small insurance fund. */
function openingCommands(swarm: Swarm, prng: Prng): Command[] {
  const commands: Command[] = [
    ...CURVED_ASSETS.map((asset): Command => listing(asset)),
    ...SIMULATED_MARKETS.map((market): Command => ({ type: 'listMarket', market })),
  ]
  if (!swarm.lateEpoch) commands.push({ type: 'adoptEpoch', epoch: standardEpoch('epoch-0', SIMULATED_FIGURES) })
  commands.push(firstReport())
  for (let i = 0; i < MEMBERS; i += 1) {
    const account = accountId(`member-${i}`)
    const bring = (asset: typeof USDT, text: string): Command => ({
      type: 'deposit',
      account,
      bucket: 0,
      asset,
      quantity: units(text),
    })
    commands.push({ type: 'openAccount', account }, bring(USDT, `${2_000 + below(prng, 20_000)}`))
    if (percent(prng, 50)) commands.push(bring(BTC, `0.${1 + below(prng, 5)}`))
    if (percent(prng, 40)) commands.push(bring(ETH, `${1 + below(prng, 6)}`))
    if (percent(prng, 50)) commands.push(bring(STAKED, `${1 + below(prng, 6)}`))
    if (percent(prng, 40)) commands.push(bring(THIN, `${100 + below(prng, 3_000)}`))
    if (percent(prng, 40)) commands.push(bring(GOLD, `${5 + below(prng, 40)}`))
  }
  commands.push({ type: 'fundInsurance', asset: USDT, quantity: units('500') })
  commands.push({ type: 'fundInsurance', asset: BTC, quantity: units('0.01') })
  return commands
}

/** THIN is as thinly traded as it is called: its cap is a quarter of 80,000 dollars. */
function listed(asset: Asset): Command {
  return asset.id === THIN ? listing(asset, { tier: 'other', dailyVolumeUsd: usd('80000') }) : listing(asset)
}

function firstReport(): Command {
  const report = priceReport(OPENING, SIMULATED_PRICES)
  return { ...report, exchangeRates: [{ asset: STAKED, rate: at(FIRST_RATE) }] }
}

/** An asset is judged again; what is not needed everywhere one in three times for worse. Draws: asset, what is wrong. */
function drawReview(state: ReadonlyState, prng: Prng): Command | undefined {
  const asset = pick(prng, CURVED_ASSETS)
  const command = listed(asset)
  if (command.type !== 'listAsset' || state.assets.get(asset.id) === undefined) return undefined
  const drawn = pick(prng, [{}, {}, {}, {}, { halted: true }, { dailyVolatilityPpm: ppm(400_000n) }] as const)
  const wrong = [THIN, STAKED, GOLD].includes(asset.id) ? drawn : {}
  return { type: 'reviewAsset', asset: asset.id, evidence: { ...command.evidence, ...wrong } }
}

/** Mostly a second or so, sometimes minutes, seldom days. Draws: which, how long. */
function drawPause({ leaps }: Swarm, prng: Prng): number {
  const luck = below(prng, 400)
  if (leaps && luck === 0) return between(prng, 1, 20) * 86_400_000
  if (leaps && luck < 5) return between(prng, 1, 20) * 60_000
  return between(prng, 0, luck < 200 ? 900 : 4_000)
}

type Drawn = Exclude<Kind, 'reportPrices' | 'crash'>

const DRAW: Readonly<Record<Drawn, (state: ReadonlyState, prng: Prng, count: number) => Command | undefined>> = {
  deposit: drawDeposit,
  withdraw: drawWithdrawal,
  transfer: drawTransfer,
  setBucketMode: drawMode,
  setBucketLine: drawLine,
  trade: (state, prng) => drawFill(state, prng, 'perpetual'),
  tradeExpiring: (state, prng) => drawFill(state, prng, 'future', 'option'),
  listExpiring: drawExpiring,
  expire: drawExpiry,
  reportVolatilities: drawVolatilities,
  reprice: drawReprice,
  tradeSpot: (state, prng) => drawFill(state, prng, 'spot'),
  placeOrder: drawOrder,
  fillOrder: drawOrderFill,
  cancelOrder: drawCancel,
  accrueFunding: (state, prng) => ({
    type: 'accrueFunding',
    market: pickContract(state, prng),
    rate: rate(BigInt(between(prng, -999_999, 999_999)) * 10n ** 9n + anySize(prng, 30)),
  }),
  settle: (state, prng) => ({ type: 'settle', market: pickContract(state, prng) }),
  accrueInterest: () => ({ type: 'accrueInterest' }),
  fundInsurance: drawInsurance,
  writeOffDeficit: drawWriteOff,
  liquidate: drawLiquidation,
  setMarketStatus: drawStatus,
  adoptEpoch: (_state, prng, count) => {
    const share = between(prng, 60, 180)
    const id = below(prng, 8) === 0 ? 'epoch-0' : `epoch-${count}`
    const epoch = standardEpoch(id, scaled(SIMULATED_FIGURES, share))
    const ramp = drawRamp(prng)
    return ramp === undefined ? { type: 'adoptEpoch', epoch } : { type: 'adoptEpoch', epoch, ramp }
  },
  list: drawListing,
  reviewAsset: drawReview,
  openAccount: (_state, prng) => ({ type: 'openAccount', account: accountId(`member-${below(prng, MEMBERS + 4)}`) }),
  upgradeProtocol: (_state, prng) => ({ type: 'upgradeProtocol', version: below(prng, 4) }),
}

function drawByKind(kind: Drawn, state: ReadonlyState, prng: Prng, count: number): Command | undefined {
  return DRAW[kind](state, prng, count)
}

/** What is not open is opened again; if all is open, one market is restricted. Draws: market, status. */
function drawStatus(state: ReadonlyState, prng: Prng): Command {
  const closed = [...state.markets.values()].some(({ status }) => status !== 'open')
  const market = pickMarket(state, prng, ({ status }) => !closed || status !== 'open')
  return { type: 'setMarketStatus', market, status: closed ? 'open' : pick(prng, ['reduceOnly', 'paused'] as const) }
}

/** A temporary asset and a contract on it come and go; one in four aims at something that is needed. Draws: which. */
function drawListing(state: ReadonlyState, prng: Prng): Command {
  const hasAsset = state.assets.get(TEMPORARY) !== undefined
  const hasMarket = state.markets.get(TEMPORARY_PERP) !== undefined
  const luck = below(prng, 8)
  if (luck === 0) return { type: 'delistAsset', asset: pick(prng, CURVED_ASSETS).id, reason: 'Legal' }
  if (luck === 1) return { type: 'delistMarket', market: pick(prng, SIMULATED_MARKETS).id }
  if (luck < 5 && hasMarket) return { type: 'delistMarket', market: TEMPORARY_PERP }
  if (luck < 5 && hasAsset) return { type: 'delistAsset', asset: TEMPORARY, reason: 'Legal' }
  if (hasAsset && luck !== 7)
    return { type: 'listMarket', market: perpetualTerms({ id: TEMPORARY_PERP, underlying: TEMPORARY }) }
  const thin = below(prng, 3) === 0 ? { sources: 1 } : {}
  return listing(assetTerms({ id: TEMPORARY, borrowCurve: flatCurve(1n) }), thin)
}

/** As usual, as an emergency, or with a time of its own. Draws: which, then minutes. */
function drawRamp(prng: Prng): RampRequest | undefined {
  const minutes = (from: number, to: number) => between(prng, from, to) * 60_000
  switch (below(prng, 6)) {
    case 0:
    case 1:
      return undefined
    case 2:
      return { emergency: true }
    case 3:
      return { emergency: true, durationMs: minutes(60, 300), looseningDelayMs: minutes(0, 60) }
    case 4:
      return { looseningDelayMs: minutes(0, 1_440) }
    default:
      return { durationMs: minutes(1_440, 4_320) }
  }
}

/** Requirements times a percentage, at most the whole. */
function scaled(figures: EpochFigures, share: number): Partial<EpochFigures> {
  const times = (parts: number) => Math.min(1_000_000, Math.trunc((parts * share) / 100))
  const assets = Object.entries(figures.assets).map(
    ([asset, [a, b, c, d]]) => [asset, [times(a), times(b), times(c), times(d)]] as const,
  )
  const markets = Object.entries(figures.markets).map(
    ([market, tiers]) =>
      [market, tiers.map(([above, least, initial]) => [above, times(least), times(initial)] as const)] as const,
  )
  return { assets: Object.fromEntries(assets), markets: Object.fromEntries(markets) }
}

/** Now and then any market; else one that trades contracts. Draws: which kind, which one. */
function pickContract(state: ReadonlyState, prng: Prng) {
  const any = below(prng, 20) === 0
  return pickMarket(state, prng, ({ terms }) => any || terms.kind === 'perpetual' || terms.kind === 'future')
}

function pickMarket(state: ReadonlyState, prng: Prng, isWanted: (listed: ListedMarket) => boolean) {
  const wanted = [...state.markets.values()].filter(isWanted).map(({ terms }) => terms.id)
  return wanted.length === 0 ? marketId('NOWHERE') : pick(prng, wanted)
}

/** One in three commands on an account comes from its owner, if owners may. Draws: one. */
function asOwnerSometimes(envelope: Envelope, prng: Prng): Envelope {
  const { command, role } = envelope
  if (role !== 'venue' || !('account' in command) || below(prng, 3) !== 0) return envelope
  return { ...envelope, role: 'owner', sender: senderId(command.account) }
}

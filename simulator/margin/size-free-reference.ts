import type { MarketView } from '../../src/core/market/listing.ts'
import { type ReferenceOption, referenceGroup } from './option-reference.ts'
import { bitwiseRootUp, pairwiseForm, regimeMatrices } from './pairwise.ts'
import {
  ceil,
  decimal,
  factorOf,
  indexOf,
  isCash,
  listedAt,
  most,
  named,
  nearest,
  ONE,
  positive,
  PPM,
  priceOf,
  share,
  size,
  WIDE,
} from './plain-figures.ts'
import type { SectionDocument } from './section-document.ts'

/** A netting set written out: units are 1e-36 of an asset, contracts 1e-18. */
export interface Held {
  readonly flows: ReadonlyMap<string, bigint>
  readonly contracts: ReadonlyMap<string, bigint>
}

/** What moves in proportion. */
interface Linear {
  readonly worth: bigint
  readonly shares: readonly (readonly [factor: string, sharePpm: bigint])[]
  /** 1e-18, from a move of each factor in ppm. */
  readonly moveOf: (of: (factor: string) => bigint) => bigint
  /** Leg of an underlying and its share of the worth. */
  readonly leg: readonly [underlying: string, leg: string, sharePpm: bigint] | undefined
}

/** The largest of what is not added up, at its own side's shares. */
export function sizeFree(
  section: SectionDocument,
  market: MarketView,
  held: Held,
  side: 'maintenance' | 'initial',
): bigint {
  const { linear, options } = measured(section, market, held)
  return largestTerm(section, linear, options, side)
}

function largestTerm(
  section: SectionDocument,
  linear: readonly Linear[],
  options: readonly ReferenceOption[],
  side: 'maintenance' | 'initial',
): bigint {
  const groups = [...Map.groupBy(options, ({ underlying }) => underlying)].map(([underlying, held]) => ({
    underlying,
    ...referenceGroup(held),
  }))
  const exposures = new Map<string, bigint>()
  const legs = new Map<string, Map<string, bigint>>()
  const plus = (factor: string, exposure: bigint) => exposures.set(factor, (exposures.get(factor) ?? 0n) + exposure)
  const plusLeg = (underlying: string, leg: string, part: bigint) => {
    const known = legs.get(underlying) ?? new Map<string, bigint>()
    legs.set(underlying, known.set(leg, (known.get(leg) ?? 0n) + part))
  }
  for (const { worth, shares, leg } of linear) {
    for (const [factor, share] of shares) plus(factor, worth * share)
    if (leg !== undefined) plusLeg(leg[0], leg[1], worth * leg[2])
  }
  for (const { underlying, delta, vega, deltas } of groups) {
    plus(underlying, delta * PPM)
    plus(`${underlying}/vol`, vega * PPM)
    for (const [expiry, part] of deltas) plusLeg(underlying, `expiry ${expiry}`, part * PPM)
  }
  const rounded = new Map([...exposures].map(([factor, exposure]) => [factor, nearest(exposure, WIDE * PPM)]))
  const lossIn = (of: (factor: string) => bigint): bigint => {
    let profit = 0n
    for (const line of linear) {
      const gain = line.worth * line.moveOf(of)
      const counts = gain < 0n || line.shares.every(([factor]) => factorOf(section, factor)?.earnsOffset === true)
      if (counts) profit += gain
    }
    for (const { underlying, profitIn } of groups) {
      const gain = profitIn(of(underlying), of(`${underlying}/vol`)) * ONE
      const both = [underlying, `${underlying}/vol`]
      const counts = gain < 0n || both.every((factor) => factorOf(section, factor)?.earnsOffset === true)
      if (counts) profit += gain
    }
    return -profit
  }
  const rows = (isInitial: boolean) =>
    section.scenarios
      .filter(({ initialOnly }) => initialOnly === isInitial)
      .map(({ dampPpm, movesPpm }) =>
        ceil(positive(lossIn((factor) => BigInt(named(movesPpm, factor) ?? 0))) * BigInt(dampPpm), WIDE * ONE * PPM),
      )
  const { count, columns } = section.windows
  const losses = Array.from({ length: count }, (_, row) =>
    lossIn((factor) => BigInt(named(columns, factor)?.[row] ?? 0)),
  ).sort((a, b) => (a > b ? -1 : a < b ? 1 : 0))
  const tail = losses.slice(0, Math.ceil(count / 80))
  const history = ceil(positive(tail.reduce((sum, one) => sum + one, 0n)), WIDE * ONE * BigInt(tail.length))
  const worst = [correlated(section, rounded), [0n, ...rows(false)].reduce(most), history].reduce(most)
  const basis = share(basisSize(legs), section.basis[`${side}Ppm`])
  const peg = ceil(pegSum(section, rounded, side), PPM)
  if (side === 'maintenance') return [worst, basis, peg].reduce(most)
  const stress = [0n, ...rows(true)].reduce(most)
  const event = ceil(eventSum(section, rounded), PPM)
  return [share(worst, section.initialFactorPpm), basis, peg, stress, event].reduce(most)
}

function correlated(section: SectionDocument, exposures: ReadonlyMap<string, bigint>): bigint {
  const rows = [...exposures].filter(([, exposure]) => exposure !== 0n)
  const withFactor = rows.map(([id, exposure]) => ({ exposure, factor: factorOf(section, id) ?? UNKNOWN }))
  const earned = withFactor.filter(({ factor }) => factor.earnsOffset)
  const factors = earned.map(({ factor }) => factor)
  const atoms = earned.map(({ exposure }) => exposure)
  const forms = regimeMatrices(factors, section).map((matrix) => pairwiseForm(matrix, factors, atoms))
  const c = BigInt(section.creditedSharePpm)
  const root = bitwiseRootUp(ceil(c * c * forms.reduce(most, 0n), 10n ** 42n))
  const gross = (of: typeof withFactor) =>
    of.reduce((sum, { exposure, factor }) => sum + size(exposure) * BigInt(factor.riskWeightPpm), 0n)
  const alone = withFactor.filter(({ factor }) => !factor.earnsOffset)
  return root + ceil(gross(earned) * (PPM - c), PPM * PPM) + ceil(gross(alone), PPM) + BigInt(rows.length)
}

const UNKNOWN = { riskWeightPpm: 1_000_000, loadingsPpm: [0, 0, 0, 0], marketFallSign: -1, earnsOffset: false }

function basisSize(legs: ReadonlyMap<string, ReadonlyMap<string, bigint>>): bigint {
  let sum = 0n
  for (const parts of legs.values()) {
    const all = [...parts.values()].map((part) => nearest(part, WIDE * PPM))
    const long = all.filter((part) => part > 0n).reduce((a, b) => a + b, 0n)
    const short = all.filter((part) => part < 0n).reduce((a, b) => a - b, 0n)
    sum += long < short ? long : short
  }
  return sum
}

function pegSum(section: SectionDocument, exposures: ReadonlyMap<string, bigint>, side: 'maintenance' | 'initial') {
  let sum = 0n
  for (const [asset, { claim }] of Object.entries(section.assets))
    if (claim !== undefined) sum += positive(exposures.get(`${asset}/peg`) ?? 0n) * BigInt(claim[`${side}SlipPpm`])
  return sum
}

function eventSum(section: SectionDocument, exposures: ReadonlyMap<string, bigint>): bigint {
  return Object.entries(section.assets)
    .map(([asset, { jumpClass }]) => {
      const exposure = exposures.get(asset) ?? 0n
      const { longPpm, shortPpm } = section.jumps[jumpClass]
      return size(exposure) * BigInt(exposure < 0n ? shortPpm : longPpm)
    })
    .reduce(most, 0n)
}

function measured(section: SectionDocument, market: MarketView, held: Held) {
  const linear: Linear[] = []
  const options: ReferenceOption[] = []
  for (const [asset, flow] of held.flows) {
    const risk = section.assets[asset]
    if (risk === undefined || isCash(market, asset) || (flow < 0n && requiredAlone(section, asset) >= PPM)) continue
    const most = flow > 0n ? usefulSize(section, asset) * ONE : flow
    linear.push(assetLine(section, asset, (flow < most ? flow : most) * priceOf(market, asset)))
  }
  for (const [id, quantity] of held.contracts) {
    const item = contractOf(section, market, id, quantity)
    if (item.kind === 'linear') linear.push(item.line)
    if (item.kind === 'option') options.push(item.option)
  }
  return { linear, options }
}

function assetLine(section: SectionDocument, asset: string, worth: bigint): Linear {
  const claim = section.assets[asset]?.claim
  if (claim === undefined)
    return { worth, shares: [[asset, PPM]], moveOf: (of) => of(asset) * 10n ** 12n, leg: [asset, 'spot', PPM] }
  const [beta, peg] = [BigInt(claim.betaPpm), `${asset}/peg`]
  const reference = claim.reference
  const moveOf = (of: (factor: string) => bigint) => {
    const followed = reference === undefined ? 0n : beta * of(reference)
    return (PPM * PPM + (followed < -PPM * PPM ? -PPM * PPM : followed)) * (PPM + of(peg)) - ONE
  }
  if (reference === undefined) return { worth, shares: [[peg, PPM]], moveOf, leg: undefined }
  return {
    worth,
    shares: [
      [reference, beta],
      [peg, PPM],
    ],
    moveOf,
    leg: [reference, `claim ${asset}`, beta],
  }
}

type ContractItem =
  | { readonly kind: 'linear'; readonly line: Linear; readonly depth: Depth; readonly worth: bigint }
  | { readonly kind: 'option'; readonly option: ReferenceOption; readonly depth: Depth; readonly worth: bigint }
  | { readonly kind: 'unmeasured'; readonly charge: bigint; readonly worth: bigint }

export type Depth = SectionDocument['assets'][string]['depth']

/** `worth` is what counts in N: at the mark, of an option at the index. */
export function contractOf(section: SectionDocument, market: MarketView, id: string, quantity: bigint): ContractItem {
  const listed = listedAt(market, id)
  if (listed === undefined || listed.terms.kind === 'spot' || listed.mark === undefined) throw new Error(id)
  const { terms, mark, pricing } = listed
  const settlement = priceOf(market, terms.settlement)
  const worth = quantity * mark.price * settlement
  const risk = section.contracts[terms.underlying]
  if (terms.kind === 'option') {
    const index = indexOf(market, terms.underlying)
    const notional = index === undefined ? quantity * terms.strike * settlement : quantity * index * ONE
    if (risk?.option === undefined || pricing === undefined || index === undefined)
      return { kind: 'unmeasured', worth: notional, charge: size(worth) + (quantity < 0n ? size(notional) : 0n) }
    const { grid, depth } = risk.option
    const option = { underlying: terms.underlying, terms, pricing, grid, quantity, settlement, worth, notional }
    return { kind: 'option', option, depth, worth: notional }
  }
  const depth = terms.kind === 'perpetual' ? risk?.perpetual : risk?.future
  if (depth === undefined) return { kind: 'unmeasured', worth, charge: size(worth) }
  const [price, basis] = [terms.underlying as string, `${terms.underlying}/basis/${terms.kind}/${id}`]
  const moveOf = (of: (factor: string) => bigint) => ((PPM + of(price)) * (PPM + of(basis)) - PPM * PPM) * PPM
  const leg = terms.kind === 'perpetual' ? 'perpetual' : `expiry ${terms.expiry}`
  const shares = [[price, PPM] as const, [basis, PPM] as const]
  return { kind: 'linear', line: { worth, shares, moveOf, leg: [price, leg, PPM] }, depth, worth }
}

/** w of METHODOLOGY 1, ppm, not capped. */
export function requiredAlone(section: SectionDocument, asset: string): bigint {
  const worth = 10n ** 60n
  const asked = largestTerm(section, [assetLine(section, asset, worth)], [], 'maintenance')
  const claim = section.assets[asset]?.claim
  const betaPpm = claim === undefined ? PPM : claim.reference === undefined ? 0n : BigInt(claim.betaPpm)
  const inBasis = share(share(10n ** 24n, Number(betaPpm)), section.basis.maintenancePpm)
  return ceil(asked > inBasis ? asked : inBasis, ONE)
}

/** q* of METHODOLOGY 1, atoms. */
export function usefulSize(section: SectionDocument, asset: string): bigint {
  const risk = section.assets[asset]
  if (risk === undefined || !risk.isCollateral) return 0n
  const w = requiredAlone(section, asset)
  const { halfSpreadPpm, impactFactorPpm, dailyVolatilityPpm, dailyVolumeUnits } = risk.depth
  const bracket = PPM - (w > PPM ? PPM : w) - BigInt(halfSpreadPpm)
  if (bracket <= 0n) return 0n
  const slope = 3n * BigInt(impactFactorPpm) * BigInt(dailyVolatilityPpm)
  const most = 10n ** 36n - 1n
  if (slope === 0n) return most
  // bracket / (1.5 Y sigma) is 2 bracket / (3 Y sigma); a product of two ppm carries a million more than the bracket.
  const size = (decimal(dailyVolumeUnits) * (2n * bracket * PPM) ** 2n) / slope ** 2n
  return size < most ? size : most
}

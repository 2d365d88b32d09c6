import { formatDecimal18 } from '../../core/quantity/decimal.ts'
import { encodeJson } from '../encode.ts'
import { PORTFOLIO_FORMAT } from './document-format.ts'
import type { Claim, Depth, Fees, FileAsset, FileContract } from './file-terms.ts'
import type { FileFunding, FilePrice, FileVols, Smile, VolSlice } from './market-data.ts'
import type {
  BucketContent,
  FileAccount,
  FileBucket,
  FileModel,
  FileOrder,
  FilePosition,
  PortfolioFile,
} from './portfolio-file.ts'

/** JSON to be: amounts are decimal strings already, and nothing is `undefined` but fields that stay away. */
type Plain = string | number | boolean | undefined | unknown[] | { readonly [key: string]: Plain }

/**
 * The canonical form of a portfolio, itself a portfolio file: comments and paths resolved, short form expanded, defaults filled in,
 * keys sorted, decimals without trailing zeros, times in milliseconds. Files that mean the same give the same text.
 */
export function encodePortfolio(file: PortfolioFile): string {
  return encodeJson({
    format: PORTFOLIO_FORMAT,
    name: file.name,
    asOf: file.asOf,
    unitOfAccount: 'USD',
    model: modelPlain(file.model),
    settlementAsset: file.settlementAsset,
    accounts: file.accounts.map(accountPlain),
    assets: table(file.assets, assetPlain),
    markets: table(file.contracts, contractPlain),
    prices: { ...table(file.assetPrices, pricePlain), ...table(file.contractPrices, pricePlain) },
    vols: table(file.vols, volsPlain),
    funding: table(file.funding, fundingPlain),
    fees: feesPlain(file.fees),
    liquidation: {
      targetHealth: amount(file.liquidation.targetHealth),
      warnUsage: amount(file.liquidation.warnUsage),
      reduceOnlyUsage: amount(file.liquidation.reduceOnlyUsage),
      takeOverUsage: amount(file.liquidation.takeOverUsage),
      keeperFeeUsd: amount(file.liquidation.keeperFee),
      maxRateUsd: amount(file.liquidation.maximumRate),
    },
    insurance: table(file.insurance, amount),
  })
}

/** Ids are letters, digits and a few signs, so that no key of the object has a meaning of its own. */
function table<Item>(
  items: ReadonlyMap<string, Item>,
  plain: (item: Item) => Plain,
): { readonly [key: string]: Plain } {
  return Object.fromEntries([...items].map(([id, item]) => [id, plain(item)]))
}

function amount(atoms: bigint | undefined): string | undefined {
  return atoms === undefined ? undefined : formatDecimal18(atoms)
}

function modelPlain({ id, parameters }: FileModel): Plain {
  switch (parameters.kind) {
    case 'builtIn':
      return { id }
    case 'epochFile':
      return { id, epoch: parameters.path, epochHash: parameters.hash }
    case 'inline':
      return { id, parameters: parameters.section as Plain }
    default:
      return parameters satisfies never
  }
}

function accountPlain({ id, owner, pool, buckets }: FileAccount): Plain {
  return { id, owner, ...contentPlain(pool), buckets: buckets.map(bucketPlain) }
}

function bucketPlain({ id, name, mode, content }: FileBucket): Plain {
  const line = mode.kind === 'line' ? amount(mode.line) : undefined
  return { id, name, mode: mode.kind, line, ...contentPlain(content) }
}

function contentPlain({ balances, positions, orders }: BucketContent): { readonly [key: string]: Plain } {
  return {
    balances: table(balances, amount),
    positions: positions.map(positionPlain),
    orders: orders.map(orderPlain),
  }
}

function positionPlain({ market, quantity, unsettled, accruedFunding }: FilePosition): Plain {
  return {
    market,
    quantity: amount(quantity),
    entryPrice: unsettled.kind === 'entryPrice' ? amount(unsettled.price) : undefined,
    unsettledPnl: unsettled.kind === 'amount' ? amount(unsettled.amount) : undefined,
    accruedFunding: amount(accruedFunding),
  }
}

function orderPlain({ id, market, quantity, limit, reduceOnly }: FileOrder): Plain {
  return { id, market, quantity: amount(quantity), limitPrice: amount(limit), reduceOnly }
}

function assetPlain({ claim, decimals, isCollateral, ...terms }: FileAsset): Plain {
  return {
    ...claimPlain(claim),
    decimals,
    collateral: isCollateral,
    supplyCap: amount(terms.supplyCap),
    accountCap: amount(terms.accountCap),
    borrowCap: amount(terms.borrowCap),
    venueSupply: amount(terms.venueSupply),
    venueBorrow: amount(terms.venueBorrow),
    depth: depthPlain(terms.depth),
  }
}

function claimPlain(claim: Claim): { readonly [key: string]: Plain } {
  if (claim.kind === 'volatile') return { kind: 'volatile' }
  const { reference, exchangeRate, redemptionDelayMs } = claim
  const kind = claim.kind === 'stable' ? 'stable' : 'yield-bearing'
  return { kind, reference, exchangeRate: amount(exchangeRate), redemptionDelayMs }
}

function contractPlain(contract: FileContract): Plain {
  const { kind, underlying, settlement, payoff, tick, lot, status, openInterest, fees, depth } = contract
  return {
    kind,
    underlying,
    settlementAsset: settlement,
    payoff: payoff.kind,
    contractSize: amount(payoff.contractSize),
    expiry: contract.kind === 'perpetual' ? undefined : contract.expiry,
    strike: contract.kind === 'option' ? amount(contract.strike) : undefined,
    right: contract.kind === 'option' ? contract.right : undefined,
    tickSize: amount(tick),
    lotSize: amount(lot),
    status: status === 'reduceOnly' ? 'reduce-only' : status,
    openInterest: amount(openInterest),
    fees: fees === undefined ? undefined : feesPlain(fees),
    depth: depthPlain(depth),
  }
}

function depthPlain(depth: Depth | undefined): Plain {
  if (depth === undefined) return undefined
  const levels = depth.levels.map(({ within, usd }) => ({ within: amount(within), usd: amount(usd) }))
  return { advUsd: amount(depth.advUsd), halfSpread: amount(depth.halfSpread), levels }
}

function feesPlain({ maker, taker, liquidation }: Fees): Plain {
  return { maker: amount(maker), taker: amount(taker), liquidation: amount(liquidation) }
}

function pricePlain({ observed, sources, ...price }: FilePrice): Plain {
  return {
    mark: amount(price.mark),
    index: amount(price.index),
    smoothed: amount(price.smoothed),
    bid: amount(price.bid),
    ask: amount(price.ask),
    vol: amount(price.vol),
    at: observed.kind === 'at' ? observed.at : undefined,
    ageMs: observed.kind === 'age' ? observed.ageMs : undefined,
    confidence: amount(price.confidence),
    interval: amount(price.interval),
    sources,
  }
}

function volsPlain(vols: FileVols): Plain {
  return vols.kind === 'flat' ? amount(vols.vol) : vols.slices.map(slicePlain)
}

function slicePlain({ expiry, forward, rate, confidence, at, smile }: VolSlice): Plain {
  const rest = { expiry, forward: amount(forward), rate: amount(rate), confidence: amount(confidence), at }
  return { ...rest, ...smilePlain(smile) }
}

function smilePlain(smile: Smile): { readonly [key: string]: Plain } {
  if (smile.kind === 'svi') {
    const { a, b, rho, m, sigma, tau } = smile.svi
    return {
      svi: { a: amount(a), b: amount(b), rho: amount(rho), m: amount(m), sigma: amount(sigma), tau: amount(tau) },
    }
  }
  const points = smile.points.map((point) =>
    point.kind === 'strike'
      ? { strike: amount(point.strike), vol: amount(point.vol) }
      : { delta: amount(point.delta), vol: amount(point.vol) },
  )
  return { points }
}

function fundingPlain({ rate, intervalMs, nextAt }: FileFunding): Plain {
  return { rate: amount(rate), intervalMs, nextAt }
}

import { ppm } from '../../src/core/quantity/ppm.ts'
import { accountId, type AssetId } from '../../src/core/instrument/identifier.ts'
import type { Command } from '../../src/core/clearing/command.ts'
import { type Desk, fill, leg, member, priceReport, tradingDesk } from './desk.ts'
import { assetTerms, BTC, BTC_PERP, ETH, ETH_PERP, perpetualTerms, standardEpoch, units, usd, USDT } from './world.ts'

const ALICE = accountId('alice')

/** What an immediate trade costs, of whatever size. */
const spread = (halfSpreadPpm: bigint) => ({
  halfSpreadPpm: ppm(halfSpreadPpm),
  impactPpm: ppm(0n),
  impactNotional: usd('1'),
})

/**
 * Bitcoin at 50,000 and ether at 2,500; contracts on both at a half-spread, assets sold and bought at the mark; a penalty:
 * both nothing unless given.
 * Of BTC and ETH 5% is cut off, a debt of USDT weighs 2%, BTC contracts are charged 3% (initially 5%) and ETH ones 4% (8%).
 */
export function liquidationDesk({
  spreadPpm = 0n,
  penaltyPpm = 0n,
}: {
  spreadPpm?: bigint
  penaltyPpm?: bigint
}): Desk {
  const contract = { closeOutCost: spread(spreadPpm) }
  const asset = (id: AssetId) => assetTerms({ id, closeOutCost: spread(0n) })
  const ether = { id: ETH_PERP, underlying: ETH, lot: units('0.01'), minimumQuantity: units('0.01') }
  return tradingDesk({
    assets: [USDT, BTC, ETH].map(asset),
    markets: [perpetualTerms({ id: BTC_PERP, ...contract }), perpetualTerms({ ...ether, ...contract })],
    epoch: standardEpoch('first', {
      assets: {
        USDT: [0, 0, 20_000, 50_000],
        BTC: [50_000, 100_000, 50_000, 100_000],
        ETH: [50_000, 100_000, 50_000, 100_000],
      },
      markets: { 'BTC-PERP': [['0', 30_000, 50_000]], 'ETH-PERP': [['0', 40_000, 80_000]] },
      bufferPpm: 100_000n,
      penaltyPpm,
    }),
    prices: {
      assets: [
        [USDT, '1'],
        [BTC, '50000'],
        [ETH, '2500'],
      ],
      marks: [
        [BTC_PERP, '50000'],
        [ETH_PERP, '2500'],
      ],
    },
  })
}

/** Asks for a liquidation of alice, of her pool unless told otherwise. */
export const liquidate = (bucket = 0, account = ALICE): Command => ({ type: 'liquidate', account, bucket })

/** Moves the price of bitcoin and the mark of its contract. */
export function marked(desk: Desk, price: string): void {
  desk.accept(priceReport(desk.now(), { assets: [[BTC, price]], marks: [[BTC_PERP, price]] }))
}

/** alice, with `money` USDT, is long `size` bitcoins from 50,000 against bob; then the mark moves. */
export function longDesk(given: {
  money: string
  size: string
  mark: string
  spreadPpm?: bigint
  penaltyPpm?: bigint
}): Desk {
  const desk = liquidationDesk(given)
  member(desk, 'alice', [USDT, given.money])
  member(desk, 'bob', [USDT, '100000'])
  desk.accept(
    fill(BTC_PERP, { quantity: given.size, price: '50000', buyer: leg(ALICE), seller: leg(accountId('bob')) }),
  )
  marked(desk, given.mark)
  return desk
}

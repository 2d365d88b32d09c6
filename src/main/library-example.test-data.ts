import { margin } from './library.ts'

const parameters = {
  assets: {
    ETH: {
      maintenanceHaircutPpm: 100_000,
      initialHaircutPpm: 150_000,
      maintenanceBorrowPpm: 100_000,
      initialBorrowPpm: 150_000,
      source: 'judgement',
    },
    USDC: {
      maintenanceHaircutPpm: 10_000,
      initialHaircutPpm: 20_000,
      maintenanceBorrowPpm: 20_000,
      initialBorrowPpm: 40_000,
      source: 'judgement',
    },
  },
  markets: {},
}

const report = margin({
  format: 'plimsoll portfolio v1',
  model: { id: 'standard', parameters },
  balances: { ETH: '3', USDC: '-3000' },
  prices: { ETH: '2000', USDC: '1' },
})

export const usage = report.nettingSets[0]?.marginUsage
export const decided = report.nettingSets[0]?.liquidatable

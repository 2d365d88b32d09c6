import { expect, test } from 'vitest'
import { timestamp } from '../core/quantity/timestamp.ts'
import { accountId, senderId } from '../core/instrument/identifier.ts'
import type { Command } from '../core/clearing/command.ts'
import { bucketOf, type Desk, fill, leg, member, priceReport } from '../../simulator/workload/desk.ts'
import { liquidationDesk, marked } from '../../simulator/workload/liquidation-desk.ts'
import { BTC, BTC_PERP, ETH_PERP, usd, USDT } from '../../simulator/workload/world.ts'
import type { Decided } from './ports.ts'
import { createSequencer } from './sequencer.ts'
import { createSweep } from './sweep.ts'
import { watchEveryone } from './watch.ts'

const alice = accountId('alice')
const bob = accountId('bob')

/** alice: `pool` USDT and 4 ether contracts in the pool; each bucket with 3,380 USDT, a line and 1 bitcoin contract from 50,000. */
function lineDesk(pool: string, lines: readonly string[]): Desk {
  const desk = liquidationDesk({})
  member(desk, 'alice', [USDT, pool])
  member(desk, 'bob', [USDT, '200000'])
  desk.accept(fill(ETH_PERP, { quantity: '4', price: '2500', buyer: leg(alice), seller: leg(bob) }))
  for (const [i, line] of lines.entries()) {
    const bucket = i + 1
    bucketOf(desk, alice, bucket, 'line', [USDT, '3380'])
    desk.accept({ type: 'setBucketLine', account: alice, bucket, limit: usd(line) })
    desk.accept(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice, { bucket }), seller: leg(bob) }))
  }
  return desk
}

// At 48,000 each bucket is short by 60. The pool has 1,000 and MM 4% of 10,000 = 400: it can spare 600. With ether at 2,390
// NLV is 560 and MM 382.4: it can spare 177.6, enough for two lines; at 2,370 480 - 379.2 = 100.8, enough for one.
test('finds the line buckets that became liquidatable because their pool weakened, the highest number first to go', () => {
  const desk = lineDesk('1000', ['60', '60', '60'])
  const sweep = createSweep()
  const found = () =>
    sweep.findBelowMaintenance(desk.state, watchEveryone.accountsToCheck(desk.state)).map(({ bucket }) => bucket)
  marked(desk, '48000')
  const records = desk.state.accounts.get(alice)
  expect(found()).toEqual([])
  const ether = (price: string) => desk.accept(priceReport(desk.now(), { marks: [[ETH_PERP, price]] }))
  ether('2390')
  expect(found()).toEqual([3])
  ether('2370')
  expect(found()).toEqual([2, 3])
  // 1,000 - 4 * 135 = 460, MM 378.4: 81.6. At 2,355: 420 - 376.8 = 43.2, less than any of them needs.
  ether('2365')
  expect(found()).toEqual([2, 3])
  ether('2355')
  expect(found()).toEqual([1, 2, 3])
  expect(desk.state.accounts.get(alice)).toBe(records)
})

test('a pool that a payment took below its maintenance margin is liquidated with the same prices', () => {
  // At 46,000 the bucket owes 620 and the pool pays 601 of 1,000: 399 are left for an MM of 400.
  const desk = lineDesk('1000', ['601'])
  const rows: Decided[] = []
  const sequencer = createSequencer({
    state: desk.state,
    journal: { append: (batch) => void rows.push(...batch) },
    clock: { now: () => timestamp(desk.now()) },
    watch: watchEveryone,
    sweep: createSweep(),
  })
  const command: Command = priceReport(desk.now(), { assets: [[BTC, '46000']], marks: [[BTC_PERP, '46000']] })
  sequencer.submit([{ sender: senderId('prices'), role: 'oracle', counter: 1, command }])
  const liquidated = rows.slice(1).map(({ sequenced, decision }) => {
    const { envelope } = sequenced
    return [envelope.command.type === 'liquidate' && envelope.command.bucket, decision.ok]
  })
  expect(liquidated).toEqual([
    [1, true],
    [0, true],
  ])
})

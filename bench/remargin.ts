import { watchEveryone, watchNobody } from '../src/runtime/watch.ts'
import { createSweep } from '../src/runtime/sweep.ts'
import { engineOn, noJournal } from './engine.ts'
import { BALANCES_EACH, BENCH_ACCOUNTS, benchWorld, POSITIONS_EACH } from './world.ts'
import { median, timed } from './timing.ts'

const SWEEPS = 20

/** Exact re-margins per second: every account after a price, everything as clearing decides it; and the naive way beside it. */
export async function measureRemargins(): Promise<readonly string[]> {
  const engine = engineOn(noJournal, watchNobody)
  engine.run(benchWorld(BENCH_ACCOUNTS).setup, 256)
  const remembering = createSweep()
  const sweep = () => remembering.findBelowMaintenance(engine.state, watchEveryone.accountsToCheck(engine.state))
  const forgetful = () => createSweep().findBelowMaintenance(engine.state, watchEveryone.accountsToCheck(engine.state))
  for (let i = 0; i < 3; i += 1) sweep()
  const fast: number[] = []
  const slow: number[] = []
  // In turn, so that a busy moment of the machine hits both.
  for (let i = 0; i < SWEEPS; i += 1) {
    fast.push(timed(sweep))
    slow.push(timed(forgetful))
  }
  const perSecond = (times: number[]) => Math.round(BENCH_ACCOUNTS / median(times))
  const [ours, naive] = [perSecond(fast), perSecond(slow)]
  return [
    `Exact re-margins, model standard, accounts of ${BALANCES_EACH} balances and ${POSITIONS_EACH} positions; median of ${SWEEPS} sweeps`,
    '| way | re-margins/s | ratio |',
    '| --- | ---: | ---: |',
    `| sweep, portfolios remembered | ${ours.toLocaleString('en')} | ${(ours / naive).toFixed(2)} |`,
    `| portfolio built anew each time | ${naive.toLocaleString('en')} | 1.00 |`,
  ]
}

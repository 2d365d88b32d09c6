import type { Side } from '../src/core/margin/model.ts'
import { plimsoll1 } from '../src/core/margin/models/plimsoll-1/plimsoll-1.ts'
import type { PreparedEpoch } from '../src/core/margin/models/plimsoll-1/measured-epoch.ts'
import { MARKET_ACCOUNT } from '../src/core/ledger/account.ts'
import { nettingSet, nettingSetNumbers, portfolioOf } from '../src/core/portfolio/portfolio.ts'
import { readHouseEpoch } from '../src/main/house-epoch.ts'
import { watchNobody } from '../src/runtime/watch.ts'
import { engineOn, noJournal } from './engine.ts'
import { median, timed } from './timing.ts'
import { BALANCES_EACH, benchWorld, POSITIONS_EACH } from './world.ts'

const ACCOUNTS = 1_000
const SWEEPS = 10

/** Accounts a second under the house model: cleared by the bound alone, and worked out in full; and how many the bound leaves undecided. */
export async function measureHouseRemargins(): Promise<readonly string[]> {
  const { id, section } = readHouseEpoch()
  const decoded = plimsoll1.decodeParameters(section)
  if (!decoded.ok) throw new Error(`${decoded.field}: expected ${decoded.expected}`)
  const engine = engineOn(noJournal, watchNobody)
  engine.run(benchWorld(ACCOUNTS).setup, 256)
  const inputs = inputsOf(engine.state, decoded.parameters)
  const sure = () => inputs.filter((input) => plimsoll1.isSurelySufficient?.(input) === true).length
  const exact = () => inputs.map((input): Side => plimsoll1.maintenance(input))
  for (let i = 0; i < 2; i += 1) {
    sure()
    exact()
  }
  const [cheap, full]: [number[], number[]] = [[], []]
  // In turn, so that a busy moment of the machine hits both.
  for (let i = 0; i < SWEEPS; i += 1) {
    cheap.push(timed(sure))
    full.push(timed(exact))
  }
  const perSecond = (times: number[]) => Math.round(inputs.length / median(times))
  const [bounded, assessed] = [perSecond(cheap), perSecond(full)]
  const undecided = (1 - sure() / inputs.length) * 100
  return [
    `Re-margins, model plimsoll-1, figures of ${id}, ${inputs.length} accounts of ${BALANCES_EACH} balances and ${POSITIONS_EACH} positions; median of ${SWEEPS} sweeps; ${undecided.toFixed(1)} % left undecided by the bound`,
    '| way | accounts/s | ratio |',
    '| --- | ---: | ---: |',
    `| bound alone | ${bounded.toLocaleString('en')} | ${(bounded / assessed).toFixed(2)} |`,
    `| in full | ${assessed.toLocaleString('en')} | 1.00 |`,
  ]
}

function inputsOf(state: ReturnType<typeof engineOn>['state'], parameters: PreparedEpoch) {
  return [...state.accounts.values()]
    .filter(({ id }) => id !== MARKET_ACCOUNT)
    .flatMap((account) =>
      nettingSetNumbers(account).map((number) => {
        const portfolio = portfolioOf(nettingSet(account, number), state.assetBooks)
        return { portfolio, orders: [], market: state, parameters, time: state.time }
      }),
    )
    .filter(({ portfolio }) => portfolio.positions.length > 0)
}

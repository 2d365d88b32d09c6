import { subtract } from '../../core/quantity/arithmetic.ts'
import { NO_VALUE, type Value } from '../../core/quantity/value.ts'
import type { AccountId } from '../../core/instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../../core/ledger/account.ts'
import type { Epoch } from '../../core/market/epoch.ts'
import type { Rejection } from '../../core/clearing/rejection.ts'
import type { ReadonlyState } from '../../core/clearing/state.ts'
import type { JournalPort } from '../../runtime/ports.ts'
import { watchEveryone } from '../../runtime/watch.ts'
import type { Population } from '../population/population.ts'
import type { TimelinePoint } from '../report/replay-report.ts'
import type { Tape } from '../tape/bar.ts'
import { pricePath } from '../tape/price-path.ts'
import { boundedSeries } from './bounded-series.ts'
import { openDesk } from './desk.ts'
import { type Opened, openAccounts, type PopulationOptions } from './open-population.ts'
import { sendDue, sendPrices, sendVenue } from './send-market.ts'
import { PICTURE_POINTS } from './survey.ts'
import { createTally, type Tally } from './tally.ts'
import { totals, valueOf } from './totals.ts'
import { type Venue, venueOf } from './venue.ts'

export interface ModeOptions extends PopulationOptions {
  readonly tape: Tape
  readonly model: string
  /** Figures of models other than `standard`, which the epoch has beside its own. */
  readonly sections: Epoch['sections']
  readonly journal: JournalPort
  /** Told after every bar how many are done. */
  readonly onBar: (done: number) => void
}

/** What one run left behind. Values in USD. */
export interface ModeOutcome {
  readonly state: ReadonlyState
  readonly population: Population
  readonly venue: Venue
  readonly tally: Tally
  readonly timeline: readonly TimelinePoint[]
  readonly capitalRequired: Value | undefined
  readonly insuranceAtStart: Value
  readonly marketProfit: Value
  /** NLV of every account at the end, over all its netting sets. */
  readonly finalValues: ReadonlyMap<AccountId, Value>
  /** Opening commands the clearinghouse refused: there should be none. */
  readonly refused: readonly Rejection[]
  readonly seconds: number
}

/**
 * Sends a whole tape through a clearinghouse: lists its assets, lets the first bar pass, opens the accounts at its close,
 * then every price, funding and settlement as a command. Funding falls due before the open of its hour; contracts are settled
 * every eight hours; interest accrues with every bar.
 */
export async function runMode(options: ModeOptions): Promise<ModeOutcome> {
  const { tape, model, sections, journal } = options
  const started = performance.now()
  const venue = venueOf(tape.header, model, sections)
  const tally = createTally()
  const desk = openDesk(journal, watchEveryone, (decided) => tally.record(decided, desk.state))
  const timeline = boundedSeries<TimelinePoint>(PICTURE_POINTS, (earlier, later) => ({
    ...later,
    liquidations: earlier.liquidations + later.liquidations,
  }))
  let opened: Opened | undefined
  let bars = 0
  let liquidationsBefore = 0
  for await (const step of tape.steps) {
    if (step.bars.length === 0) continue
    if (opened === undefined) sendVenue(desk, venue, step)
    else sendDue(desk, venue, step)
    for (const batch of pricePath(step, tape.header.intervalMs)) {
      sendPrices(desk, venue, batch)
      opened?.capital?.observe(desk.state)
    }
    opened ??= openAccounts(desk, venue, options)
    bars += 1
    const { liquidations } = tally.sums()
    timeline.add({ ...totals(desk.state), liquidations: liquidations - liquidationsBefore })
    liquidationsBefore = liquidations
    options.onBar(bars)
  }
  const population = opened?.population ?? { drawn: [], leftOut: [] }
  const marketNow = valueOf(desk.state, MARKET_ACCOUNT)
  return {
    state: desk.state,
    population,
    venue,
    tally,
    timeline: timeline.points,
    capitalRequired: opened?.capital?.required,
    insuranceAtStart: opened?.insurance ?? NO_VALUE,
    marketProfit: opened === undefined ? NO_VALUE : subtract(marketNow, opened.marketValue),
    finalValues: new Map(population.drawn.map(({ id }) => [id, valueOf(desk.state, id)])),
    refused: opened?.refused ?? [],
    seconds: (performance.now() - started) / 1_000,
  }
}

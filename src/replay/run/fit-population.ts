import { senderId } from '../../core/instrument/identifier.ts'
import type { Command } from '../../core/clearing/command.ts'
import { decide } from '../../core/clearing/decide.ts'
import type { Event } from '../../core/clearing/event.ts'
import { evolve } from '../../core/clearing/evolve.ts'
import { overlayState, type State } from '../../core/clearing/state.ts'
import type { Epoch } from '../../core/market/epoch.ts'
import { watchNobody } from '../../runtime/watch.ts'
import type { Drawn } from '../population/population.ts'
import { sizedDown, WHOLE_OPENING } from '../population/sized-down.ts'
import type { Mode } from '../report/replay-report.ts'
import type { Tape, TapeStep } from '../tape/bar.ts'
import { pricePath } from '../tape/price-path.ts'
import { openDesk } from './desk.ts'
import { type OpeningCommands, openingCommands } from './open-accounts.ts'
import { fundVenue, sendDeposits } from './open-population.ts'
import { drawnPopulation, type Openings } from './openings.ts'
import { sendPrices, sendVenue } from './send-market.ts'
import { venueOf } from './venue.ts'

export interface FitOptions {
  readonly accounts: number
  readonly seed: number
  /** Every one of these has to let an account open; the shares of isolated buckets are by the first. */
  readonly models: readonly string[]
  readonly sections: Epoch['sections']
  /** Told after every account how many are done. */
  readonly onAccount: (done: number) => void
}

/** One population that every model takes as it is, in either mode. */
export interface FittedPopulation {
  readonly openings: { readonly [mode in Mode]: Openings }
  /** Of each account, how many tenths of its trades and borrows are left. */
  readonly tenths: readonly number[]
}

type Commands = { readonly [mode in Mode]: OpeningCommands }

interface Rehearsal {
  readonly mode: Mode
  readonly state: State
}

/**
 * Draws a population and sizes each account down, in tenths of all its trades and borrows together, to the most with which every model
 * takes all of its opening commands in both modes: rehearsed in clearinghouses like those of the replay, account after account, so that
 * there nothing is refused. An account of which not a tenth is taken keeps its deposits and trades nothing.
 */
export async function fitPopulation(tape: Tape, options: FitOptions): Promise<FittedPopulation> {
  const first = await firstStep(tape)
  const desks = options.models.map((model) => rehearsedDesks(tape, first, model, options)).flat()
  const [cross, isolated] = desks
  if (cross === undefined || isolated === undefined)
    throw new RangeError('a population is fitted to at least one model')
  const population = drawnPopulation(cross.desk.state, cross.venue, options)
  const deposits = population.drawn.map((drawn) => openingCommands(cross.desk.state, drawn, 'cross'))
  for (const { desk } of desks) sendDeposits(desk, deposits)
  // The isolated side of the first model asks most, as a rule: what it refuses need not be tried elsewhere.
  const rehearsals: readonly Rehearsal[] = [isolated, cross, ...desks.slice(2)].map(({ mode, desk }) => ({
    mode,
    state: desk.state,
  }))
  const fitted = population.drawn.map((drawn, i) => {
    const account = fitAccount(drawn, rehearsals)
    options.onAccount(i + 1)
    return account
  })
  const openingsIn = (mode: Mode): Openings => ({
    population: { ...population, drawn: fitted.map(({ drawn }) => drawn) },
    commands: fitted.map(({ commands }) => commands[mode]),
  })
  return {
    openings: { cross: openingsIn('cross'), isolated: openingsIn('isolated') },
    tenths: fitted.map(({ tenths }) => tenths),
  }
}

/** One for each mode, cross first, when the first bar has passed and nobody has opened. */
function rehearsedDesks(tape: Tape, first: TapeStep, model: string, { accounts, sections }: FitOptions) {
  return (['cross', 'isolated'] as const).map((mode) => {
    const venue = venueOf(tape.header, model, sections)
    const desk = openDesk({ append: () => undefined }, watchNobody, () => undefined)
    sendVenue(desk, venue, first)
    for (const batch of pricePath(first, tape.header.intervalMs)) sendPrices(desk, venue, batch)
    fundVenue(desk, venue, accounts)
    return { mode, desk, venue }
  })
}

function fitAccount(drawn: Drawn, rehearsals: readonly Rehearsal[]) {
  for (let tenths = WHOLE_OPENING; tenths > 0; tenths -= 1) {
    const fitted = tryAt(drawn, tenths, rehearsals)
    if (fitted !== undefined) return fitted
  }
  const alone = tryAt(drawn, 0, rehearsals)
  if (alone === undefined) throw new Error(`${drawn.id} cannot even open with its deposits`)
  return alone
}

/** Opens the account in all rehearsals, or in none where one of them refuses a command. */
function tryAt(drawn: Drawn, tenths: number, rehearsals: readonly Rehearsal[]) {
  const sized: Drawn = { ...drawn, opening: sizedDown(drawn.opening, tenths) }
  const [first] = rehearsals
  if (first === undefined) return undefined
  const commands: Commands = {
    cross: openingCommands(first.state, sized, 'cross'),
    isolated: openingCommands(first.state, sized, 'isolated'),
  }
  const taken: { readonly state: State; readonly events: readonly Event[] }[] = []
  for (const { mode, state } of rehearsals) {
    const events = eventsOf(state, commands[mode].trading)
    if (events === undefined) return undefined
    taken.push({ state, events })
  }
  for (const { state, events } of taken) for (const event of events) evolve(state, event)
  return { drawn: sized, commands, tenths }
}

const VENUE = senderId('replay-venue')

/** What the commands do one after another, or undefined where one is refused. The state is not touched. */
function eventsOf(state: State, commands: readonly Command[]): readonly Event[] | undefined {
  const after = overlayState(state)
  const events: Event[] = []
  for (const command of commands) {
    const envelope = { sender: VENUE, role: 'venue', counter: 1, command } as const
    const decision = decide(after, { envelope, sequence: state.sequence + 1, time: state.time })
    if (!decision.ok) return undefined
    for (const event of decision.events) evolve(after, event)
    events.push(...decision.events)
  }
  return events
}

async function firstStep(tape: Tape): Promise<TapeStep> {
  for await (const step of tape.steps) if (step.bars.length > 0) return step
  throw new RangeError(`tape ${tape.header.id} has no bars`)
}

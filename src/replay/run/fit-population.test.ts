import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Command } from '../../core/clearing/command.ts'
import type { Decided } from '../../runtime/ports.ts'
import { sizedDown } from '../population/sized-down.ts'
import type { Mode } from '../report/replay-report.ts'
import type { Tape } from '../tape/bar.ts'
import { findTape } from '../tape/find-tape.ts'
import { type FittedPopulation, fitPopulation } from './fit-population.ts'
import { isOfPopulation } from './lender.ts'
import { runMode } from './run-mode.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const HOUSE = JSON.parse(readFileSync(join(ROOT, 'epochs/provisional-2026-11.json'), 'utf8')).sections['plimsoll-1']
const MODELS = ['plimsoll-1', 'standard']
const MODES: readonly Mode[] = ['cross', 'isolated']
const ACCOUNTS = 60
const options = { accounts: ACCOUNTS, seed: 7, sections: { 'plimsoll-1': HOUSE }, onAccount: () => undefined }

let tape: Tape
let fitted: FittedPopulation
beforeAll(async () => {
  const { header, steps } = await findTape('2022-11-ftx', join(ROOT, 'scenarios'))
  const firstOnly = async function* () {
    for await (const step of steps) {
      yield step
      if (step.bars.length > 0) return
    }
  }
  tape = { header, steps: { [Symbol.asyncIterator]: firstOnly } }
  fitted = await fitPopulation(tape, { ...options, models: MODELS })
}, 60_000)

async function opened(model: string, mode: Mode, { openings }: Pick<FittedPopulation, 'openings'>) {
  const rows: Decided[] = []
  const { refused } = await runMode({
    ...options,
    tape,
    model,
    mode,
    openings: openings[mode],
    measureCapital: false,
    journal: { append: (batch) => void rows.push(...batch) },
    onBar: () => undefined,
  })
  const commands = rows.flatMap(({ sequenced }) => openingOf(sequenced.envelope.command))
  return { refused, commands }
}

function openingOf(command: Command): readonly Command[] {
  if (command.type === 'fill') return [command]
  return 'account' in command && isOfPopulation(command.account) ? [command] : []
}

describe('a fitted population', () => {
  test('opens with the same commands under both models, and nothing is refused in either mode', async () => {
    for (const mode of MODES) {
      const [house, standard] = await Promise.all(MODELS.map((model) => opened(model, mode, fitted)))
      expect([house?.refused, standard?.refused]).toEqual([[], []])
      expect(house?.commands).toEqual(standard?.commands)
      expect(house?.commands.filter(({ type }) => type === 'openAccount')).toHaveLength(ACCOUNTS)
    }
  }, 60_000)

  test('has some accounts as they were drawn and some smaller', () => {
    expect(fitted.tenths).toHaveLength(ACCOUNTS)
    expect(fitted.tenths.filter((left) => left === 10).length).toBeGreaterThan(5)
    expect(fitted.tenths.filter((left) => left > 0 && left < 10).length).toBeGreaterThan(5)
  })

  test('is as large as both models allow: a tenth more of an account is refused somewhere', async () => {
    // The same draw, which the first rates of `standard` let open as it is.
    const whole = await fitPopulation(tape, { ...options, models: ['standard'] })
    const sized = fitted.tenths.flatMap((left, i) => (left < 10 ? [i] : [])).slice(0, 3)
    for (const i of sized) {
      const drawn = whole.openings.cross.population.drawn[i]
      const tenths = fitted.tenths[i] ?? 0
      expect(whole.tenths[i]).toBe(10)
      if (drawn === undefined) throw new Error(`no account ${i}`)
      const larger = sizedDown(drawn.opening, tenths + 1)
      const opening = fitted.openings.cross.population.drawn[i]?.opening
      expect(opening).toEqual(sizedDown(drawn.opening, tenths))
      const scale = (command: Command): Command => {
        if (command.type === 'fill') {
          const trade = larger.trades.find(({ underlying }) => command.market === `${underlying}-PERP`)
          const size = trade?.quantity ?? command.quantity
          return { ...command, quantity: (size < 0n ? -size : size) as typeof command.quantity }
        }
        return command.type === 'withdraw' ? { ...command, ...larger.borrows[0] } : command
      }
      const openingsIn = (mode: Mode) => ({
        ...fitted.openings[mode],
        commands: fitted.openings[mode].commands.map((one, k) =>
          k === i ? { ...one, trading: one.trading.map(scale) } : one,
        ),
      })
      const openings = { cross: openingsIn('cross'), isolated: openingsIn('isolated') }
      const outcomes = await Promise.all(
        MODELS.flatMap((model) => MODES.map((mode) => opened(model, mode, { openings }))),
      )
      expect(outcomes.some(({ refused }) => refused.length > 0)).toBe(true)
    }
  }, 120_000)
})

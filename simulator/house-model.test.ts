import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compareNames } from '../src/core/instrument/identifier.ts'
import { applyDecision } from '../src/core/clearing/apply.ts'
import type { Command, Sequenced } from '../src/core/clearing/command.ts'
import { decide } from '../src/core/clearing/decide.ts'
import { ruleAt } from '../src/core/clearing/epoch-ramp.ts'
import { initialOf, maintenanceOf, viewNettingSet } from '../src/core/clearing/margin-check.ts'
import { recountAssets, recountContracts } from '../src/core/clearing/recount.ts'
import { genesis, type ReadonlyState } from '../src/core/clearing/state.ts'
import { MARKET_ACCOUNT } from '../src/core/ledger/account.ts'
import { nettingSetNumbers, ordersOf } from '../src/core/portfolio/portfolio.ts'
import { createWorkload } from './workload/generate.ts'

/** Everything the workload draws, decided under `plimsoll-1`; half of its assets are not in the epoch. */

const STEPS = 2_000
const LOOK_EVERY = 100
const WINDOWS = 160

interface Section {
  readonly initialFactorPpm: number
  readonly windows: { readonly columns: Readonly<Record<string, readonly number[]>> }
}

const { sections } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../epochs/provisional-2026-11.json'), 'utf8'),
) as { sections: Record<string, Section> }

/** The provisional section with fewer windows and an initial factor that differs from epoch to epoch. */
function houseSection(count: number) {
  const section = sections['plimsoll-1']
  if (section === undefined) throw new Error('the provisional epoch has no section plimsoll-1')
  const columns = Object.entries(section.windows.columns).map(([name, column]) => [name, column.slice(0, WINDOWS)])
  return {
    ...section,
    initialFactorPpm: 1_100_000 + 50_000 * (count % 5),
    windows: { count: WINDOWS, columns: Object.fromEntries(columns) },
  }
}

function underHouseModel(sequenced: Sequenced): Sequenced {
  const { command } = sequenced.envelope
  if (command.type !== 'adoptEpoch') return sequenced
  const section = houseSection(sequenced.sequence)
  const epoch = { ...command.epoch, model: 'plimsoll-1', sections: { 'plimsoll-1': section } }
  const house: Command = { ...command, epoch }
  return { ...sequenced, envelope: { ...sequenced.envelope, command: house } }
}

test.each([6n, 11n, 30n])(
  'INV-MARGIN-17: seed %s under the house model conserves, explains and orders its margins',
  (seed) => {
    const state = genesis()
    const workload = createWorkload(seed)
    const seen = { liquidations: 0, options: 0, looks: 0 }
    for (let i = 1; i <= STEPS; i += 1) {
      const sequenced = underHouseModel(workload.next(state))
      const decision = decide(state, sequenced)
      applyDecision(state, sequenced, decision)
      const types = decision.ok ? decision.events.map(({ type }) => type) : []
      if (types.includes('LiquidationStarted')) seen.liquidations += 1
      if (types.includes('OptionFilled')) seen.options += 1
      if (i % LOOK_EVERY === 0) seen.looks += lookAt(state)
    }
    expect(seen.liquidations).toBeGreaterThan(0)
    expect(seen.options).toBeGreaterThan(0)
    expect(seen.looks).toBeGreaterThan(100)
  },
)

/** Every netting set: how many there were. */
function lookAt(state: ReadonlyState): number {
  expect(recountAssets(state).filter(({ difference }) => difference !== 0n)).toEqual([])
  expect(recountContracts(state).filter(({ balanced }) => !balanced)).toEqual([])
  const { risk, time } = state
  if (risk === undefined) return 0
  let looks = 0
  for (const account of [...state.accounts.values()].sort((a, b) => compareNames(a.id, b.id))) {
    if (account.id === MARKET_ACCOUNT) continue
    for (const number of nettingSetNumbers(account)) {
      const view = viewNettingSet(state, account.id, number)
      if (view === undefined) continue
      const [maintenance, initial] = [maintenanceOf(state, risk, view, time), initialOf(state, risk, view, time)]
      expect(maintenance.requirement >= 0n && maintenance.requirement <= initial.requirement).toBe(true)
      expect(initial.value).toBe(maintenance.value)
      const { model, parameters } = ruleAt(risk, time)
      const input = { portfolio: view.portfolio, orders: ordersOf(view.buckets), market: state, parameters, time }
      const { derivation, attribution } = model.explainMaintenance({ ...input, orders: [] })
      expect(derivation.value).toBe(maintenance.requirement)
      expect(attribution.reduce((sum, { value }) => sum + value, 0n)).toBe(maintenance.requirement)
      if (model.isSurelySufficient?.(input) === true) expect(maintenance.sufficient).toBe(true)
      looks += 1
    }
  }
  return looks
}

import { describe, expect, test } from 'vitest'
import { timestamp } from '../quantity/timestamp.ts'
import { accountId } from '../instrument/identifier.ts'
import type { Epoch } from '../market/epoch.ts'
import { type RampRequest, rampTerms } from '../market/ramp-terms.ts'
import { standard } from '../margin/models/standard/standard.ts'
import {
  type Desk,
  emptyDesk,
  fill,
  leg,
  member,
  MS_PER_DAY,
  outcome,
  priceReport,
  tradingDesk,
} from '../../../simulator/workload/desk.ts'
import {
  atoms,
  BTC_PERP,
  standardEpoch,
  THIN,
  USDT,
  WORLD_FIGURES,
  WORLD_PRICES,
} from '../../../simulator/workload/world.ts'
import { adoptedEpoch, adoptedRisk } from './adopted-epoch.ts'
import { modelsAt, rampRejection, ruleAt, withRamp } from './epoch-ramp.ts'
import { initialOf, maintenanceOf, viewNettingSet } from './margin-check.ts'
import { readRisk, type Risk } from './state.ts'

const [alice, bob] = [accountId('alice'), accountId('bob')]
const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** The world's epoch with another margin on BTC-PERP, ppm of the notional. */
function epoch(id: string, maintenance: number, initial: number): Epoch {
  return standardEpoch(id, { markets: { 'BTC-PERP': [['0', maintenance, initial]] } })
}

/** 3% and 5% to begin with: of a notional of 50,000 that is 1,500 and 2,500. */
const FIRST = epoch('first', 30_000, 50_000)
const DEARER = epoch('dearer', 60_000, 80_000)
const CHEAPER = epoch('cheaper', 10_000, 20_000)
const URGENT = epoch('urgent', 90_000, 100_000)

/** alice is long one bitcoin at its mark of 50,000 with 10,000 USDT. */
function longDesk(): Desk {
  const desk = tradingDesk({ epoch: FIRST })
  member(desk, 'alice', [USDT, '10000'])
  member(desk, 'bob', [USDT, '100000'])
  desk.accept(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice), seller: leg(bob) }))
  return desk
}

function adopt(desk: Desk, next: Epoch, ramp?: RampRequest) {
  return desk.send(ramp === undefined ? { type: 'adoptEpoch', epoch: next } : { type: 'adoptEpoch', epoch: next, ramp })
}

function adopted(next: Epoch, ramp?: RampRequest): Desk {
  const desk = longDesk()
  expect(outcome(adopt(desk, next, ramp))).toBe('ok')
  return desk
}

/** Both margins of alice's pool now. */
function margins(desk: Desk): { readonly maintenance: bigint; readonly initial: bigint } {
  const view = viewNettingSet(desk.state, alice, 0)
  const { risk } = desk.state
  if (view === undefined || risk === undefined) throw new Error('nothing to margin')
  const maintenance = maintenanceOf(desk.state, risk, view, desk.now()).requirement
  return { maintenance, initial: initialOf(desk.state, risk, view, desk.now()).requirement }
}

function upTo(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}

describe('a ramp of a day', () => {
  // From 1,500 to 3,000: 1,500 / 1,440 more every minute.
  const minute = (n: bigint) => atoms('1500') + upTo(atoms('1500') * n, 1_440n)
  const rising: [name: string, ms: number, want: bigint][] = [
    ['INV-RAMP-1: at first nothing changes', 0, atoms('1500')],
    ['nor before the first minute is over', MINUTE - 1, atoms('1500')],
    ['after a minute', MINUTE, minute(1n)],
    ['after half of it', 12 * HOUR, atoms('2250')],
    ['a millisecond before its end', MS_PER_DAY - 1, minute(1_439n)],
    ['INV-RAMP-5: at its end the new margin is charged', MS_PER_DAY, atoms('3000')],
    ['and from then on', 40 * MS_PER_DAY, atoms('3000')],
  ]
  test.each(rising)('%s', (_name, ms, want) => {
    const desk = adopted(DEARER)
    desk.pass(ms)
    // 8% of 50,000 at once: new risk is judged by both.
    expect(margins(desk)).toEqual({ maintenance: want, initial: atoms('4000') })
  })

  const falling: [name: string, ramp: RampRequest | undefined, ms: number, want: string, initial: string][] = [
    ['no less until its end', undefined, MS_PER_DAY - 1, '1500', '2500'],
    ['all of it then', undefined, MS_PER_DAY, '500', '1000'],
    ['no less until the delay is over', { looseningDelayMs: 2 * HOUR }, 2 * HOUR - 1, '1500', '2500'],
    ['all of it then, but for new risk', { looseningDelayMs: 2 * HOUR }, 2 * HOUR, '500', '2500'],
    ['at once if there is no delay', { looseningDelayMs: 0 }, 0, '500', '2500'],
  ]
  test.each(falling)('a lower margin: %s', (_name, ramp, ms, maintenance, initial) => {
    const desk = adopted(CHEAPER, ramp)
    desk.pass(ms)
    expect(margins(desk)).toEqual({ maintenance: atoms(maintenance), initial: atoms(initial) })
  })

  test('the first epoch of a venue is in force at once, however it was asked for', () => {
    const desk = emptyDesk()
    const [event] = desk.accept({ type: 'adoptEpoch', epoch: FIRST, ramp: { durationMs: 2 * MS_PER_DAY } })
    expect(event).toEqual({ type: 'EpochAdopted', epoch: FIRST })
    expect(desk.state.risk?.ramp).toBeUndefined()
  })

  test('who would be liquidated under the new epoch is not before the ramp reaches what they have', () => {
    const desk = longDesk()
    // Of 10,000 the fall by 8,000 leaves 2,000.
    desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '42000']] }))
    // 3% of 42,000 is 1,260, 6% is 2,520: 1,260 + 1,260 * 846 / 1,440 = 2,000.25, at minute 845 1,999.375.
    desk.accept({ type: 'adoptEpoch', epoch: DEARER })
    const liquidate = () => outcome(desk.send({ type: 'liquidate', account: alice, bucket: 0 }))
    expect(liquidate()).toBe('NotLiquidatable')
    desk.pass(845 * MINUTE)
    desk.accept(priceReport(desk.now(), { ...WORLD_PRICES, marks: [[BTC_PERP, '42000']] }))
    expect(liquidate()).toBe('NotLiquidatable')
    desk.pass(MINUTE)
    desk.accept(priceReport(desk.now(), { ...WORLD_PRICES, marks: [[BTC_PERP, '42000']] }))
    expect(liquidate()).toBe('ok')
    // The plan was made by the same blend: what is left has the buffer of 10%, and hardly more.
    const view = viewNettingSet(desk.state, alice, 0)
    const { risk } = desk.state
    if (view === undefined || risk === undefined) throw new Error('nothing to margin')
    const { value, requirement } = maintenanceOf(desk.state, risk, view, desk.now())
    const buffers = ((value - requirement) * 1_000n) / requirement
    expect([buffers >= 100n, buffers < 105n]).toEqual([true, true])
  })
})

describe('an emergency', () => {
  /** Half way from 1,500 to 3,000. */
  function halfWay(): Desk {
    const desk = adopted(DEARER)
    desk.pass(12 * HOUR + 59_999)
    return desk
  }

  const table: [name: string, next: Epoch, ramp: RampRequest, ms: number, want: string, initial: string][] = [
    ['INV-RAMP-4: starts from exactly what was charged', URGENT, { emergency: true }, 0, '2250', '5000'],
    // 4,500 in an hour: 2,250 more.
    ['takes an hour', URGENT, { emergency: true }, 30 * MINUTE, '3375', '5000'],
    ['and is over then', URGENT, { emergency: true }, HOUR, '4500', '5000'],
    ['may take longer', URGENT, { emergency: true, durationMs: 2 * HOUR }, 30 * MINUTE, '2812.5', '5000'],
    // The interrupted ramp stands still meanwhile; 8% of the epoch that was coming in binds initially.
    ['may lower, when its delay is over', CHEAPER, { emergency: true }, HOUR - 1, '2250', '4000'],
    ['lowers to what it asks', CHEAPER, { emergency: true, looseningDelayMs: 10 * MINUTE }, 10 * MINUTE, '500', '4000'],
    ['may take back what was coming in', FIRST, { emergency: true, looseningDelayMs: 0 }, 0, '1500', '4000'],
  ]
  test.each(table)('%s', (_name, next, ramp, ms, maintenance, initial) => {
    const desk = halfWay()
    expect(outcome(adopt(desk, next, ramp))).toBe('ok')
    desk.pass(ms)
    expect(margins(desk)).toEqual({ maintenance: atoms(maintenance), initial: atoms(initial) })
  })

  test('INV-RAMP-4: it starts from a lowered margin that had loosened', () => {
    const desk = adopted(CHEAPER, { looseningDelayMs: HOUR })
    desk.pass(HOUR)
    adopt(desk, URGENT, { emergency: true })
    expect(margins(desk).maintenance).toBe(atoms('500'))
    desk.pass(15 * MINUTE)
    // 500 + 4,000 / 4.
    expect(margins(desk).maintenance).toBe(atoms('1500'))
  })

  test('INV-RAMP-9: what is explained of all three epochs is what is charged, and the parts add up to it', () => {
    const desk = halfWay()
    adopt(desk, URGENT, { emergency: true })
    desk.pass(7 * MINUTE)
    const { state } = desk
    const portfolio = viewNettingSet(state, alice, 0)?.portfolio
    if (state.risk === undefined || portfolio === undefined) throw new Error('nothing to explain')
    const { model, parameters } = ruleAt(state.risk, desk.now())
    const input = { portfolio, orders: [], market: state, parameters, time: desk.now() }
    const { derivation, attribution } = model.explainMaintenance(input)
    // 2,250 + 2,250 * 7 / 60, of which 2,250 was 1,500 + 1,500 * 720 / 1,440.
    expect(derivation.value).toBe(atoms('2512.5'))
    expect(derivation.value).toBe(margins(desk).maintenance)
    expect(attribution.reduce((sum, part) => sum + part.value, 0n)).toBe(derivation.value)
    const [before, now] = derivation.terms
    expect([before?.op, before?.value, now?.value]).toEqual(['ramp', atoms('2250'), atoms('4500')])
    expect(before?.terms.map(({ value }) => value)).toEqual(['1500', '3000', '720', '1440'].map(atoms))
  })

  test('a snapshot taken meanwhile charges the same', () => {
    const desk = halfWay()
    adopt(desk, URGENT, { emergency: true })
    desk.pass(7 * MINUTE)
    const before = margins(desk)
    const { risk } = desk.state
    if (risk === undefined) throw new Error('no epoch')
    desk.state.risk = adoptedRisk(structuredClone(adoptedEpoch(risk)))
    expect(margins(desk)).toEqual(before)
    expect(adoptedEpoch(desk.state.risk)).toEqual(adoptedEpoch(risk))
  })
})

describe('one at a time', () => {
  const table: [name: string, first: RampRequest, ms: number, second: RampRequest, want: string][] = [
    ['another during a ramp', {}, MS_PER_DAY - 1, {}, 'EpochRamping'],
    ['another after it', {}, MS_PER_DAY, {}, 'ok'],
    ['an emergency during it', {}, MS_PER_DAY - 1, { emergency: true }, 'ok'],
    ['an emergency during an emergency', { emergency: true }, HOUR - 1, { emergency: true }, 'EpochRamping'],
    ['another during an emergency', { emergency: true }, HOUR - 1, {}, 'EpochRamping'],
    ['an emergency after one', { emergency: true }, HOUR, { emergency: true }, 'ok'],
    ['too short', {}, MS_PER_DAY, { durationMs: MINUTE }, 'BadTerms'],
  ]
  test.each(table)('%s', (_name, first, ms, second, want) => {
    const desk = adopted(DEARER, first)
    desk.pass(ms)
    expect(outcome(adopt(desk, URGENT, second))).toBe(want)
    expect(desk.state.risk?.epoch.id).toBe(want === 'ok' ? 'urgent' : 'dearer')
  })

  test('the refusal names what is coming in, and until when', () => {
    const desk = adopted(DEARER)
    const endsAt = desk.now() + MS_PER_DAY
    desk.pass(HOUR)
    const rejection = { reason: 'EpochRamping', epoch: 'dearer', endsAt }
    expect(adopt(desk, URGENT)).toEqual({ ok: false, rejection })
  })

  test('INV-RAMP-7: a third ramp in a ramp stops the engine', () => {
    const at = (minutes: number) => rampTerms({ emergency: true }, timestamp(minutes * MINUTE))
    const two = withRamp(withRamp(riskOf(FIRST), riskOf(DEARER), at(0)), riskOf(URGENT), at(10))
    expect(() => withRamp(two, riskOf(CHEAPER), at(20))).toThrow('INV-RAMP-7')
    // The first two are over by then.
    expect(withRamp(two, riskOf(CHEAPER), at(70)).ramp?.from.ramp).toBeUndefined()
  })
})

describe('what only the new epoch knows', () => {
  const { THIN: thin, ...others } = WORLD_FIGURES.assets
  if (thin === undefined) throw new Error('the world has no thin asset')
  const withoutThin = standardEpoch('without', { assets: others })
  const withThin = standardEpoch('with')

  test('is charged by it at once: a new collateral does not wait for a day', () => {
    const desk = tradingDesk({ epoch: withoutThin })
    member(desk, 'alice', [THIN, '100'])
    // 100 at 2 USD, worth nothing at first; then haircuts of 40% and 60%.
    expect(margins(desk)).toEqual({ maintenance: atoms('200'), initial: atoms('200') })
    desk.accept({ type: 'adoptEpoch', epoch: withThin })
    expect(margins(desk)).toEqual({ maintenance: atoms('80'), initial: atoms('120') })
  })

  test('in an emergency during a ramp it is charged by the newest that knows it', () => {
    const desk = tradingDesk({ epoch: withoutThin })
    member(desk, 'alice', [THIN, '100'])
    desk.accept({ type: 'adoptEpoch', epoch: standardEpoch('still without', { assets: others }) })
    desk.accept({ type: 'adoptEpoch', epoch: withThin, ramp: { emergency: true } })
    expect(margins(desk)).toEqual({ maintenance: atoms('80'), initial: atoms('120') })
  })

  test('what it no longer knows becomes worthless with the minutes', () => {
    const desk = tradingDesk({ epoch: withThin })
    member(desk, 'alice', [THIN, '100'])
    desk.accept({ type: 'adoptEpoch', epoch: withoutThin })
    desk.pass(12 * HOUR)
    // Half way from 80 to 200.
    expect(margins(desk).maintenance).toBe(atoms('140'))
  })
})

function riskOf(document: Epoch): Risk {
  const reading = readRisk(document)
  if (reading?.ok !== true) throw new Error(`${document.id} cannot be read`)
  return reading.risk
}

describe('models', () => {
  const terms = rampTerms({ emergency: true }, timestamp(0))
  const preset = { ...standard, id: 'preset', completed: undefined } as unknown as Risk['model']
  const presetRisk: Risk = { ...riskOf(FIRST), model: preset }
  const other: Risk = { ...riskOf(withRows()), model: { ...standard, id: 'other' } as Risk['model'] }

  function withRows(): Epoch {
    return standardEpoch('rows', { markets: {} })
  }

  test('a preset ramps neither from nor to another, not even in an emergency', () => {
    const rejection = { reason: 'EpochCannotRamp', from: 'preset', to: 'standard' }
    expect(rampRejection(presetRisk, riskOf(DEARER).model, terms)).toEqual(rejection)
    expect(rampRejection(riskOf(FIRST), presetRisk.model, terms)).toMatchObject({ from: 'standard', to: 'preset' })
    expect(rampRejection(riskOf(FIRST), other.model, terms)).toBeUndefined()
  })

  test('another house model is blended, and knows nothing of the rows of the new one', () => {
    const risk = withRamp(other, riskOf(FIRST), terms)
    expect(risk.ramp?.from.parameters).toEqual(other.parameters)
    expect(modelsAt(risk, timestamp(0)).map(({ id }) => id)).toEqual(['standard', 'other'])
    expect(modelsAt(risk, timestamp(HOUR)).map(({ id }) => id)).toEqual(['standard'])
  })

  test('INV-RAMP-5: when a ramp is over, the new epoch charges by itself', () => {
    const risk = withRamp(riskOf(FIRST), riskOf(DEARER), terms)
    expect(ruleAt(risk, timestamp(HOUR - 1))).not.toBe(risk)
    expect(ruleAt(risk, timestamp(HOUR))).toBe(risk)
    expect(ruleAt(risk, timestamp(HOUR)).model).toBe(standard)
  })
})

import { describe, expect, test } from 'vitest'
import { accountId } from '../instrument/identifier.ts'
import { maintenanceOf, viewNettingSet } from './margin-check.ts'
import { bucketOf, type Desk, fill, held, leg, member, outcome, priceReport } from '../../../simulator/workload/desk.ts'
import { liquidate, liquidationDesk, marked } from '../../../simulator/workload/liquidation-desk.ts'
import { at, atoms, BTC_PERP, ETH, ETH_PERP, units, usd, USDT } from '../../../simulator/workload/world.ts'
import type { Event } from './event.ts'

const alice = accountId('alice')
const bob = accountId('bob')
const ATOM = '000000000000000001'

/** alice's bucket is a line bucket with `money` USDT and a line, and long 1 bitcoin from 50,000. */
function longIn(desk: Desk, bucket: number, { money, line }: { money: string; line: string }): void {
  bucketOf(desk, alice, bucket, 'line', [USDT, money])
  desk.accept({ type: 'setBucketLine', account: alice, bucket, limit: usd(line) })
  desk.accept(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice, { bucket }), seller: leg(bob) }))
}

/** A desk with `pool` USDT in alice's pool, and bob on the other side. */
function poolDesk(pool: string): Desk {
  const desk = liquidationDesk({})
  member(desk, 'alice', [USDT, pool])
  member(desk, 'bob', [USDT, '200000'])
  return desk
}

const bucketNow = (desk: Desk, bucket: number) => desk.state.accounts.get(alice)?.buckets.get(bucket)
const namesOf = (events: readonly Event[]) => events.map(({ type }) => type)

describe('lines are served in ascending number', () => {
  // Long 1 at 48,000 with 3,380: NLV 1,380, MM 3% of 48,000 = 1,440. Each bucket is short by 60, each line is 60.
  const threeLines = (pool: string) => {
    const desk = poolDesk(pool)
    for (const bucket of [1, 2, 3]) longIn(desk, bucket, { money: '3380', line: '60' })
    marked(desk, '48000')
    return desk
  }
  const [kept, closed] = ['NotLiquidatable', 'ok']

  test.each([
    // 60 for the first, 40 for the second, nothing for the third.
    ['100', [kept, closed, closed]],
    ['180', [kept, kept, kept]],
    [`179.${'9'.repeat(18)}`, [kept, kept, closed]],
    ['120', [kept, kept, closed]],
    [`119.${'9'.repeat(18)}`, [kept, closed, closed]],
    ['60', [kept, closed, closed]],
    [`59.${'9'.repeat(18)}`, [closed, closed, closed]],
    ['0.000001', [closed, closed, closed]],
  ])('of a pool of %s', (pool, want) => {
    // Each on a desk of its own: a bucket that was closed out draws nothing any more.
    expect([1, 2, 3].map((bucket) => outcome(threeLines(pool).send(liquidate(bucket))))).toEqual(want)
    expect(outcome(threeLines(pool).send(liquidate(0)))).toBe(kept)
  })

  test('what was granted is told, of a bucket spared and of one liquidated', () => {
    const desk = threeLines('100')
    expect(desk.send(liquidate(1))).toEqual({
      ok: false,
      rejection: {
        reason: 'NotLiquidatable',
        account: alice,
        bucket: 1,
        value: usd('1380'),
        maintenanceMargin: usd('1440'),
        granted: usd('60'),
      },
    })
    expect(desk.accept(liquidate(2))[0]).toMatchObject({ type: 'LiquidationStarted', bucket: 2, granted: usd('40') })
    // The second draws nothing after it was closed out on its own means: its 40 are free for the third, which needs 60.
    expect(desk.accept(liquidate(3))[0]).toMatchObject({ type: 'LiquidationStarted', bucket: 3, granted: usd('40') })
    expect(outcome(desk.send(liquidate(1)))).toBe(kept)
  })

  test('liquidating one touches neither the pool nor the other lines, and pays nothing while it is above zero', () => {
    const desk = threeLines('100')
    const before = [0, 1, 3].map((bucket) => bucketNow(desk, bucket))
    const line = bucketNow(desk, 2)?.line
    const events = desk.accept(liquidate(2))
    expect(namesOf(events)).not.toContain('LinePaid')
    expect([0, 1, 3].map((bucket) => bucketNow(desk, bucket))).toEqual(before)
    expect(bucketNow(desk, 2)?.line).toBe(line)
  })
})

describe('what the pool can spare', () => {
  // The pool is long 4 ether from 2,500, now at 2,390: NLV is its money - 440, MM 4% of 9,560 = 382.4, so it can spare its
  // money - 822.4. The bucket is short by 60, and its line is 100.
  test.each([
    ['60, just what is missing', '882.4', 'NotLiquidatable', 'NotLiquidatable'],
    ['an atom less', `882.3${'9'.repeat(17)}`, 'ok', 'NotLiquidatable'],
    ['nothing, at its maintenance margin', '822.4', 'ok', 'NotLiquidatable'],
    ['nothing, below it', `822.3${'9'.repeat(17)}`, 'ok', 'ok'],
  ])('%s', (_name, money, bucket, pool) => {
    const desk = () => {
      const made = poolDesk(money)
      made.accept(fill(ETH_PERP, { quantity: '4', price: '2500', buyer: leg(alice), seller: leg(bob) }))
      longIn(made, 1, { money: '3380', line: '100' })
      marked(made, '48000')
      made.accept(priceReport(made.now(), { marks: [[ETH_PERP, '2390']] }))
      return made
    }
    expect(outcome(desk().send(liquidate(1)))).toBe(bucket)
    expect(outcome(desk().send(liquidate(0)))).toBe(pool)
  })

  // The pool has a millionth and an ether at 2,500 less 5%: 2,375.000001 to spare. The bucket, long 1 at 46,000 with 2,980: NLV
  // -1,020, MM 3% of 46,000 and 2% of a debt of 1,020, 1,400.4: it lacks 2,420.4, that is 45.399999 more.
  test.each([
    ['is certain', '0', false, 'ok'],
    ['may be not quite as much higher', '45.399998', true, 'ok'],
    ['may be just as much higher', '45.399999', true, 'PriceDoubtful'],
  ])('a bucket is liquidated when a price in the pool %s', (_name, halfWidth, guarded, want) => {
    const desk = poolDesk('0.000001')
    desk.accept({ type: 'deposit', account: alice, bucket: 0, asset: ETH, quantity: units('1') })
    longIn(desk, 1, { money: '2980', line: '9000' })
    marked(desk, '46000')
    desk.accept({
      type: 'reportPrices',
      observedAt: desk.now(),
      assets: [{ asset: ETH, price: at('2500'), halfWidth: usd(halfWidth), guarded }],
      marks: [],
    })
    expect(outcome(desk.send(liquidate(1)))).toBe(want)
  })
})

describe('a bucket closed out below zero', () => {
  // Long 1 with 3,380, at 46,000: NLV -620, MM 1,380 and 12.4 for the debt. Closed, it owes 620 USDT. Nobody insures it.
  const closedOut = (pool: string, line: string) => {
    const desk = poolDesk(pool)
    longIn(desk, 1, { money: '3380', line })
    marked(desk, '46000')
    return { desk, events: desk.accept(liquidate(1)) }
  }

  test.each([
    ['the line pays a part', '10000', '500', '500', undefined],
    ['the line pays all but an atom', '10000', `619.${'9'.repeat(18)}`, `619.${'9'.repeat(18)}`, undefined],
    ['the line pays all', '10000', '620', '620', undefined],
    ['the line pays all and a part of it is left', '10000', '700', '620', '80'],
    ['the pool pays what it has', '300', '700', '300', '400'],
    ['an atom', '10000', `0.${ATOM}`, `0.${ATOM}`, undefined],
  ])('%s', (_name, pool, line, paid, left) => {
    const { desk, events } = closedOut(pool, line)
    expect(events.find(({ type }) => type === 'LinePaid')).toEqual({
      type: 'LinePaid',
      account: alice,
      bucket: 1,
      value: usd(paid),
      debts: [{ asset: USDT, quantity: units(paid) }],
    })
    expect(bucketNow(desk, 1)?.line).toBe(left === undefined ? undefined : usd(left))
    expect(bucketNow(desk, 1)?.mode).toBe('line')
    expect(held(desk.state, alice, USDT)).toBe(atoms(pool) - atoms(paid))
    expect(held(desk.state, alice, USDT, 1)).toBe(0n)
    const deficit = atoms('620') - atoms(paid)
    expect(desk.state.assetBooks.get(USDT)?.ledger.deficit).toBe(deficit)
    expect(namesOf(events).includes('DeficitRecorded')).toBe(deficit > 0n)
  })

  test('pays before the insurance fund, and in an isolated bucket the pool pays nothing', () => {
    const desk = poolDesk('10000')
    desk.accept({ type: 'fundInsurance', asset: USDT, quantity: units('50') })
    longIn(desk, 1, { money: '3380', line: '500' })
    bucketOf(desk, alice, 2, 'isolated', [USDT, '3380'])
    desk.accept(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice, { bucket: 2 }), seller: leg(bob) }))
    marked(desk, '46000')
    const pays = (events: readonly Event[]) =>
      namesOf(events).filter((name) => /LinePaid|InsuranceDrawn|DeficitRecorded/.test(name))
    expect(pays(desk.accept(liquidate(1)))).toEqual(['LinePaid', 'InsuranceDrawn', 'DeficitRecorded'])
    const pool = bucketNow(desk, 0)
    expect(pays(desk.accept(liquidate(2)))).toEqual(['DeficitRecorded'])
    expect(bucketNow(desk, 0)).toBe(pool)
  })

  test('a line that was used up guarantees nothing until it is granted anew', () => {
    const { desk } = closedOut('10000', '500')
    const again = () =>
      fill(BTC_PERP, { quantity: '0.1', price: '46000', buyer: leg(alice, { bucket: 1 }), seller: leg(bob) })
    expect(outcome(desk.send(again()))).toBe('InitialMarginBreached')
    // 5% of 4,600.
    desk.accept({ type: 'setBucketLine', account: alice, bucket: 1, limit: usd('230') })
    expect(outcome(desk.send(again()))).toBe('ok')
  })

  test('INV-LINE-3: what is paid over several close-outs adds up to the grant and no more', () => {
    const { desk } = closedOut('10000', '700')
    // 620 of 700 are gone. Long 1 again from 46,000 with 2,300 of its own; at 43,000 it owes 700, of which 80 are left.
    desk.accept({ type: 'deposit', account: alice, bucket: 1, asset: USDT, quantity: units('2300') })
    desk.accept(fill(BTC_PERP, { quantity: '1', price: '46000', buyer: leg(alice, { bucket: 1 }), seller: leg(bob) }))
    marked(desk, '43000')
    const paid = desk.accept(liquidate(1)).find(({ type }) => type === 'LinePaid')
    expect(paid).toMatchObject({ value: usd('80') })
    expect(held(desk.state, alice, USDT)).toBe(atoms('9300'))
    expect(bucketNow(desk, 1)?.line).toBeUndefined()
  })

  // A payment, unlike a draw, may take the pool below its maintenance margin: it is long 4 ether at 2,500, MM 400, with 1,000.
  test.each([
    ['600', 'NotLiquidatable'],
    [`600.${ATOM}`, 'ok'],
  ])('a line of %s leaves a pool of 1,000 with a margin of 400 liquidatable or not', (line, want) => {
    const desk = poolDesk('1000')
    desk.accept(fill(ETH_PERP, { quantity: '4', price: '2500', buyer: leg(alice), seller: leg(bob) }))
    longIn(desk, 1, { money: '3380', line })
    marked(desk, '46000')
    expect(outcome(desk.send(liquidate(0)))).toBe('NotLiquidatable')
    desk.accept(liquidate(1))
    expect(outcome(desk.send(liquidate(0)))).toBe(want)
  })

  test('a partial close-out restores the bucket by itself: it draws nothing afterwards', () => {
    // Long 1 at 48,000 with 3,400 and no pool to speak of: NLV 1,400, MM 1,440.
    const desk = poolDesk('10')
    longIn(desk, 1, { money: '3400', line: '39' })
    marked(desk, '48000')
    const started = desk.accept(liquidate(1))[0]
    expect(started).toMatchObject({ type: 'LiquidationStarted', extent: 'partial', granted: usd('10') })
    const view = viewNettingSet(desk.state, alice, 1)
    if (view === undefined || desk.state.risk === undefined) throw new Error('no bucket')
    expect(maintenanceOf(desk.state, desk.state.risk, view, desk.now()).sufficient).toBe(true)
    expect(bucketNow(desk, 1)?.line).toBe(usd('39'))
  })
})

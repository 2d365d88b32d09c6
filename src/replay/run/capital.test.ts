import { expect, test } from 'vitest'
import { add } from '../../core/quantity/arithmetic.ts'
import { ONE } from '../../core/quantity/unit.ts'
import { value } from '../../core/quantity/value.ts'
import { fill, leg, member, priceReport, tradingDesk } from '../../../simulator/workload/desk.ts'
import { atoms, BTC, BTC_PERP, ETH, ETH_PERP, USDT } from '../../../simulator/workload/world.ts'
import { trackCapital } from './capital.ts'

/** Maintenance rates of the small world: BTC-PERP 3%, ETH-PERP 4%; USDT has no haircut, and 2% of a debt in it is required. */
function deskWithSpread() {
  const desk = tradingDesk()
  const alice = member(desk, 'alice', [USDT, '20000'])
  const bob = member(desk, 'bob', [USDT, '1000000'])
  desk.accept(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice), seller: leg(bob) }))
  desk.accept(fill(ETH_PERP, { quantity: '20', price: '2500', buyer: leg(bob), seller: leg(alice) }))
  return desk
}

test('is the largest maintenance margin less profit along the way, for each netting set, whatever was liquidated', () => {
  const desk = deskWithSpread()
  const capital = trackCapital(desk.state)
  const observe = (btc: string, eth: string) => {
    desk.accept(
      priceReport(desk.now(), {
        assets: [
          [BTC, btc],
          [ETH, eth],
        ],
        marks: [
          [BTC_PERP, btc],
          [ETH_PERP, eth],
        ],
      }),
    )
    capital.observe(desk.state)
  }
  // Alice, long 1 BTC and short 20 ETH: at the start 3% of 50,000 + 4% of 50,000 = 3,500, and so for bob.
  expect(capital.required).toBe(atoms('7000'))
  // BTC falls to 45,000, ETH stands: alice has lost 5,000 and needs 1,350 + 2,000; bob has won 5,000 and needs less.
  observe('45000', '2500')
  expect(capital.required).toBe(atoms('8350') + atoms('3500'))
  // Back again: the worst moment counts, not the last.
  observe('50000', '2500')
  expect(capital.required).toBe(atoms('11850'))
  // ETH falls by 500: alice wins 10,000, bob loses it and needs 1,500 + 1,600.
  observe('50000', '2000')
  expect(capital.required).toBe(atoms('8350') + atoms('13100'))
})

test('counts nobody who owes nothing', () => {
  const desk = tradingDesk()
  member(desk, 'carol', [BTC, '2'])
  const capital = trackCapital(desk.state)
  desk.accept(priceReport(desk.now(), { assets: [[BTC, '100']] }))
  capital.observe(desk.state)
  expect(capital.required).toBe(0n)
})

test('is the same whether or not a bound spares the exact figure', () => {
  const desk = deskWithSpread()
  const { risk } = desk.state
  if (risk === undefined) throw new Error('the desk has an epoch')
  let looked = 0
  const slack = value(1_000n * ONE)
  const boundMaintenance: NonNullable<typeof risk.model.boundMaintenance> = (input) => {
    const { value, requirement } = risk.model.maintenance(input)
    looked += 1
    return { value, atMost: add(requirement, slack) }
  }
  const bounded = () => ({ ...desk.state, risk: { ...risk, model: { ...risk.model, boundMaintenance } } })
  const [exact, cheap] = [trackCapital(desk.state), trackCapital(bounded())]
  const path: [btc: string, eth: string][] = [
    ['49000', '2500'],
    ['49000', '2550'],
    ['45000', '2400'],
    ['45500', '2300'],
    ['55000', '2600'],
  ]
  for (const [btc, eth] of path) {
    const assets = [[BTC, btc] as const, [ETH, eth] as const]
    const marks = [[BTC_PERP, btc] as const, [ETH_PERP, eth] as const]
    desk.accept(priceReport(desk.now(), { assets, marks }))
    exact.observe(desk.state)
    cheap.observe(bounded())
    expect(cheap.required).toBe(exact.required)
  }
  expect(looked).toBeGreaterThan(0)
})

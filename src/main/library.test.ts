import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { EPOCH, TRADER } from '../answers/trader.test-data.ts'
import { liquidationPrices, margin, PortfolioError, whatIf } from './library.ts'

test('the library gives the report of the command line, from an object or its text', () => {
  const report = margin(TRADER)
  expect(report.nettingSets[0]).toMatchObject({ maintenanceMargin: '2103.719184', liquidatable: false })
  expect(margin(JSON.stringify(TRADER))).toEqual(report)
})

test('epoch, prices, model and time may be given beside the portfolio', () => {
  const report = margin(
    { ...TRADER, model: 'plimsoll-1', prices: {} },
    {
      model: 'standard',
      epoch: EPOCH,
      prices: [{ format: 'plimsoll prices v1', prices: TRADER.prices }],
      asOf: '2026-02-07T08:00:00Z',
    },
  )
  expect(report).toMatchObject({ modelVersion: 'standard/test-1', asOf: 1_770_451_200_000 })
})

test('changes are asked about as a document, with or without its format', () => {
  const report = whatIf(TRADER, { addBalances: [{ asset: 'ETH', quantity: '-0.5' }] })
  expect(report).toMatchObject({ allowed: true, change: [{ netLiquidationValue: '-1000' }], liquidation: null })
  expect(() => whatIf(TRADER, { add: [] })).toThrow(/UnknownField at \$\.add/)
})

test('liquidation prices come with their proof', () => {
  const [set] = liquidationPrices(TRADER).nettingSets
  // Worked out in src/answers/liquidation-prices.test.ts
  expect(set?.assets.find(({ asset }) => asset === 'ETH')?.roots).toMatchObject([
    { price: '2326.53', proof: { inside: { price: '2326.52' }, outside: { price: '2326.53' } } },
  ])
})

test('what is wrong is thrown with its problems', () => {
  const unpriced = () => margin({ ...TRADER, balances: { USDC: '1', DOGE: '5' } })
  expect(unpriced).toThrow(PortfolioError)
  expect(() => margin({ ...TRADER, prices: 'prices.json' })).toThrow(/FileNotFound at \$\.prices/)
  expect(() => margin(TRADER, { asOf: 'yesterday' })).toThrow(/BadTime/)
})

test('the example of the documentation runs as it is written', async () => {
  const text = readFileSync('docs/library.md', 'utf8')
  const examples = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code)
  expect(examples.length).toBeGreaterThan(0)
  const shown = readFileSync('src/main/library-example.test-data.ts', 'utf8').replace("'./library.ts'", "'plimsoll'")
  expect(shown).toContain(examples[0]?.trim())
  const { usage, decided } = await import('./library-example.test-data.ts')
  // NLV 3 * 2000 - 3000 = 3000; MM 10 % of 6000 and 2 % of 3000 = 660
  expect([usage, decided]).toEqual(['0.220000', false])
})

import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { quantity } from '../../core/quantity/quantity.ts'
import { value } from '../../core/quantity/value.ts'
import { accountId, assetId, marketId } from '../../core/instrument/identifier.ts'
import type { Surroundings } from './complete-portfolio.ts'
import { decodePortfolio, decodePortfolioTable, type DecodedPortfolio } from './decode-portfolio.ts'
import { openPortfolioLines } from './portfolio-lines.ts'
import { printProblems } from './problem.ts'
import type { SourceText } from './source.ts'

const ONE = 10n ** 18n

function example(name: string): SourceText {
  return { name, text: readFileSync(`examples/portfolio/${name}`, 'utf8') }
}

function around(...prices: readonly string[]): Surroundings {
  return {
    asOf: undefined,
    prices: prices.map(example),
    readFile: (path) =>
      existsSync(`examples/portfolio/${path}`)
        ? { ok: true, source: example(path) }
        : { ok: false, reason: 'no such file' },
  }
}

function portfolioOf(decoded: DecodedPortfolio) {
  if (!decoded.ok) throw new Error(printProblems(decoded.problems))
  return decoded.portfolio
}

test('the basis trade is read with the prices of the file it names', () => {
  const { accounts, assetPrices, contracts, funding } = portfolioOf(
    decodePortfolio(example('basis-trade.json'), around()),
  )
  expect(accounts).toHaveLength(1)
  expect(accounts[0]?.pool.balances.get(assetId('BTC'))).toBe((275n * ONE) / 100n)
  expect(accounts[0]?.pool.positions.map(({ quantity }) => quantity)).toEqual([(-5n * ONE) / 2n, -ONE / 4n])
  expect(assetPrices.get(assetId('BTC'))?.mark).toBe(90_850n * ONE)
  expect(contracts.get(marketId('BTC-26JUN26'))).toMatchObject({ kind: 'future', expiry: Date.UTC(2026, 5, 26, 8) })
  expect(funding.get(marketId('BTC-PERP'))?.intervalMs).toBe(8 * 3_600_000)
})

test('the structured desk has two accounts, a line bucket, an isolated one and an inverse perpetual', () => {
  const { accounts, contracts } = portfolioOf(decodePortfolio(example('structured-desk.json'), around()))
  expect(accounts.map(({ id }) => id)).toEqual(['desk/structured', 'desk/treasury'])
  expect(accounts[0]?.buckets.map(({ id, mode }) => [id, mode])).toEqual([
    [1, { kind: 'line', line: value(60_000n * ONE) }],
    [7, { kind: 'isolated' }],
  ])
  expect(contracts.get(marketId('BTCUSD-INV'))?.payoff).toEqual({ kind: 'inverse', contractSize: ONE })
})

test('the sheet is read with its prices, its named bucket as the first', () => {
  const decoded = decodePortfolioTable(example('sheet.csv'), { buckets: new Map() }, around('sheet-prices.csv'))
  const { accounts, asOf } = portfolioOf(decoded)
  expect(asOf).toBe(Date.UTC(2026, 0, 15, 12))
  expect(accounts.map(({ id, buckets }) => [id, buckets.map(({ id, name }) => [id, name])])).toEqual([
    ['alba', [[1, 'carry']]],
    ['brae', []],
  ])
})

test('the venue is read a line at a time', () => {
  const [first = '', ...rest] = example('venue.jsonl').text.trimEnd().split('\n')
  const opened = openPortfolioLines({ name: 'venue.jsonl', text: first }, around())
  if (!opened.ok) throw new Error(printProblems(opened.problems))
  const accounts = rest.flatMap((line, index) => portfolioOf(opened.account(line, index + 2)).accounts)
  expect(accounts.map(({ id }) => id)).toEqual(['m-0001', 'm-0002', 'm-0003'].map(accountId))
  expect(accounts[1]?.pool.balances.get(assetId('USDC'))).toBe(quantity((-90_005n * ONE) / 10n))
})

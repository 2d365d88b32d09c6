import { describe, expect, test } from 'vitest'
import { assetId, marketId } from '../../core/instrument/identifier.ts'
import { timestamp } from '../../core/quantity/timestamp.ts'
import { accepted, complaints, decodeFields, type Fields } from './decode-fields.test-data.ts'
import type { DecodedPortfolio } from './decode-portfolio.ts'

const ONE = 10n ** 18n
const NOON = Date.UTC(2026, 0, 2, 12)
const [USDC, ETH] = [assetId('USDC'), assetId('ETH')]
const ETH_PERP = marketId('ETH-PERP')

describe('the moment of valuation', () => {
  const dated = { balances: {}, positions: [{ market: 'ETH-27MAR26', quantity: '1' }] }
  const prices = { ETH: { mark: '1', at: NOON - 60_000 }, 'ETH-27MAR26': { mark: '1', at: NOON } }
  test('is what is given beside the file, else what the file says, else the newest price time', () => {
    const asOf = timestamp(NOON + 2)
    expect(accepted(decodeFields({ ...dated, prices, asOf: NOON + 1 }, { asOf })).portfolio.asOf).toBe(NOON + 2)
    expect(accepted(decodeFields({ ...dated, prices, asOf: NOON + 1 })).portfolio.asOf).toBe(NOON + 1)
    const newest = accepted(decodeFields({ ...dated, prices }))
    expect(newest.portfolio.asOf).toBe(NOON)
    expect(newest.assumptions).toContainEqual({
      code: 'DefaultUsed',
      path: '$.asOf',
      message: '2026-01-02T12:00:00Z, the newest price time',
    })
  })
  test('must be known if a contract ends', () => {
    expect(complaints(decodeFields({ ...dated, prices: { ETH: '1' } }))).toEqual(['MissingField $.asOf'])
    expect(complaints(decodeFields({ balances: { ETH: '1' }, prices: { ETH: '1' } }))).toEqual([])
  })
  test('no price comes from after it', () => {
    expect(complaints(decodeFields({ ...dated, prices, asOf: NOON - 1 }))).toEqual(['BadTime $.prices["ETH-27MAR26"]'])
  })
})

describe('prices', () => {
  const balances = { ETH: '1' }
  const file = (prices: Fields, more: Fields = {}) => ({ format: 'plimsoll prices v1', prices, ...more })
  const markOf = (decoded: DecodedPortfolio, id = ETH) => accepted(decoded).portfolio.assetPrices.get(id)?.mark
  test('of a file are read, with its vols and funding', () => {
    const more = { vols: { ETH: '0.6' }, funding: { 'ETH-PERP': { rate: '0.0001', intervalMs: 3_600_000 } } }
    const { portfolio } = accepted(
      decodeFields({ balances, prices: 'p.json' }, { files: { 'p.json': file({ ETH: '7' }, more) } }),
    )
    expect(portfolio.assetPrices.get(ETH)?.mark).toBe(7n * ONE)
    expect(portfolio.vols.get(ETH)).toEqual({ kind: 'flat', vol: (6n * ONE) / 10n })
    expect(portfolio.funding.get(ETH_PERP)?.rate).toBe(ONE / 10_000n)
  })
  test('of a CSV file are read by its name', () => {
    expect(
      markOf(decodeFields({ balances, prices: 'p.csv' }, { files: { 'p.csv': 'instrument,mark\nETH,7.5\n' } })),
    ).toBe((75n * ONE) / 10n)
  })
  test('given beside the file win, entry by entry, the last over all', () => {
    const given = [
      { name: 'one.json', text: JSON.stringify(file({ ETH: '8', USDC: '1' })) },
      { name: '--price', text: JSON.stringify(file({ ETH: '9' })) },
    ]
    const decoded = decodeFields(
      { balances: { ...balances, USDC: '1', BTC: '1' }, prices: { ETH: '7', BTC: '3' } },
      { prices: given },
    )
    expect(markOf(decoded)).toBe(9n * ONE)
    expect(markOf(decoded, USDC)).toBe(ONE)
    expect(markOf(decoded, assetId('BTC'))).toBe(3n * ONE)
    expect(accepted(decoded).assumptions.filter(({ path }) => path === '$.prices.ETH')).toHaveLength(1)
  })
  test('given beside the file make the file it names unnecessary', () => {
    const given = [{ name: 'one.json', text: JSON.stringify(file({ ETH: '8' })) }]
    expect(markOf(decodeFields({ balances, prices: 'lost.json' }, { prices: given }))).toBe(8n * ONE)
  })
  test('of a file were seen when it says, unless they say themselves', () => {
    const prices = { ETH: { mark: '1', ageMs: 1_000 }, USDC: { mark: '1', at: 77 }, BTC: '1' }
    const { portfolio } = accepted(
      decodeFields(
        { balances, asOf: NOON + 5, prices: 'p.json' },
        { files: { 'p.json': file(prices, { asOf: NOON }) } },
      ),
    )
    expect([...portfolio.assetPrices.values()].map(({ observed }) => observed)).toEqual([
      { kind: 'at', at: NOON - 1_000 },
      { kind: 'at', at: 77 },
      { kind: 'at', at: NOON },
    ])
  })
  test('of markets that nobody knows are refused in the portfolio, left aside in a file of prices', () => {
    expect(complaints(decodeFields({ balances, prices: { ETH: '1', 'ETH-PRP': '1' } }))).toEqual([
      'UnknownMarket $.prices["ETH-PRP"]',
    ])
    const { portfolio } = accepted(
      decodeFields({ balances, prices: 'p.json' }, { files: { 'p.json': file({ ETH: '1', 'ETH-PRP': '1' }) } }),
    )
    expect(portfolio.contractPrices.size).toBe(0)
  })
  test('faults in a file of prices are told with its name', () => {
    const decoded = decodeFields({ balances, prices: 'p.json' }, { files: { 'p.json': file({ ETH: 1 }) } })
    expect(decoded).toMatchObject({
      ok: false,
      problems: { kept: [{ code: 'NotDecimalString', file: 'p.json', line: 1 }] },
    })
    const other = decodeFields(
      { balances, prices: 'p.json' },
      { files: { 'p.json': { format: 'plimsoll portfolio v1' } } },
    )
    expect(complaints(other)).toEqual(['WrongFormat $.format'])
    const broken = decodeFields({ balances, prices: 'p.json' }, { files: { 'p.json': '{' } })
    expect(complaints(broken)).toEqual(['JsonSyntax $'])
  })
  test('vols may stand in a file of their own', () => {
    const files = { 'v.json': { format: 'plimsoll prices v1', vols: { ETH: '0.5' }, prices: { ETH: '100' } } }
    const { portfolio } = accepted(decodeFields({ balances, prices: { ETH: '7' }, vols: 'v.json' }, { files }))
    expect(portfolio.vols.get(ETH)).toEqual({ kind: 'flat', vol: ONE / 2n })
    expect(portfolio.assetPrices.get(ETH)?.mark).toBe(7n * ONE)
  })
})

import { describe, expect, test } from 'vitest'
import { decodePortfolio } from './decode-portfolio.ts'
import { encodePortfolio } from './encode-portfolio.ts'
import { openPortfolioLines } from './portfolio-lines.ts'
import { printProblems } from './problem.ts'

const ALONE = { asOf: undefined, prices: [], readFile: () => ({ ok: false, reason: 'no such file' }) as const }
const HEADER = { format: 'plimsoll portfolio v1', asOf: 0, prices: { ETH: '2000', USDC: '1' }, settlementAsset: 'USDC' }

function open(header: object) {
  const opened = openPortfolioLines({ name: 'v.jsonl', text: JSON.stringify(header) }, ALONE)
  if (!opened.ok) throw new Error(printProblems(opened.problems))
  return opened
}

test('each line says what the same account would in a document of its own', () => {
  const lines = open(HEADER)
  const accounts = [
    { id: 'a', balances: { ETH: '1' } },
    {
      id: 'b',
      positions: [{ market: 'ETH-PERP', quantity: '1' }],
      buckets: [{ id: 1, mode: 'isolated', balances: { USDC: '5' } }],
    },
    { id: 'c' },
  ]
  accounts.forEach((account, index) => {
    const line = lines.account(JSON.stringify(account), index + 2)
    const whole = decodePortfolio({ name: 'w.json', text: JSON.stringify({ ...HEADER, accounts: [account] }) }, ALONE)
    if (!line.ok || !whole.ok) throw new Error('it was refused')
    expect(line.portfolio).toEqual(whole.portfolio)
    expect(encodePortfolio(line.portfolio)).toBe(encodePortfolio(whole.portfolio))
  })
})

test('what one line holds does not stay in the next', () => {
  const lines = open(HEADER)
  lines.account('{"id":"a","positions":[{"market":"ETH-PERP","quantity":"1"}]}', 2)
  const next = lines.account('{"id":"b","balances":{"ETH":"1"}}', 3)
  expect(next.ok && [...next.portfolio.contracts.keys()]).toEqual([])
  expect([...lines.header.contracts.keys()]).toEqual([])
})

describe('is refused with its line:', () => {
  const table: [name: string, text: string, problem: string][] = [
    ['a text that is no JSON', '{"id":', 'JsonSyntax 7:7 $.id'],
    ['a field of a document', '{"id":"a","prices":{}}', 'UnknownField 7:11 $.prices'],
    ['a balance without price', '{"id":"a","balances":{"BTC":"1"}}', 'MissingPrice 7:29 $.balances.BTC'],
    ['an account that came before', '{"id":"first"}', 'DuplicateKey 7:1 $'],
  ]
  test.each(table)('%s', (_name, text, problem) => {
    const lines = open(HEADER)
    lines.account('{"id":"first"}', 2)
    const decoded = lines.account(text, 7)
    const [first] = decoded.ok ? [] : decoded.problems.kept
    expect(`${first?.code} ${first?.line}:${first?.column} ${first?.path}`).toBe(problem)
  })
})

test('the first line has no accounts, neither form', () => {
  const table = [{ accounts: [] }, { balances: {} }, { positions: [] }, { orders: [] }, { buckets: [] }]
  for (const more of table) {
    const opened = openPortfolioLines({ name: 'v.jsonl', text: JSON.stringify({ ...HEADER, ...more }) }, ALONE)
    expect(opened).toMatchObject({ ok: false, problems: { kept: [{ code: 'FieldConflict' }] } })
  }
})

test('what is wrong with the market is told before any line', () => {
  const crossed = { ...HEADER, prices: { ETH: { mark: '5', bid: '6', ask: '5' } } }
  const opened = openPortfolioLines({ name: 'v.jsonl', text: JSON.stringify(crossed) }, ALONE)
  expect(opened).toMatchObject({ ok: false, problems: { kept: [{ code: 'CrossedQuote' }] } })
})

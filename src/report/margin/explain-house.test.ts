import { expect, test } from 'vitest'
import { HOUSE_TRADER, houseReport } from '../../answers/house-model.test-data.ts'
import { cellsOf } from '../terminal/cells.ts'
import { explainTerminal } from './explain-terminal.ts'
import { factorText } from './factor-text.ts'
import { marginTerminal } from './margin-terminal.ts'
import { scenarioSentence, scenarioText } from './scenario-text.ts'

const STYLE = { columns: 80, color: false, ascii: false, all: true }
const BUCKET = {
  id: 1,
  name: 'eth-vol',
  mode: 'line',
  line: '25000',
  balances: { USDC: '1000' },
  positions: [{ market: 'ETH-PERP', quantity: '-8' }],
}
const DESK = {
  ...HOUSE_TRADER,
  balances: { ...HOUSE_TRADER.balances, FTT: '5' },
  prices: { ...HOUSE_TRADER.prices, FTT: '2' },
}

/** Figures of a text, in cents. */
function cents(text: string): readonly number[] {
  return [...text.matchAll(/(−?)([\d,]+)\.(\d\d)(?!\d)/g)].map(([, sign, whole = '', part = '']) => {
    const size = Number(whole.replaceAll(',', '')) * 100 + Number(part)
    return sign === '−' ? -size : size
  })
}

function lineWith(text: string, words: string): string {
  return text.split('\n').find((line) => line.includes(words)) ?? ''
}

test('the house model is explained in five steps, in 80 columns, and nothing is cut', () => {
  const text = explainTerminal(houseReport({ ...DESK, buckets: [BUCKET] }), 'trader.json', STYLE)
  const heads = text.split('\n').filter((line) => /^ {2}\d {2}[A-Z][a-z].* ──/.test(line))
  const steps = ['Exposure to each', 'Correlated', 'Scenario component', 'Add-ons', 'Requirement']
  expect(heads.map((head) => steps.findIndex((step) => head.includes(step)))).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4])
  expect(text.split('\n').filter((line) => cellsOf(line) > 80)).toEqual([])
  expect(text).not.toContain('…')
  expect(text).toMatch(/ETH-PERP basis +−24,007\.20/)
  expect(text).toMatch(/USDC peg +[\d,.]+ +1\.0 % +[\d,.]+ {3}USDC, P&L/)
  expect(text).toMatch(/◂ worst of 195/)
  expect(text).toMatch(/history {2}mean of the 19 largest losses +−[\d,.]+ {3}of 1,500 windows/)
  expect(text).toMatch(/in full U, sum of sizes +\d\.\d\d {3}no offset yet/)
})

test('figures of the explanation add up as shown', () => {
  const text = explainTerminal(houseReport(HOUSE_TRADER), 'trader.json', STYLE)
  const rows = text.slice(text.indexOf('factor'), text.indexOf('gross G')).split('\n').slice(1, -1)
  const sizes = rows.map((row) => Math.abs(cents(row)[1] ?? 0))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(cents(lineWith(text, 'gross G'))[0])
  const [root = 0, share = 0, gross = 0] = cents(lineWith(text, '    = '))
  const result = Math.ceil((root * 100 + share * (gross - root)) / 100)
  expect(cents(lineWith(text, 'M_cor = K'))[1]).toBe(result)
  const [mm = 0, larger = 0, addOns = 0] = cents(lineWith(text, '  MM  max'))
  expect(larger + addOns).toBe(mm)
  expect((cents(lineWith(text, '  liquidity'))[0] ?? 0) + (cents(lineWith(text, '  keeper'))[0] ?? 0)).toBe(addOns)
  // The sum is as in terminal-margin: 2500 * 0.9998, 1.5 * 2000, and two unsettled results.
  expect(text).toMatch(/NLV 2,499\.50 \+ 3,000\.00 − 351\.93 \+ 587\.88 +5,735\.45/)
})

test('a bucket that its line holds says so, and its amounts can be read', () => {
  const text = marginTerminal(
    houseReport({ ...HOUSE_TRADER, balances: { USDC: '9000', ETH: '1.5' }, buckets: [BUCKET] }),
    'desk.json',
    STYLE,
  )
  // 1,000 at 0.9998; what is missing is the difference as shown.
  const sentence = text.slice(text.indexOf('HEALTHY   its own'), text.indexOf('of at most')).replaceAll(/\s+/g, ' ')
  expect(sentence).toMatch(/its own 999\.80 is less than the [\d,.]+ needed; the pool's line covers the missing/)
  const [own = 0, needed = 0, missing = 0] = cents(sentence)
  expect(missing).toBe(needed - own)
  expect(text).toMatch(/Line of the pool +25,000\.00\n {2}of it drawn +[\d,]+\.\d\d\n/)
  expect(text).toContain('ETH, hedges the short ')
  expect(text).toContain('The figures of this epoch: hand-written, not calibrated')
})

test.each([
  ['ETH', 'ETH'],
  ['USDC/peg', 'USDC peg'],
  ['ETH/vol', 'ETH vol'],
  ['ETH/basis/perpetual/ETH-PERP', 'ETH-PERP basis'],
  ['BTC/basis/future/BTC-27MAR26', 'BTC-27MAR26 basis'],
  ['BTC/basis/future', 'BTC future basis'],
])('the factor %s is called %s', (factor, name) => {
  expect(factorText(factor)).toBe(name)
})

test('scenarios are called by what they move', () => {
  const moves = { ETH: '0.163000', BTC: '0.080000' }
  expect(scenarioText({ id: 'ETH +1, volatility up', moves })).toBe('ETH +16.3 %, volatility up, others follow')
  expect(scenarioText({ id: 'ETH alone, down', moves: { ETH: '-0.073000' } })).toBe('ETH −7.3 %, others still')
  expect(scenarioText({ id: 'market fall', moves })).toBe('market fall')
  expect(scenarioSentence('ETH -2/3')).toBe('ETH falls by 2/3 of its risk move')
  expect(scenarioSentence('SOL +3, volatility up')).toBe('SOL rises by 3 of its risk moves, volatility up')
})

import { Script } from 'node:vm'
import { describe, expect, test } from 'vitest'
import type { BreakdownNode, MarginReport } from '../../../wire/margin-report.ts'
import { atomsOf, centsDown, centsUp } from '../../amount.ts'
import { printedCents } from '../../figure.ts'
import { nodeAnchors, treeHtml } from './derivation-tree.ts'
import { marginPage } from './margin-page.ts'
import { MARGIN_SCRIPT } from './margin-script.ts'
import { headlineOf } from './overview-section.ts'
import { deskReport, traderReport } from '../../../answers/house-reports.test-data.ts'
import { TRADER } from '../../../answers/trader.test-data.ts'
import { REQUEST } from './page-request.test-data.ts'
import { stressData } from './stress-data.ts'

/** Text between tags, as a reader gets it. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script)[^>]*>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

/** Cents of a figure as printed. */
function centsOf(text: string): bigint {
  return BigInt(text.replace('−', '-').replace(/[,.+]/g, ''))
}

describe('the page of a trader', () => {
  const report = traderReport()
  const html = marginPage(report, REQUEST)
  const text = textOf(html)
  const [set] = report.nettingSets
  if (set === undefined) throw new Error('the trader has one netting set')

  test('opens with how much is needed, and both requirements', () => {
    const usage = Number(set.maintenanceMargin) / Number(set.netLiquidationValue)
    const shown = `${(Math.ceil(usage * 1_000) / 10).toFixed(1)} %`
    expect(html).toMatch(/<h1 [^>]*><a class="d" href="#mm-0">/)
    expect(text).toContain(`Margin usage Healthy ${shown} of the account is needed to keep it open`)
    expect(text).toContain(`MM ${shown} IM `)
    for (const amount of [set.maintenanceMargin, set.initialMargin])
      expect(text).toContain(printedCents(centsUp(atomsOf(amount))))
    expect(text).toContain(printedCents(centsDown(atomsOf(set.netLiquidationValue))))
  })
  test('what it is worth and who asks for the margin add up as shown', () => {
    const steps = [...html.matchAll(/<div class="wv[^"]*">([^<]+)</g)].map(([, figure = '']) => centsOf(figure))
    expect(steps.slice(0, -1).reduce((sum, cents) => sum + cents, 0n)).toBe(steps.at(-1))
    const [, table = ''] = /<table class="at">(.*?)<\/table>/s.exec(html) ?? []
    const rows = table.split('<tr>').slice(2)
    const columns = rows.map((row) =>
      [...row.matchAll(/<td[^>]*>(?:<a[^>]*>)?([−\d,]+\.\d\d)(?=<|$)/g)].map(([, cell = '']) => centsOf(cell)),
    )
    const total = [centsUp(atomsOf(set.maintenanceMargin)), centsUp(atomsOf(set.initialMargin))]
    expect(columns.map(([maintenance = 0n]) => maintenance).reduce((a, b) => a + b, 0n)).toBe(total[0])
    expect(columns.map(([, initial = 0n]) => initial).reduce((a, b) => a + b, 0n)).toBe(total[1])
  })
  test('every link leads somewhere on the page, and no id comes twice', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
  })
  test('says nothing of another host and lets nothing in', () => {
    expect(html).not.toMatch(/https?:|\/\/[a-z]/i)
    expect(html).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none';`)
  })
  test('its scripts can be read by an engine', () => {
    expect(() => new Script(MARGIN_SCRIPT)).not.toThrow()
  })
  test('has every scenario in a table, worst first', () => {
    expect(text).toContain(`Table: all ${set.scenarios?.length} scenarios, worst first`)
    const [, table = ''] = /<table class="sc">(.*?)<\/table>/s.exec(html) ?? []
    expect(table.split('<tr><td>')).toHaveLength((set.scenarios?.length ?? 0) + 1)
  })
  test('says what it was worked out with, that the epoch is not calibrated, and how to have it again', () => {
    for (const hash of [report.epochHash, report.inputsHash]) expect(text).toContain(hash)
    expect(text).toContain('written by hand, not calibrated on data')
    expect(text).toContain(REQUEST.again)
  })
  test('is under 70 kB with its data', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(70_000)
  })
})

describe('the data of the heat map', () => {
  test('name who causes each cell, to the cent', () => {
    for (const set of [...traderReport().nettingSets, ...deskReport().nettingSets]) {
      const data = stressData(set)
      expect(data).toBeDefined()
      for (const [id, moves, parts, pnl] of Object.values(data?.cells ?? {})) {
        const sum = parts.split(' ').reduce((total, part) => total + BigInt(part), 0n)
        expect([id, sum]).toEqual([id, BigInt(pnl)])
        expect(moves.split(' ')).toHaveLength(data?.factors.length ?? 0)
        expect(parts.split(' ')).toHaveLength(data?.holdings.length ?? 0)
      }
    }
  })
})

describe('the page of a desk', () => {
  const html = marginPage(deskReport(), REQUEST)
  test('lists all netting sets and shows each', () => {
    expect(html.match(/class="card s12 hero"/g)).toHaveLength(2)
    expect(textOf(html)).toMatch(/of the pool&#39;s line of 25,000\.00 drawn|of the pool's line of 25,000\.00 drawn/)
  })
  test('shows only the worst in full where there are many, and says so', () => {
    const base = traderReport()
    const [set] = base.nettingSets
    if (set === undefined) throw new Error('the trader has one netting set')
    const nettingSets = Array.from({ length: 9 }, (_, i) => ({ ...set, account: `desk ${i}` }))
    const many = marginPage({ ...base, nettingSets }, REQUEST)
    expect(many.match(/class="card s12 hero"/g)).toHaveLength(6)
    expect(textOf(many)).toContain('The 6 worst are shown in full below; --all shows all of them.')
    expect(marginPage({ ...base, nettingSets }, { ...REQUEST, all: true }).match(/card s12 hero/g)).toHaveLength(9)
  })
  test('answers in one sentence', () => {
    const [set] = traderReport().nettingSets
    if (set === undefined) throw new Error('the trader has one netting set')
    const said = (...statuses: (typeof set.status)[]) => headlineOf(statuses.map((status) => ({ ...set, status })))
    expect(said('healthy', 'unencumbered')).toBe('Both netting sets are healthy.')
    expect(said('healthy', 'warning', 'healthy')).toBe('1 of 3 netting sets is close to the line.')
    expect(said('liquidatable', 'warning', 'insolvent')).toBe('2 of 3 netting sets are below the line.')
  })
})

describe('other accounts', () => {
  test.each([
    ['one to be liquidated', { prices: { ...TRADER.prices, ETH: '2300', 'ETH-PERP': '2301' } }, 'Missing '],
    ['one that has nothing left', { prices: { ...TRADER.prices, ETH: '2600', 'ETH-PERP': '2601' } }, 'Worth −'],
    ['one that owes nothing', { positions: [] }, 'Nothing is owed, so nothing can be liquidated'],
  ])('%s', (_name, over, says) => {
    const text = textOf(marginPage(traderReport(over), REQUEST))
    expect(text).toContain(says)
    expect(text).not.toMatch(/NaN|undefined|Infinity/)
  })
  test('of a model without factors and scenarios have no charts of them', () => {
    const base = traderReport()
    const plain = base.nettingSets.map((set) => ({ ...set, exposures: null, correlations: null, scenarios: null }))
    const html = marginPage({ ...base, nettingSets: plain }, REQUEST)
    expect(html).not.toMatch(/id="stress-|id="corr-|id="exposed-/)
    expect(html).toContain('id="data">{}</script>')
  })
})

describe('the derivation', () => {
  const leaf = (id: string, value: string): BreakdownNode => ({ id, op: 'given', value, rounded: 'up', source: 'S 1' })
  test('shows terms that add up, and what wins a maximum as the maximum', () => {
    // 0.661 + 0.339 = 1: cut to 0.66 and 0.33, the cent that is missing goes to 0.339. Up by itself 0.661 would be 0.67.
    const terms = [leaf('a', '0.1'), leaf('b', '0.661')]
    const larger: BreakdownNode = { id: 'larger', op: 'max', value: '0.661', terms }
    const root: BreakdownNode = { id: 'maintenanceMargin', op: 'sum', value: '1', terms: [larger, leaf('c', '0.339')] }
    const text = textOf(treeHtml(root, 'mm-0', nodeAnchors(root, 'mm-0')))
    expect(text).toContain('Maintenance margin 1.00 sum of its terms')
    expect(text).toContain('larger 0.66 largest of its terms · exactly 0.661')
    expect(text).toContain('b 0.66 given · rounded up · S 1 · exactly 0.661')
    expect(text).toContain('c 0.34 given')
  })
})

describe('hostile words', () => {
  const evil = `<script>alert(1)</script>"'&`
  test('of a report are only words', () => {
    const base = traderReport()
    const text = JSON.stringify(base).replaceAll('BTC-PERP', JSON.stringify(evil).slice(1, -1))
    const report = JSON.parse(text) as MarginReport
    const notes = [{ code: evil, path: evil, message: evil }]
    const html = marginPage({ ...report, warnings: notes, modelVersion: evil }, { ...REQUEST, file: evil, again: evil })
    expect(html).not.toContain('<script>alert')
    expect(html.match(/<script/g)).toHaveLength(2)
    expect(html.match(/<\/script/g)).toHaveLength(2)
    expect(html.replace(/<script type="application\/json".*?<\/script>/s, '')).not.toContain(`"'&`)
  })
})

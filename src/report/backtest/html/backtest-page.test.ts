import { Script } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { madeUpReport, TYPES } from '../backtest-report.test-data.ts'
import { backtestPage } from './backtest-page.ts'
import { BACKTEST_SCRIPT } from './backtest-script.ts'

/** Text between tags, as a reader gets it. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script)[^>]*>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

/** Rows of all tables, their cells between strokes. */
function rowsIn(html: string): readonly string[] {
  return html
    .split(/<tr[ >]/)
    .slice(1)
    .map((row) =>
      row
        .replace(/<\/table>.*/s, '')
        .split(/<t[dh](?= |>)[^>]*>/)
        .slice(1)
        .map((cell) => cell.replace(/<[^>]+>/g, '').trim())
        .join('|'),
    )
}

function sectionOf(html: string, id: string): string {
  return new RegExp(`<section class="card[^"]*" id="${id}".*?</section>`, 's').exec(html)?.[0] ?? ''
}

function grouped(count: number): string {
  return count.toLocaleString('en-US')
}

const report = madeUpReport()
const html = backtestPage(report)
const text = textOf(html)
const rows = rowsIn(html)

describe('the verdict', () => {
  test('is the heading, and says how many windows lost more than their margin', () => {
    expect(html).toContain('<h1>4 of 6 bars pass; 1 is missed, 1 could not be measured.</h1>')
    expect(text).toContain(
      '1,270 of 575,400 book windows lost more than their margin (0.22 %, where 0.50 % is allowed)',
    )
  })
  test('has every bar with what was got, in a word', () => {
    const words = report.bars.map(({ passed }) => (passed === null ? 'not measured' : passed ? 'pass' : 'MISS'))
    const shown = rowsIn(sectionOf(html, 'bars')).slice(1)
    expect(shown).toHaveLength(report.bars.length)
    for (const [i, { what, got }] of report.bars.entries()) {
      expect(shown[i]?.startsWith(what)).toBe(true)
      expect(shown[i]).toMatch(new RegExp(`\\|${got}\\|${words[i]}$`))
    }
  })
  test('says a missed bar with its reason, and a type with the day that did it', () => {
    expect(text).toContain('Stablecoin carry lost the peg of USDC on 2023-03-11; not retuned on this window.')
    expect(text).toContain('stablecoin carry: 69 where 53 are allowed, one-sided p &lt;0.001. 2 of them on 2023-03-11.')
    const bars = [{ id: 'x', what: 'x', bar: '1', got: '2', passed: false }]
    expect(textOf(backtestPage(madeUpReport({ bars })))).toContain('x The report gives no reason. 1 2 MISS')
  })
})

describe('the tables', () => {
  /* 92 of 84,000 is 0.1095 %; the mean of what exceeded is 1 + 1.4 / 3 = 1.467 times the margin. */
  test('the headline has a row for each type', () => {
    const shown = rowsIn(sectionOf(html, 'coverage'))
    expect(shown).toContain('outright long|60|84,000|92|455||0.11|1.000|0.500|0.417|1.47|2.40|green|pass')
    expect(shown).toContain('stablecoin carry|6|8,400|69|53||0.82|&lt;0.001|&lt;0.001|0.417|1.29|1.88|red|MISS')
    expect(shown).toHaveLength(TYPES.length + 2)
  })
  test('every row of the report is shown with its counts', () => {
    const places = { all: 0, calm: 0, stressed: 0 }
    for (const { portfolio, books, n, exceedances, allowed, regime } of report.rows) {
      places[regime] += 1
      const start = `${portfolio}|${grouped(books)}|${grouped(n)}|${grouped(exceedances)}|${grouped(allowed)}|`
      expect(rows.filter((row) => row.startsWith(start)).length).toBeGreaterThan(0)
    }
    expect(places).toEqual({ all: 27, calm: 27, stressed: 27 })
    const shown = ['coverage', 'regimes', 'targets'].flatMap((id) => rowsIn(sectionOf(html, id)))
    expect(shown.filter((row) => /\|(pass|MISS)$/.test(row))).toHaveLength(report.rows.length)
  })
  test('every exceedance is named, the largest first', () => {
    const shown = rowsIn(sectionOf(html, 'exceedances')).filter((row) => !row.startsWith('book|'))
    expect(shown).toHaveLength(40)
    expect(shown.slice(0, 3)).toEqual([
      'LUNA long|outright long|2022-05-12|41.3|99.0|2.40|LUNA|−99.3',
      'alts against BTC 3|alts against BTC|2022-11-08|30.0|57.9|1.93|FTT|−75.2',
      'USDC carry 1|stablecoin carry|2023-03-11|5.0|9.4|1.88|USDC|−12.1',
    ])
    for (const { book, portfolio, date } of report.exceedances)
      expect(shown.some((row) => row.startsWith(`${book}|${portfolio}|${date}|`))).toBe(true)
  })
  test('every book is shown, in its type', () => {
    const shown = rowsIn(sectionOf(html, 'books')).filter((row) => !row.startsWith('book|'))
    expect(shown).toHaveLength(411)
    expect(text).toContain('random long-short: 200 books')
  })
  test('dates with most exceedances are counted: 5 of the 36, and both of USDC, on 2023-03-11', () => {
    expect(rowsIn(sectionOf(html, 'dates'))[1]).toMatch(/^2023-03-11\|7\|17\.5\|/)
  })
  test.each([
    ['core', 'middle|26|92.3|36,400|171|0.47'],
    ['offsets', 'ETH–BTC|1,400|6|0.700|0.698|48.8|0.71|0.80|0.87|−0.013'],
    ['procyclicality', 'outright long|2.03|2.71|18.7|38.2|15.1|33.4'],
    ['efficiency', 'random long-short||40.2|38.2|32.2'],
    ['defaulted', 'LUNA|2022-05-12|−99.3|100.0|yes'],
    ['intraday', 'outright long|84,000|412|0.49|2.90|2021-05-19|DOGE long'],
    ['options', 'short straddle 30 d|BTC|812|2|14.3|1.22|2024-08-05|volatility made up from realised'],
    ['power', '1,400|99.5 %|11|1.00|61.3'],
    ['adjacent', 'LUNA long|outright long|2022-05-10, 2022-05-11, 2022-05-12'],
    ['again', 'out/prices/spot-1d.csv|74|2017-08-17|2025-03-14'],
  ])('%s has %s', (id, row) => {
    expect(rowsIn(sectionOf(html, id))).toContain(row)
  })
  test('a figure without a value is a dash with its reason', () => {
    expect(rowsIn(sectionOf(html, 'coverage'))).toContain(
      'cash and carry|20|28,000|0|160||0.00|1.000|0.500|—|—|—|green|pass',
    )
    expect(textOf(sectionOf(html, 'coverage'))).toContain(
      '—: no book of the type has two exceedances, so none can follow another; no window lost more than its margin.',
    )
    expect(textOf(sectionOf(html, 'efficiency'))).toContain('—: nothing to net, so nothing to compare with.')
    expect(html).toContain('<td class="nil" title="nothing to net, so nothing to compare with">—')
  })
})

describe('the pictures', () => {
  test('each says in words what it shows', () => {
    const said = [...html.matchAll(/role="img" aria-label="([^"]+)"/g)].map(([, words = '']) => words)
    expect(said).toHaveLength(9 + 4 + 1 + 9 + 1)
    expect(said.some((words) => words.startsWith('cash and carry: above 0.5 % in 0 of 20 quarters'))).toBe(true)
    expect(said).toContain(
      'cash and carry: margin over what it is compared with: 17.4 % for the sum of isolated, 16.5 % for netting of the same underlying only, 13.9 % for the standard model.',
    )
  })
  test('a book whose loss is above its margin once has one mark, and its table counts it', () => {
    const marginAndLoss = [
      {
        book: 'by hand',
        dates: ['2022-01-01', '2022-01-02', '2022-01-03'],
        margin: [0.1, 0.1, 0.2],
        loss: [0.05, 0.15, -0.3],
      },
    ]
    const own = sectionOf(backtestPage(madeUpReport({ plots: { ...report.plots, marginAndLoss } })), 'losses')
    expect(own).toContain(
      'aria-label="by hand: above the margin in 1 of 3 windows, the largest 1.50 times the margin on 2022-01-02."',
    )
    expect(/<path class="ex" d="([^"]*)"/.exec(own)?.[1]?.split('M')).toHaveLength(2)
    expect(rowsIn(own).slice(1)).toEqual([
      '2022-01-01|1|10.0|10.0|5.0|2022-01-01|0',
      '2022-01-02|1|10.0|10.0|15.0|2022-01-02|1',
      '2022-01-03|1|20.0|20.0|—|—|0',
    ])
  })
  test('a quarter far beyond the target is cut and says its figure', () => {
    const coverage = {
      quarters: ['2022-Q1', '2022-Q2'],
      types: [{ portfolio: 'one', n: [1_000, 0], exceedances: [57, 0] }],
    }
    const own = sectionOf(backtestPage(madeUpReport({ plots: { ...report.plots, coverage } })), 'quarters')
    expect(textOf(own)).toContain('one 5.70 % of 1,000')
    expect(own).toContain('▲ 5.7<')
    expect(rowsIn(own).slice(1)).toEqual(['2022-Q1|57 / 1,000', '2022-Q2|—'])
  })
})

describe('what is not there', () => {
  const empty = backtestPage(
    madeUpReport({
      bars: [],
      rows: [],
      books: [],
      core: [],
      offsets: [],
      exceedances: [],
      clusters: [],
      defaulted: [],
      intraday: [],
      options: [],
      power: [],
      prices: [],
      procyclicality: { byType: [], withinThree: 0, riseWithin: 0 },
      plots: {
        coverage: { quarters: [], types: [] },
        marginAndLoss: [],
        correlation: { dates: [], pairs: [], mean: [], stressed: [] },
        procyclicality: { dates: [], books: [] },
      },
      notes: { options: 'No surface is in the prices.', intraday: 'Only closes are known.' },
    }),
  )

  test.each(['quarters', 'losses', 'correlation', 'procyclicality', 'core', 'offsets', 'defaulted', 'power'])(
    '%s is said to be not measured, and that no reason is given',
    (id) => {
      expect(textOf(sectionOf(empty, id))).toContain('not measured The report gives no reason.')
    },
  )
  test('options and what happened within windows have their reasons', () => {
    expect(textOf(sectionOf(empty, 'options'))).toContain('not measured No surface is in the prices.')
    expect(textOf(sectionOf(empty, 'intraday'))).toContain('not measured Only closes are known.')
  })
  test('no exceedance is good news, and said as such', () => {
    expect(textOf(sectionOf(empty, 'exceedances'))).toContain('No window of any book lost more than its margin.')
    expect(textOf(sectionOf(empty, 'adjacent'))).toContain('No book exceeded its margin in two windows')
  })
  test('nothing is NaN, infinite or undefined', () => {
    for (const page of [html, empty]) expect(textOf(page)).not.toMatch(/NaN|Infinity|undefined|\bnull\b/)
    for (const page of [html, empty]) expect(page).not.toMatch(/="[^"]*(NaN|Infinity|undefined)/)
  })
})

describe('the file', () => {
  test('needs nothing from another host and lets nothing in', () => {
    expect(html).not.toMatch(/https?:|\/\/[a-z]/i)
    expect(html).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none';`)
  })
  test('every link leads somewhere on the page, and no id comes twice', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
  })
  test('no word of the report becomes markup', () => {
    const nasty = `<b x="'&">`
    const poisoned = JSON.parse(
      JSON.stringify(report).replace(
        /"(book|portfolio|what|bar|got|note|asset|pair|tier|path|underlying|worstBook|repeat|model|engine|inputsHash|intraday|coverage)":"/g,
        (start) => start + JSON.stringify(nasty).slice(1, -1),
      ),
    ) as typeof report
    const page = backtestPage({ ...poisoned, limits: [nasty], assumptions: [nasty] })
    expect(page).not.toContain('<b x=')
    expect(page.split('&lt;b x=&quot;&#39;&amp;&quot;&gt;').length).toBeGreaterThan(500)
    expect(backtestPage(poisoned)).toContain('\\u003cb x=')
  })
  test('its script can be read by an engine, and its data by the script', () => {
    expect(() => new Script(BACKTEST_SCRIPT)).not.toThrow()
    const [, json = ''] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html) ?? []
    const data = JSON.parse(json) as Record<string, { t: unknown; s: readonly [string, readonly number[]][] }>
    const drawn = [...html.matchAll(/data-p="([^"]+)"/g)].map(([, id = '']) => id)
    expect(Object.keys(data).toSorted()).toEqual(drawn.toSorted())
    expect(data['book-0']?.t).toEqual({ from: Date.UTC(2021, 4, 14), step: 86_400_000, count: 1_400 })
    expect(data['book-0']?.s[0]?.[1]).toHaveLength(1_400)
  })
  test('is under 400 kB with 411 books and 1,400 windows of four of them', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(400_000)
  })
})

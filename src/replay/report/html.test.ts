import { runInNewContext, Script } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { isolatedRun, reportWith, runWith, singleRunReport, START, worstAccount } from './fixture.test-data.ts'
import { htmlReport } from './html.ts'
import { UNPACK } from './html/packed-series.ts'
import { SCRIPT } from './html/page-script.ts'
import type { ModeRun, ReplayReport } from './replay-report.ts'

const HOUR = 3_600_000
const HOURS = 216

/** Text between tags, as a reader gets it. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script)[^>]*>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

/** A thousand accounts over nine days in hourly bars of eleven assets: the size the page is made for. */
function nineDays(): ReplayReport {
  const wave = (i: number, k: number) =>
    1 + 0.3 * Math.sin(i / 9 + k) * Math.cos(i / 31) + 0.01 * Math.sin(i * 12.9898 * k)
  const timelineOf = (k: number) =>
    Array.from({ length: HOURS }, (_, i) => ({
      time: START + (i + 1) * HOUR,
      netLiquidationValue: (25_061_791.123456 * wave(i, k)).toFixed(18),
      maintenanceMargin: (8_061_791.123456 * wave(i, k + 1)).toFixed(18),
      liquidations: Math.max(0, Math.round(40 * Math.sin(i * k * 7))),
    }))
  const derivation = Array.from({ length: 6 }, (_, i) => ({
    id: `position/ASSET${i}-PERP`,
    value: '1234.567890123456789012',
    note: `marginal rate ${32_000 + i} ppm of ${987_654_321 * (i + 1)}.12 USD, second tier`,
  }))
  const worst = Array.from({ length: 12 }, (_, i) =>
    worstAccount({ account: `A-00${i}`, maintenanceMargin: '7407.407340740740734072', derivation }),
  )
  const assets = ['AVAX', 'BNB', 'BTC', 'DOGE', 'ETH', 'FTT', 'LINK', 'SOL', 'USDC', 'USDT', 'stETH']
  const conserved = assets.map((asset) => ({ asset, custody: '1234567.012345678901234567', difference: '0' }))
  const run = (k: number): Partial<ModeRun> => ({
    timeline: timelineOf(k),
    worst,
    conservation: { ok: true, assets: conserved },
  })
  const base = reportWith({})
  return reportWith({
    tape: {
      ...base.tape,
      to: START + HOURS * HOUR,
      assets,
      sources: Array.from({ length: 6 }, () => 'an exchange, hourly bars, by way of a collection '.repeat(3)),
      notes: Array.from({ length: 12 }, () => 'what one has to know of these figures before using them '.repeat(3)),
    },
    accounts: 1_000,
    runs: [runWith(run(1)), isolatedRun(run(2))],
    prices: assets.map((asset, a) => ({
      asset,
      points: Array.from(
        { length: HOURS },
        (_, i) => [START + (i + 1) * HOUR, (100 * wave(i, a + 1)).toFixed(6)] as const,
      ),
    })),
  })
}

describe('the page', () => {
  const html = htmlReport(reportWith({}))
  const text = textOf(html)

  test('answers the question first', () => {
    expect(html).toContain('<h1>Pooled in one account, 3 of 10 accounts were liquidated; kept apart, 5 were.</h1>')
  })
  test('says nothing of another host and lets nothing in', () => {
    expect(html).not.toMatch(/https?:|\/\/[a-z]/i)
    expect(html).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none';`)
  })
  test('has the comparison with savings', () => {
    expect(text).toContain('Accounts liquidated of 10, 1 kind left out cross 3 isolated 5 40 % less')
    expect(text).toContain('Bad debt USD, fund plus deficit cross 14.94 isolated 0.00 only pooled')
  })
  test('shows a derivation whose parts add up', () => {
    // 70.01 + 7.47 = 77.48, and 4.14 − 77.48 = −73.34.
    expect(text).toContain(
      'Net liquidation value 4.14 position BTC-PERP 3.2 % of 2,187.62 70.01 collateral FTT haircut 59 % of 12.65 7.47 Maintenance margin 77.48 Short by , NLV − MM −73.34',
    )
  })
  test('shows money flows to the cent', () => {
    expect(text).toContain(
      'Insurance fund at start 60,000.00 60,000.00 + paid in, at the last prices 1,250.25 2,500.50 − drawn from it 14.94 0.00',
    )
  })
  test('shows who is worse for being pooled', () => {
    expect(text).toContain('1 account ended with less under cross than under isolated. USD at the end')
    expect(text).toContain('A-0004 Market maker 100.00 350.50 −250.50')
  })
  test('has a table under each chart, with gaps left empty', () => {
    expect(html.match(/<details class="tb"><summary>Table/g)).toHaveLength(3)
    // NLV falls by 250,000 an hour and MM by 100,000; FTT has no price in the fifth hour.
    expect(html).toContain('<tr><td>8 Nov 02:00<td>9,750,000.00<td>1,900,000.00')
    expect(html).toContain('<tr><td>8 Nov 04:00<td>3<td>6')
    expect(html).toContain('<tr><td>8 Nov 04:00<td>30<td>90<tr><td>8 Nov 05:00<td><td>93')
  })
  test('every link leads somewhere on the page, and no id comes twice', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
  })
  test('its script can be read by an engine', () => {
    expect(() => new Script(SCRIPT)).not.toThrow()
  })
  test('its data unpack to the series', () => {
    const [, data = ''] = /<script type="application\/json" id="data">(.*?)<\/script>/.exec(html) ?? []
    const parsed = JSON.parse(data)
    expect([parsed.from, parsed.span, parsed.count]).toEqual([START, HOUR, 8])
    const unpack: (text: string) => (number | null)[] = runInNewContext(`${UNPACK}\nunpack`)
    expect(unpack(parsed.runs[0].liq)).toEqual([0, 0, 1, 3, 0, 0, 0, 0])
    // 10.00 m, 9.75 m and so on in hundred thousands; 2.0 m, 1.9 m and so on in ten thousands.
    const [unit, text] = parsed.runs[0].nlv
    expect([unit, unpack(text)]).toEqual([100_000, [100, 98, 95, 93, 90, 88, 85, 83]])
    expect([parsed.runs[0].mm[0], unpack(parsed.runs[0].mm[1])]).toEqual([
      10_000,
      [200, 190, 180, 170, 160, 150, 140, 130],
    ])
    expect([...parsed.prices[0].slice(0, 2), unpack(parsed.prices[0][2])]).toEqual([
      'FTT',
      1,
      [100, 95, 75, 30, null, null, 25, 20],
    ])
  })
})

describe('the page of other replays', () => {
  test('of one run compares nothing', () => {
    const html = htmlReport(singleRunReport(isolatedRun({})))
    expect(textOf(html)).toContain('What happened One run: nothing to compare it with Accounts liquidated 5')
    expect(html).not.toMatch(/Cross beside isolated|Worse for being pooled|class="da/)
  })
  test('of a calm tape has no worst accounts and no marks for liquidations', () => {
    const calm = runWith({ liquidated: 0, liquidations: 0, worst: [], timeline: [] })
    const html = htmlReport({ ...singleRunReport(calm), prices: [] })
    expect(textOf(html)).toContain('No account was liquidated.')
    expect(html).not.toContain('most liquidations')
  })
  test('that does not conserve shows its verdict in place of every result', () => {
    const assets = [{ asset: 'USDC', custody: '1', difference: '-0.5' }]
    const html = htmlReport(reportWith({ runs: [runWith({ conservation: { ok: false, assets } }), isolatedRun({})] }))
    expect(textOf(html)).toContain('cross: USDC: 0.5 missing')
    expect(html).not.toMatch(/id="time"|id="who"|Cross beside isolated|were liquidated/)
  })
  test('whose journals were not decided again says so', () => {
    const html = htmlReport(singleRunReport(runWith({ verified: false, worst: [worstAccount({ derivation: [] })] })))
    expect(textOf(html)).toContain('journal not re-decided')
    expect(textOf(html)).toContain('Net liquidation value 4.14 Maintenance margin 77.48')
  })
})

describe('hostile words', () => {
  const evil = `<script>alert(1)</script>"'&`

  test('of a tape are only words', () => {
    const base = reportWith({})
    const run = runWith({
      journal: evil,
      stateHash: evil,
      kinds: [{ kind: 'k', label: evil, accounts: 1, liquidated: 1 }],
      worst: [worstAccount({ account: evil, label: evil, derivation: [{ id: evil, value: '77.471', note: evil }] })],
      conservation: { ok: true, assets: [{ asset: evil, custody: '1', difference: '0' }] },
    })
    const html = htmlReport(
      reportWith({
        tape: { ...base.tape, id: evil, title: evil, assets: [evil], sources: [evil], notes: [evil] },
        model: evil,
        epoch: evil,
        engineVersion: evil,
        leftOut: [{ label: evil, reason: evil }],
        runs: [run, { ...run, mode: 'isolated' }],
        comparison: {
          capitalRequired: { cross: '1', isolated: '1' },
          worseUnderCross: { accounts: 1, examples: [{ account: evil, label: evil, cross: '1', isolated: '2' }] },
        },
        prices: [
          {
            asset: evil,
            points: [
              [START + HOUR, '2'],
              [START + 2 * HOUR, '1'],
            ],
          },
        ],
      }),
    )
    expect(html).not.toContain('<script>alert')
    // The page's own two scripts, and no third.
    expect(html.match(/<script/g)).toHaveLength(2)
    expect(html.match(/<\/script/g)).toHaveLength(2)
    const markup = html.replace(/<script type="application\/json".*?<\/script>/s, '')
    expect(markup).not.toContain(`"'&`)
  })
})

describe('the size of the page', () => {
  test('of a thousand accounts over nine days is under 70 kB', () => {
    expect(Buffer.byteLength(htmlReport(nineDays()))).toBeLessThan(70_000)
  })
  test('does not grow with the length of the tape', () => {
    const base = nineDays()
    const tape = { ...base.tape, to: START + 10 * 365 * 24 * HOUR }
    const stretched = base.runs.map((run) => ({
      ...run,
      timeline: run.timeline.map((point, i) => ({ ...point, time: START + (i + 1) * 17 * 24 * HOUR })),
    }))
    expect(Buffer.byteLength(htmlReport({ ...base, tape, runs: stretched }))).toBeLessThan(70_000)
  })
})

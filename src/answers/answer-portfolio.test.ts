import { expect, test } from 'vitest'
import { decodeMarginReport } from '../wire/decode.ts'
import { checkBreakdowns } from './check-breakdown.ts'
import { EPOCH, problemsOf, reportOf, request, sha256, TRADER } from './trader.test-data.ts'
import { answerMargin } from './answer-portfolio.ts'

/*
 * By hand, in USDC at 0.9998 unless USD is said:
 *   BTC-PERP  0.4 * (68020 - 68900) = -352              in USD  -351.9296
 *   ETH-PERP  -12 * (2001 - 2050)   =  588              in USD   587.8824
 *   claim in USDC  2500 - 352 + 588 = 2736              in USD  2735.4528
 *   NLV  2735.4528 + 1.5 * 2000                        =        5735.4528
 *   notional  0.4 * 68020 = 27208                       in USD 27202.5584
 *             12 * 2001 = 24012                         in USD 24007.1976
 *   MM  1 % of 2735.4528 + 10 % of 3000 + 3 % of 27202.5584 + 4 % of 24007.1976
 *     = 27.354528 + 300 + 816.076752 + 960.287904      =        2103.719184
 *   IM  twice that                                      =        4207.438368
 */
test('the requirements of the short trader are those worked out by hand', () => {
  const report = reportOf(TRADER)
  expect(report).toMatchObject({ asOf: 1_770_364_800_000, unitOfAccount: 'USD', modelVersion: 'standard/inline' })
  const [set] = report.nettingSets
  expect(set).toMatchObject({
    account: 'main',
    buckets: [0],
    mode: 'cross',
    status: 'healthy',
    netLiquidationValue: '5735.4528',
    maintenanceMargin: '2103.719184',
    initialMargin: '4207.438368',
    // 5735.4528 - 2103.719184 and 5735.4528 - 4207.438368
    excess: '3631.733616',
    available: '1528.014432',
    // 2103.719184 / 5735.4528 = 0.36679217...; 5735.4528 / 2103.719184 = 2.72633907...
    marginUsage: '0.366793',
    healthFactor: '2.726339',
    // (27202.5584 + 24007.1976) / 5735.4528 = 8.92863334...
    leverage: '8.928634',
    liquidatable: false,
    newRiskAllowed: true,
    line: null,
    borrows: [],
    binding: null,
  })
})

test('collateral is shown with the weight that holding it alone has', () => {
  expect(reportOf(TRADER).nettingSets[0]?.collateral).toEqual([
    { asset: 'USDC', quantity: '2500', price: '0.9998', value: '2499.5', weight: '0.990000', haircut: '0.010000' },
    { asset: 'ETH', quantity: '1.5', price: '2000', value: '3000', weight: '0.900000', haircut: '0.100000' },
  ])
})

test('positions are shown with what they add to NLV', () => {
  expect(reportOf(TRADER).nettingSets[0]?.positions).toEqual([
    {
      market: 'BTC-PERP',
      bucket: 0,
      quantity: '0.4',
      entryPrice: '68900',
      markPrice: '68020',
      notional: '27202.5584',
      unrealizedPnl: '-351.9296',
      accruedFunding: '0',
      value: '-351.9296',
    },
    {
      market: 'ETH-PERP',
      bucket: 0,
      quantity: '-12',
      entryPrice: '2050',
      markPrice: '2001',
      notional: '-24007.1976',
      unrealizedPnl: '587.8824',
      accruedFunding: '0',
      value: '587.8824',
    },
  ])
})

test('accrued funding counts beside the profit', () => {
  const [, short] = TRADER.positions
  const positions = [{ ...short, accruedFunding: '10' }]
  const [row] = reportOf({ ...TRADER, positions }).nettingSets[0]?.positions ?? []
  // 588 + 10 = 598 USDC
  expect(row).toMatchObject({ unrealizedPnl: '587.8824', accruedFunding: '9.998', value: '597.8804' })
})

test('attribution and its shares add up; the sum of isolated is of every balance and position alone', () => {
  const [set] = reportOf(TRADER).nettingSets
  expect(set?.attribution).toEqual([
    // 27.354528 / 2103.719184 = 0.0130029..., 300 = 0.1426045..., 816.076752 = 0.3879209..., 960.287904 = 0.4564715...: the parts
    // rounded down leave 2 millionths for the largest remainders
    row('collateral', 'USDC', '27.354528', '54.709056', '0.013003'),
    row('collateral', 'ETH', '300', '600', '0.142605'),
    row('position', 'BTC-PERP', '816.076752', '1632.153504', '0.387921'),
    row('position', 'ETH-PERP', '960.287904', '1920.575808', '0.456471'),
  ])
  // USDC 24.995; ETH 300; BTC-PERP 816.076752 and 2 % of its loss of 351.9296, 7.038592; ETH-PERP 960.287904 and 1 % of 587.8824
  // 24.995 + 300 + 823.115344 + 966.166728
  expect(set?.sumOfIsolated).toBe('2114.277072')
})

function row(kind: string, id: string, maintenanceMargin: string, initialMargin: string, share: string) {
  return { kind, id, bucket: 0, maintenanceMargin, initialMargin, share }
}

test('a report validates against its schema, and every number in its breakdowns follows from its terms', () => {
  const report = reportOf(TRADER, { detail: { exposures: true, scenarios: true, byPosition: true } })
  expect(decodeMarginReport(JSON.parse(JSON.stringify(report)))).toEqual({ ok: true, decoded: report })
  expect(checkBreakdowns(report).faults).toEqual([])
})

test('one atom of a price decides liquidation, which the ratios beside it do not', () => {
  // A loan of 100 USDC at 1 against ETH: NLV = ETH - 100, MM = 10 % of ETH + 2 % of 100: equal at 0.9 ETH = 102.
  const document = (eth: string) => ({
    format: TRADER.format,
    model: TRADER.model,
    balances: { ETH: '1', USDC: '-90' },
    prices: { USDC: '1', ETH: eth },
  })
  // 0.9 p = 91.8, p = 102
  const at = reportOf(document('102')).nettingSets[0]
  expect(at).toMatchObject({ liquidatable: false, excess: '0', marginUsage: '1.000000', status: 'reduce-only' })
  const below = reportOf(document('101.999999999999999999')).nettingSets[0]
  expect(below).toMatchObject({ liquidatable: true, status: 'liquidatable', marginUsage: '1.000001' })
  expect(below?.healthFactor).toBe('0.999999')
})

test.each([
  ['nothing owed', { ETH: '1' }, { status: 'unencumbered', liquidatable: false, marginUsage: '0.100000' }],
  ['worth less than nothing', { ETH: '1', USDC: '-2500' }, { status: 'insolvent', marginUsage: null, leverage: null }],
  ['an empty account', {}, { status: 'unencumbered', marginUsage: '0.000000', healthFactor: null, leverage: null }],
])('status of %s', (_, balances, expected) => {
  const document = { ...TRADER, balances, positions: [] }
  expect(reportOf(document).nettingSets[0]).toMatchObject(expected)
})

test.each([
  // 0.02 of the debt and 0.1 of 2000: MM = 200 + 0.02 d, NLV = 2000 - d at a price of 1; MM / NLV = 0.8 at 0.82 d = 1400
  ['below the warning', '1707.3', 'healthy'],
  // 1400 / 0.82 = 1707.317...
  ['above it', '1707.4', 'warning'],
  // 200 + 0.02 d = 0.9 (2000 - d) at 0.92 d = 1600, d = 1739.13...
  ['above the level of reducing', '1739.2', 'reduce-only'],
  // 200 + 0.02 d = 2000 - d at 1.02 d = 1800, d = 1764.70...
  ['below maintenance', '1764.8', 'liquidatable'],
])('usage %s is told in a word', (_, debt, status) => {
  const document = {
    ...TRADER,
    balances: { ETH: '1', USDC: `-${debt}` },
    positions: [],
    prices: { USDC: '1', ETH: '2000' },
  }
  expect(reportOf(document).nettingSets[0]?.status).toBe(status)
})

test('levels of the file win over the default, and what is no collateral has no weight', () => {
  const document = {
    ...TRADER,
    assets: { ETH: { kind: 'volatile', collateral: false } },
    liquidation: { warnUsage: '0.3', reduceOnlyUsage: '0.5' },
  }
  const report = reportOf(document)
  expect(report.usageLevels).toEqual({ warning: '0.300000', reduceOnly: '0.500000' })
  const [set] = report.nettingSets
  expect(set?.collateral[1]).toMatchObject({ asset: 'ETH', weight: '0.000000', haircut: '1.000000' })
  // The haircut of 3000 is 3000 instead of 300: 2103.719184 + 2700
  expect(set).toMatchObject({ maintenanceMargin: '4803.719184', status: 'reduce-only' })
})

test('what lies above the cap of an account counts as nothing on the initial side alone', () => {
  const document = { ...TRADER, assets: { ETH: { kind: 'volatile', accountCap: '1' } } }
  const report = reportOf(document)
  const [set] = report.nettingSets
  // Half a coin: its 1000 USD instead of 20 % of them, 200: 4207.438368 + 800
  expect(set).toMatchObject({ maintenanceMargin: '2103.719184', initialMargin: '5007.438368' })
  expect(set?.attribution.at(-1)).toMatchObject({ kind: 'addOn', id: 'aboveAccountCap', initialMargin: '1000' })
  expect(checkBreakdowns(report).faults).toEqual([])
  expect(report.warnings).toMatchObject([{ code: 'AboveCap', path: '$.assets.ETH.accountCap' }])
})

test('an epoch file is named by the hash of its content, and another than the pinned one is refused', () => {
  const hash = `sha256:${sha256(canonical(EPOCH))}`
  const readFile = () => ({ ok: true, source: { name: 'epoch.json', text: JSON.stringify(EPOCH, null, 2) } }) as const
  const pinned = (epochHash: string) => ({ ...TRADER, model: { id: 'standard', epoch: 'epoch.json', epochHash } })
  expect(reportOf(pinned(hash), { readFile })).toMatchObject({ epochHash: hash, modelVersion: 'standard/test-1' })
  expect(problemsOf(pinned(`sha256:${'0'.repeat(64)}`), { readFile })).toEqual(['EpochHashMismatch $.model.epochHash'])
})

/** Keys sorted, no blanks: written anew, for objects without lists of objects that repeat a key. */
function canonical(json: unknown): string {
  if (Array.isArray(json)) return `[${json.map(canonical).join(',')}]`
  if (typeof json !== 'object' || json === null) return JSON.stringify(json)
  const entries = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`).join(',')}}`
}

test('an epoch that is typed wins over the parameters of the file', () => {
  const text = JSON.stringify({ ...EPOCH, id: 'typed' })
  expect(reportOf(TRADER, { epoch: { name: 'e.json', text } }).modelVersion).toBe('standard/typed')
})

test.each([
  ['a model nobody knows', { model: 'span-2' }, ['NotOneOf $.model']],
  ['a model without parameters', { model: 'standard' }, ['MissingField $.model']],
  [
    'parameters that the model refuses',
    { model: { id: 'standard', parameters: {} } },
    ['WrongType $.model.parameters'],
  ],
  ['an epoch that is not there', { model: { id: 'standard', epoch: 'e.json' } }, ['FileNotFound $.model.epoch']],
  [
    'an inverse contract',
    {
      positions: [{ market: 'BTC-INV', quantity: '100' }],
      markets: { 'BTC-INV': { kind: 'perpetual', underlying: 'BTC', payoff: 'inverse', settlementAsset: 'BTC' } },
    },
    ['UnsupportedPayoff $.positions[0].market'],
  ],
  [
    'a size beyond 18 decimals',
    {
      positions: [{ market: 'BTC-MICRO', quantity: '0.5' }],
      markets: { 'BTC-MICRO': { kind: 'perpetual', underlying: 'BTC', contractSize: '0.000000000000000001' } },
    },
    ['BadDecimal $.positions[0].quantity'],
  ],
  ['more than can be margined', { balances: { USDC: '900000000000000000' } }, ['BadDecimal $']],
  [
    'an interval wider than its price',
    { prices: { ...TRADER.prices, ETH: { mark: '2000', interval: '2001' } } },
    ['BadDecimal $.prices.ETH.interval'],
  ],
  [
    'an unsettled result of an option',
    {
      positions: [{ market: 'ETH-27MAR26-2400-C', quantity: '-1', unsettledPnl: '3' }],
      vols: { ETH: '0.6' },
    },
    ['FieldConflict $.positions[0].unsettledPnl'],
  ],
])('%s is refused, with its place', (_, over, expected) => {
  expect(problemsOf({ ...TRADER, ...over })).toEqual(expected)
})

test('a quantity counts in units of the underlying, whatever the contract size', () => {
  const markets = { 'ETH-PERP': { kind: 'perpetual', underlying: 'ETH', contractSize: '0.01' } }
  const positions = [TRADER.positions[0], { market: 'ETH-PERP', quantity: '-1200', entryPrice: '2050' }]
  const [set] = reportOf({ ...TRADER, markets, positions }).nettingSets
  expect(set).toMatchObject({ netLiquidationValue: '5735.4528', maintenanceMargin: '2103.719184' })
  expect(set?.positions[1]?.quantity).toBe('-1200')
})

test('an unsettled amount is worth what the file says, and an entry that is not said is the mark', () => {
  const positions = [
    { market: 'BTC-PERP', quantity: '0.4', unsettledPnl: '-352' },
    { market: 'ETH-PERP', quantity: '-12' },
  ]
  const [set] = reportOf({ ...TRADER, positions }).nettingSets
  expect(set?.positions.map(({ value, entryPrice }) => [value, entryPrice])).toEqual([
    ['-351.9296', null],
    ['0', null],
  ])
})

test('a table of positions gives the answer of the document', () => {
  const text = 'instrument,quantity,entryPrice\nUSDC,2500,\nETH,1.5,\nBTC-PERP,0.4,68900\nETH-PERP,-12,2050\n'
  const prices = [{ name: 'p.json', text: JSON.stringify({ format: 'plimsoll prices v1', prices: TRADER.prices }) }]
  // A table settles in USD: a dollar is a dollar, 2736 + 3000
  const report = reportOf(text, {
    portfolio: { name: 'trader.csv', text },
    prices,
    model: 'standard',
    epoch: { name: 'e.json', text: JSON.stringify(EPOCH) },
  })
  expect(report.nettingSets[0]?.netLiquidationValue).toBe('5735.5')
})

test('lines of accounts give one netting set after the other, and problems the line they stand on', () => {
  const { balances, positions, ...header } = TRADER
  const line = (id: string, over: object = {}) => JSON.stringify({ id, balances, positions, ...over })
  const lines = (...more: string[]) => {
    const text = [JSON.stringify(header), ...more].join('\n')
    return request(text, { portfolio: { name: 'venue.jsonl', text } })
  }
  const answer = answerMargin(lines(line('a'), '', line('b')))
  expect(answer.ok && answer.report.nettingSets.map(({ account, excess }) => [account, excess])).toEqual([
    ['a', '3631.733616'],
    ['b', '3631.733616'],
  ])
  const refused = answerMargin(lines(line('a'), '', line('b', { balances: { USDC: '900000000000000000' } })))
  expect(refused.ok ? [] : refused.problems.kept).toMatchObject([{ code: 'BadDecimal', line: 4 }])
})

test('old and doubtful prices are told of with the limit', () => {
  const prices = {
    ...TRADER.prices,
    ETH: { mark: '2000', ageMs: 300_001, confidence: '0.9' },
    USDC: { mark: '0.9998', ageMs: 300_000 },
  }
  expect(reportOf({ ...TRADER, prices }).warnings.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'OldPrice $.prices.ETH',
    'LowConfidence $.prices.ETH',
  ])
})

test('what the epoch does not name is told of', () => {
  const document = { ...TRADER, balances: { ...TRADER.balances, SOL: '1' }, prices: { ...TRADER.prices, SOL: '86' } }
  const report = reportOf(document)
  expect(report.warnings).toMatchObject([{ code: 'NotInEpoch', path: '$.assets.SOL' }])
  expect(report.nettingSets[0]?.collateral[2]).toMatchObject({ asset: 'SOL', weight: '0.000000' })
})

test('the inputs hash is the same for another spelling of the same file, and another for another quantity', () => {
  const hash = (over: object) => reportOf({ ...TRADER, ...over }).inputsHash
  expect(hash({ balances: { ETH: '1.50', USDC: '2500' }, asOf: 1_770_364_800_000 })).toBe(hash({}))
  expect(hash({ balances: { ETH: '1.5', USDC: '2501' } })).not.toBe(hash({}))
})

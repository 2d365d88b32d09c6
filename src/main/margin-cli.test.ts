import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { EPOCH, TRADER } from '../answers/trader.test-data.ts'
import { PROJECT_ROOT } from './project.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-margin-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, content: object | string): void {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
}

/** Runs the command line as a person would, in the folder of the files. */
function plimsoll(...args: readonly string[]) {
  const done = spawnSync(join(PROJECT_ROOT, 'bin', 'plimsoll'), args, { cwd: folder, encoding: 'utf8' })
  return { code: done.status, out: done.stdout, error: done.stderr }
}

write('trader.json', { ...TRADER, model: { id: 'standard', epoch: 'epoch.json' }, prices: 'prices.json' })
write('prices.json', { format: 'plimsoll prices v1', prices: TRADER.prices })
write('epoch.json', EPOCH)
write('trader.csv', 'instrument,quantity,entryPrice,bucket\nUSD,2500,,\nETH,1,,side\nUSD,-1850,,side\n')
const BROKEN = '{ "format": "plimsoll portfolio v1", "balances": { "USDC": "2,500" } }'
const COLUMN = BROKEN.indexOf('"2,500"') + 1
write('broken.json', BROKEN)

test('a healthy portfolio ends with 0, and its JSON is one object and nothing else', () => {
  const { code, out, error } = plimsoll('margin', 'trader.json', '--json')
  expect([code, error]).toEqual([0, ''])
  expect(JSON.parse(out)).toMatchObject({
    modelVersion: 'standard/test-1',
    nettingSets: [{ status: 'healthy', netLiquidationValue: '5735.4528', scenarios: null }],
  })
  const shown = plimsoll('margin', 'trader.json')
  expect(shown.out).toMatch(/^margin {2}trader\.json +standard · epoch test-1 · [0-9a-f]{8}\n/)
  expect(shown.out).toContain('HEALTHY   36.7 %')
})

test('a portfolio to be liquidated ends with 1', () => {
  // NLV falls below MM where ETH-PERP is at 3000: 2500 - 352 - 11400 is far below nothing.
  const { code, out } = plimsoll('margin', 'trader.json', '--price', 'ETH-PERP=3000', '--ascii')
  expect([code, out.includes('INSOLVENT')]).toEqual([1, true])
})

test('what is wrong ends with 2: in blocks, or as JSON', () => {
  const { code, out, error } = plimsoll('margin', 'broken.json')
  expect([code, out]).toEqual([2, ''])
  expect(error).toContain(`error BadDecimal: broken.json:1:${COLUMN}\n  at        $.balances.USDC\n`)
  const asJson = plimsoll('margin', 'broken.json', '--json')
  expect(asJson.code).toBe(2)
  expect(JSON.parse(asJson.out)).toMatchObject({
    errors: [
      { code: 'BadDecimal', file: 'broken.json', line: 1, column: COLUMN, path: '$.balances.USDC', got: '"2,500"' },
    ],
  })
})

test.each([
  [['margin', 'nothing.json'], 'error FileNotFound: nothing.json'],
  [['margin', '.'], 'a folder'],
  [['margin', 'trader.json', '--epoch', 'nothing.json'], '--epoch'],
  [['margin', 'trader.json', '--prices', 'nothing.json'], '--prices'],
  [['margin', 'trader.json', '--model', 'span-2'], 'error NotOneOf: --model'],
  [['margin', 'trader.json', '--price', 'ETH'], 'ID=PRICE'],
  [['margin', 'trader.json', '--price', 'ETH=-1'], 'a decimal string above zero'],
  [['margin', 'trader.json', '--as-of', 'yesterday'], 'error BadTime: --as-of'],
  [['margin', 'trader.csv', '--bucket', 'side=loose'], 'NAME=cross'],
  [['margin', 'trader.json', '--epoch', 'broken.json'], 'error WrongType: broken.json'],
  [['margin'], "missing required argument 'file'"],
  [['explain', '--check', 'epoch.json'], 'a margin report'],
])('%j is refused', (args, says) => {
  const { code, error } = plimsoll(...args)
  expect(error).toContain(says)
  expect(code).toBe(2)
})

test('a table with a bucket of its own, prices and an epoch from the line', () => {
  const typed = ['--prices', 'prices.json', '--model', 'standard', '--epoch', 'epoch.json', '--json', '--as-of', '0']
  const { out } = plimsoll('margin', 'trader.csv', ...typed, '--bucket', 'side=line:400', '--price', 'ETH=2001')
  // ETH at 2001 against 1850 USD, whose weights the epoch does not name: 200.1 + 1850 against 151
  expect(JSON.parse(out).nettingSets).toMatchObject([
    { mode: 'cross', netLiquidationValue: '2500' },
    { mode: 'line', name: 'side', netLiquidationValue: '151', maintenanceMargin: '2050.1', line: { limit: '400' } },
  ])
})

test('a report is checked: right as it was printed, wrong once a number was changed', () => {
  const { out } = plimsoll('explain', 'trader.json', '--json')
  write('report.json', out)
  const sound = plimsoll('explain', '--check', 'report.json')
  expect([sound.code, sound.out]).toEqual([0, 'CHECKED   6 numbers follow from their terms, 8 are given\n'])
  write('forged.json', out.replace('"816.076752"', '"816.076751"'))
  const forged = plimsoll('explain', '--check', 'forged.json')
  expect(forged.code).toBe(1)
  expect(forged.out).toContain('BROKEN')
})

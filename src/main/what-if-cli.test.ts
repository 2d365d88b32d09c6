import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { TRADER } from '../answers/trader.test-data.ts'
import { PROJECT_ROOT } from './project.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-what-if-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
writeFileSync(join(folder, 'trader.json'), JSON.stringify(TRADER))

function plimsoll(...args: readonly string[]) {
  const done = spawnSync(join(PROJECT_ROOT, 'bin', 'plimsoll'), args, { cwd: folder, encoding: 'utf8' })
  return { code: done.status, out: done.stdout, error: done.stderr }
}

test('whatif says safer or refused, in 80 columns, and ends with 0, 1 or 2', () => {
  const safer = plimsoll('whatif', 'trader.json', '--add', 'ETH-PERP:3')
  expect([safer.code, safer.error]).toEqual([0, ''])
  expect(safer.out).toMatch(/SAFER {3}usage 36\.7 % → 32\.5 %/)
  expect(safer.out).toMatch(/ALLOWED {3}new risk check: NLV ≥ IM afterwards/)
  const refused = plimsoll('whatif', 'trader.json', '--add', 'ETH-PERP:-40', '--ascii')
  // Worked out in src/answers/what-if.test.ts: 4873.904928 are missing
  expect([refused.code, /REFUSED .*missing 4,873\.91/.test(refused.out)]).toEqual([1, true])
  expect(/^[\x20-\x7e\n]*$/.test(refused.out)).toBe(true)
  for (const line of `${safer.out}${refused.out}`.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  const wrong = plimsoll('whatif', 'trader.json', '--deposit', 'USDC')
  expect([wrong.code, wrong.error]).toEqual([2, expect.stringMatching(/error NotOneOf: --deposit/)])
})

test('liquidation-price prints roots as JSON and as a table', () => {
  const json = plimsoll('liquidation-price', 'trader.json', '--json')
  const { nettingSets } = JSON.parse(json.out) as { nettingSets: { assets: { asset: string; answer: string }[] }[] }
  expect(nettingSets[0]?.assets.map(({ asset, answer }) => `${asset} ${answer}`)).toContain('ETH one')
  const table = plimsoll('liquidation-price', 'trader.json')
  expect(table.out).toMatch(/ETH +2,000\.00 +2,326\.53 ▲ +\+16\.3 % +— +exact ±1 tick ✓/)
  for (const line of table.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})

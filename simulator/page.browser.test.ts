import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { htmlReport } from '../src/replay/report/html.ts'
import { replayJob } from '../src/main/replay-job.ts'
import { CHROMIUM, launchChromium, NO_BROWSER, openFile, SCREENS } from './chromium.ts'

/** The page of a real replay in a real browser. */
describe.skipIf(NO_BROWSER)(`the report in a browser (needs ${CHROMIUM}, or PLIMSOLL_CHROMIUM)`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-page-'))
  const file = join(folder, 'report.html')
  const houseFile = join(folder, 'house.html')
  let browser: Browser | undefined

  beforeAll(async () => {
    const request = { tape: '2022-11-ftx', accounts: 60, seed: 7, model: 'standard', mode: undefined, verify: true }
    const report = await replayJob({ ...request, journal: join(folder, 'journal.db') }, () => undefined)
    writeFileSync(file, htmlReport(report))
    const house = { ...request, accounts: 15, model: 'plimsoll-1', verify: false }
    const beside = await replayJob({ ...house, journal: join(folder, 'house.db') }, () => undefined)
    writeFileSync(houseFile, htmlReport(beside))
    browser = await launchChromium()
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = (width: number, scheme: 'light' | 'dark', of: string) => openFile(browser, of, { width, scheme })

  test.each(SCREENS)(
    'at %i pixels, %s: nothing scrolls sideways, nothing is fetched, nothing is complained of',
    async (width, scheme) => {
      const { page, asked, said } = await open(width, scheme, file)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(asked).toEqual([pathToFileURL(file).href])
      expect(said).toEqual([])
      expect(await page.textContent('h1')).toMatch(/^Pooled in one account/)
      await page.context().close()
    },
  )

  test.each(SCREENS)('at %i pixels, %s: the comparison of two models fits its card', async (width, scheme) => {
    const { page, asked, said } = await open(width, scheme, houseFile)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    const overflow = 'const card = document.getElementById("models"); card.scrollWidth - card.clientWidth'
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0)
    expect(await page.locator('#models .f.other').count()).toBeGreaterThan(1)
    expect([asked, said]).toEqual([[pathToFileURL(houseFile).href], []])
    await page.context().close()
  })

  test('the theme follows the system until the button overrides it', async () => {
    const { page } = await open(1280, 'dark', file)
    const dark = await background(page)
    await page.click('button')
    expect(await background(page)).not.toBe(dark)
    await page.context().close()
  })

  test('the arrow keys move the cursor that the charts share', async () => {
    const { page } = await open(1280, 'light', file)
    const before = await page.textContent('body')
    const chart = page.locator('[tabindex="0"]').first()
    await chart.focus()
    for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowLeft')
    expect(await page.textContent('body')).not.toBe(before)
    await page.context().close()
  })
})

async function background(page: Page): Promise<unknown> {
  return page.evaluate('getComputedStyle(document.body).backgroundColor')
}

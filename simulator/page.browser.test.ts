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
  let browser: Browser | undefined

  beforeAll(async () => {
    const request = { tape: '2022-11-ftx', accounts: 60, seed: 7, model: 'standard', mode: undefined, verify: true }
    const report = await replayJob({ ...request, journal: join(folder, 'journal.db') }, () => undefined)
    writeFileSync(file, htmlReport(report))
    browser = await launchChromium()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = (width: number, scheme: 'light' | 'dark') => openFile(browser, file, { width, scheme })

  test.each(SCREENS)(
    'at %i pixels, %s: nothing scrolls sideways, nothing is fetched, nothing is complained of',
    async (width, scheme) => {
      const { page, asked, said } = await open(width, scheme)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(asked).toEqual([pathToFileURL(file).href])
      expect(said).toEqual([])
      expect(await page.textContent('h1')).toMatch(/^Pooled in one account/)
      await page.context().close()
    },
  )

  test('the theme follows the system until the button overrides it', async () => {
    const { page } = await open(1280, 'dark')
    const dark = await background(page)
    await page.click('button')
    expect(await background(page)).not.toBe(dark)
    await page.context().close()
  })

  test('the arrow keys move the cursor that the charts share', async () => {
    const { page } = await open(1280, 'light')
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

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, launchChromium, NO_BROWSER, openFile, SCREENS } from '../../../../simulator/chromium.ts'
import { madeUpReport } from '../backtest-report.test-data.ts'
import { backtestPage } from './backtest-page.ts'

describe.skipIf(NO_BROWSER)(`the backtest page in a browser (needs ${CHROMIUM}, or PLIMSOLL_CHROMIUM)`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-backtest-page-'))
  const file = join(folder, 'backtest.html')
  let browser: Browser | undefined

  beforeAll(async () => {
    writeFileSync(file, backtestPage(madeUpReport()))
    browser = await launchChromium()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test.each(SCREENS)(
    'at %i pixels, %s: the page never scrolls sideways, asks for nothing and complains of nothing',
    async (width, scheme) => {
      const { page, asked, said } = await openFile(browser, file, { width, scheme })
      await page.evaluate(`for (const fold of document.querySelectorAll('details')) fold.open = true`)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(asked).toEqual([pathToFileURL(file).href])
      expect(said).toEqual([])
      await page.context().close()
    },
  )

  test('at 1280 pixels no table but those of books is wider than its box', async () => {
    const { page } = await openFile(browser, file, { width: 1280, scheme: 'light' })
    const wide = await page.evaluate(
      `[...document.querySelectorAll('.sx')].filter((box) => box.scrollWidth > box.clientWidth && !box.ariaLabel.startsWith('Books: ')).map((box) => box.getAttribute('aria-label'))`,
    )
    expect(wide).toEqual([])
    await page.context().close()
  })

  test('the arrow keys move the cursor of all books together and read out the figures of the report', async () => {
    const report = madeUpReport()
    const { page } = await openFile(browser, file, { width: 1280, scheme: 'light' })
    await page.locator('#losses .charts').focus()
    await page.keyboard.press('Home')
    const [first] = report.plots.marginAndLoss
    const margin = ((first?.margin[0] ?? 0) * 100).toFixed(1)
    const read = await page.locator('#losses .read').textContent()
    expect(read).toContain('2021-05-14')
    expect(read).toContain(`BTC long margin ${margin} %`)
    await page.keyboard.press('ArrowRight')
    expect(await page.locator('#losses .read').textContent()).toContain('2021-05-15')
    await page.context().close()
  })
})

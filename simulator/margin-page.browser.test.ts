import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deskReport, traderReport } from '../src/answers/house-reports.test-data.ts'
import { marginPage } from '../src/report/margin/html/margin-page.ts'
import { REQUEST } from '../src/report/margin/html/page-request.test-data.ts'
import { CHROMIUM, launchChromium, NO_BROWSER, openFile, SCREENS } from './chromium.ts'

/** Texts whose contrast with what is painted behind them is below 4.5 : 1. Folds are opened first, so that all of the page is seen. */
const FAINT_TEXTS = `(() => {
  for (const fold of document.querySelectorAll('details')) fold.open = true
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const over = (color, ground) => {
    paint.globalAlpha = 1
    paint.fillStyle = 'rgb(' + ground.join(' ') + ')'
    paint.fillRect(0, 0, 1, 1)
    paint.fillStyle = color
    paint.fillRect(0, 0, 1, 1)
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3)
  }
  const groundOf = (element) => {
    const above = element.parentElement ? groundOf(element.parentElement) : [255, 255, 255]
    return over(getComputedStyle(element).backgroundColor, above)
  }
  const light = (color) => {
    const [r, g, b] = color.map((part) => {
      const share = part / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const faint = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  let seen = 0
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode
    if (textContent.trim() === '' || /^(SCRIPT|STYLE)$/.test(parentElement.tagName)) continue
    if (parentElement.getClientRects().length === 0) continue
    seen += 1
    const ground = groundOf(parentElement)
    const ink = over(getComputedStyle(parentElement).color, ground)
    const [dark, bright] = [light(ink), light(ground)].sort((a, b) => a - b)
    const contrast = (bright + 0.05) / (dark + 0.05)
    if (contrast < 4.5) faint.push(textContent.trim().slice(0, 40) + ' ' + contrast.toFixed(2))
  }
  if (seen < 100) throw new Error('only ' + seen + ' texts were seen')
  return faint
})()`

/** The share of the requirement, the value of the account and the cell that is chosen add up as shown: differences, in cents. */
const DIFFERENCES = `(() => {
  const cents = (text) => BigInt(text.replace('\u2212', '-').replace(/[^0-9-]/g, ''))
  const total = (list) => list.reduce((sum, one) => sum + one, 0n)
  const shown = (where) => [...document.querySelectorAll(where)].map((one) => cents(one.textContent))
  const worth = shown('.wf .wv')
  const asked = shown('.at tbody td:nth-child(2)')
  const first = shown('.at tbody td:nth-child(4)')
  const [, whole] = document.querySelectorAll('.ct b')
  const parts = shown('.crow > :last-child')
  return [
    total(worth.slice(0, -1)) - worth.at(-1),
    total(asked.slice(0, -1)) - asked.at(-1),
    total(first.slice(0, -1)) - first.at(-1),
    total(parts) - cents(whole.textContent),
  ].map(String)
})()`

describe.skipIf(NO_BROWSER)(`the margin page in a browser (needs ${CHROMIUM}, or PLIMSOLL_CHROMIUM)`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-margin-page-'))
  const files = { trader: join(folder, 'trader.html'), desk: join(folder, 'desk.html') }
  let browser: Browser | undefined

  beforeAll(async () => {
    writeFileSync(files.trader, marginPage(traderReport(), REQUEST))
    writeFileSync(files.desk, marginPage(deskReport(), REQUEST))
    browser = await launchChromium()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const pages = (['trader', 'desk'] as const).flatMap((name) =>
    SCREENS.map(([width, scheme]) => [name, width, scheme] as const),
  )
  test.each(pages)(
    'of a %s at %i pixels, %s: nothing scrolls sideways, is fetched, is complained of or is hard to read',
    async (name, width, scheme) => {
      const { page, asked, said } = await openFile(browser, files[name], { width, scheme })
      expect(await page.evaluate(FAINT_TEXTS)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      for (const regime of ['now', 'one', 'break']) {
        await page.evaluate(`document.querySelector('[value=${regime}]').click()`)
        expect(await page.locator(`.cm.${regime}`).first().isVisible()).toBe(true)
        expect(await page.evaluate(FAINT_TEXTS)).toEqual([])
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(asked).toEqual([pathToFileURL(files[name]).href])
      expect(said).toEqual([])
      await page.context().close()
    },
  )

  test('what is shown adds up to the totals shown, in every cell', async () => {
    const { page } = await openFile(browser, files.trader, { width: 1280, scheme: 'light' })
    const cells = page.locator('.cell')
    for (let i = 0; i < (await cells.count()); i += 1) {
      await cells.nth(i).click()
      const adds = await page.evaluate(DIFFERENCES)
      expect(adds).toEqual(['0', '0', '0', '0'])
    }
    await page.context().close()
  })

  test('the arrow keys move the choice, over gaps and into the next map, and stop at the edge', async () => {
    const { page } = await openFile(browser, files.desk, { width: 1280, scheme: 'light' })
    const map = page.locator('.hms').filter({ has: page.locator('[aria-label*="BTC"]') })
    await map.locator('.cell').first().click()
    const before = await chosen(map)
    await page.keyboard.press('ArrowLeft')
    expect(await chosen(map)).toEqual(before)
    await page.keyboard.press('ArrowRight')
    const beside = await chosen(map)
    expect(beside.name).not.toBe(before.name)
    expect(await page.locator('.ct b').allTextContents()).toContain(beside.name.replace(/:.*/, ''))
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(beside.name)
    // The outermost moves have volatility up only: below them lies the next price's map.
    await page.keyboard.press('ArrowDown')
    expect((await chosen(map)).name).toMatch(/^SOL /)
    expect(await map.locator('[tabindex="0"]').count()).toBe(1)
    await page.context().close()
  })

  test('the chosen cell says which moves the other assets make', async () => {
    const { page } = await openFile(browser, files.trader, { width: 390, scheme: 'light' })
    await page.locator('.cell[aria-label^="BTC -1:"]').click()
    const said = await page.locator('.mv').innerText()
    expect(said).toMatch(/BTC −\d+\.\d %/)
    expect(said).toMatch(/ETH −\d+\.\d %/)
    expect(said).toContain('more factors move that nothing here depends on')
    await page.context().close()
  })

  test('a link to a number opens the folds around it, and paper is white', async () => {
    const { page } = await openFile(browser, files.trader, { width: 1280, scheme: 'dark' })
    const link = page.locator('[id^="exposed-"] a.d').first()
    const target = await link.getAttribute('href')
    expect(await page.locator(`[id="${target?.slice(1)}"]`).isVisible()).toBe(false)
    await link.click()
    await expect.poll(() => page.locator(`[id="${target?.slice(1)}"]`).isVisible()).toBe(true)
    const dark = await background(page)
    await page.click('#theme')
    expect(await background(page)).not.toBe(dark)
    await page.emulateMedia({ media: 'print' })
    expect(await background(page)).toBe('rgb(255, 255, 255)')
    await page.context().close()
  })
})

async function chosen(map: ReturnType<Page['locator']>): Promise<{ readonly name: string }> {
  return { name: (await map.locator('[aria-selected="true"]').getAttribute('aria-label')) ?? '' }
}

async function background(page: Page): Promise<unknown> {
  return page.evaluate('getComputedStyle(document.body).backgroundColor')
}

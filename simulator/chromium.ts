import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'

/** A real browser for pages. Where there is none the tests of pages say so: install Debian's `chromium`. */
export const CHROMIUM = process.env['PLIMSOLL_CHROMIUM'] ?? '/usr/bin/chromium'
export const NO_BROWSER = !existsSync(CHROMIUM)

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Widths and themes that every page is looked at in. */
export const SCREENS: readonly (readonly [width: number, scheme: 'light' | 'dark'])[] = [
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark'],
]

/** A page with what it asked for and what it complained of. */
export interface OpenedPage {
  readonly page: Page
  readonly asked: readonly string[]
  readonly said: readonly string[]
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
}

/** A file in a window of its own. Throws if the browser did not start. */
export async function openFile(
  browser: Browser | undefined,
  file: string,
  { width, scheme }: { readonly width: number; readonly scheme: 'light' | 'dark' },
): Promise<OpenedPage> {
  if (browser === undefined) throw new Error('the browser did not start')
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme })
  const page = await context.newPage()
  const asked: string[] = []
  const said: string[] = []
  page.on('request', (sent) => asked.push(sent.url()))
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  await page.goto(pathToFileURL(file).href)
  return { page, asked, said }
}

import type { PageRequest } from './margin-page.ts'

/** What stands beside a report on its page. Imported by tests only. */
export const REQUEST: PageRequest = {
  file: 'a/folder/trader.json',
  again: 'plimsoll explain a/folder/trader.json --html out.html',
  check: 'plimsoll explain --check report.json',
  all: false,
}

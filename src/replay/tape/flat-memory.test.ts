import { Readable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { assetId } from '../../core/instrument/identifier.ts'
import { csvBars } from './csv-bars.ts'
import { textLines } from '../../tables/text-lines.ts'

const MEGABYTE = 1_000_000
const INPUT_BYTES = 200 * MEGABYTE
const ROWS_PER_PIECE = 400
const NAMES = 'open_time,open,high,low,close,volume,close_time,quote_volume,trades,taker_base,taker_quote,ignore\n'
const REST =
  ',20000.37,20001.5,19999.25,20000.5,12.34567000,1667696399999,246913.40000000,1234,6.17000000,123456.70000000,0\n'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** A table of minute bars as Binance publishes it, made as it is read. */
function* table(): Generator<Buffer> {
  yield Buffer.from(NAMES)
  let time = Date.UTC(2020, 0, 1)
  for (let made = 0; made < INPUT_BYTES;) {
    let text = ''
    for (let row = 0; row < ROWS_PER_PIECE; row += 1) text += (time += 60_000) + REST
    made += text.length
    yield Buffer.from(text)
  }
}

/** Resident memory without what is only waiting to be collected. */
function residentBytes(): number {
  collectGarbage()
  return process.memoryUsage.rss()
}

test('reading a table of 200 MB takes no more memory than reading 20 MB of it', async () => {
  const lines = textLines(Readable.from(table(), { objectMode: true }), 'table')
  const series = { file: 'table', kind: 'spot', symbol: assetId('BTC') } as const
  const rowBytes = 13 + REST.length
  let rows = 0
  let nextLook = 20 * MEGABYTE
  const looks: number[] = []
  for await (const bars of csvBars(series, lines)) {
    rows += bars.length
    if (rows * rowBytes < nextLook) continue
    nextLook += 20 * MEGABYTE
    looks.push(residentBytes())
  }
  const [first = 0, ...later] = looks
  expect(rows * rowBytes).toBeGreaterThan(INPUT_BYTES - MEGABYTE)
  expect(later.length).toBeGreaterThan(7)
  expect(Math.max(...later) - first).toBeLessThan(100 * MEGABYTE)
})

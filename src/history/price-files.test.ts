import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PriceFile, priceFiles } from './price-files.ts'
import { folderWith } from './temp-tables.test-data.ts'

let root = ''
beforeAll(async () => {
  root = await folderWith({
    'data/b.csv': '',
    'data/B.CSV.gz': '',
    'data/a/z.csv': '',
    'data/a/perp/y.csv': '',
    'data/a/.hidden.csv': '',
    'data/README.md': '',
    'perp_1h/BTC.csv': '',
    'perp_1h/deep/ETH.csv': '',
    'superperplex/BTC.csv': '',
    'superperplex/BTC-PERP.csv': '',
    'superperplex/BTC_perpetuals_1h.csv': '',
  })
  await mkdir(join(root, 'empty'))
})
afterAll(() => rm(root, { recursive: true }))

async function found(...paths: readonly string[]): Promise<readonly string[]> {
  const files = await priceFiles(paths.map((path) => join(root, path)))
  return files.map(({ path, kind }: PriceFile) => `${kind} ${path.slice(root.length + 1)}`)
}

test('a folder is all CSV below it, sorted by name; what is hidden or something else is not seen', async () => {
  expect(await found('data')).toEqual([
    'spot data/B.CSV.gz',
    'perpetual data/a/perp/y.csv',
    'spot data/a/z.csv',
    'spot data/b.csv',
  ])
})

test('files come in the order given, each once', async () => {
  expect(await found('data/b.csv', 'data', 'data/../data/b.csv')).toEqual([
    'spot data/b.csv',
    'spot data/B.CSV.gz',
    'perpetual data/a/perp/y.csv',
    'spot data/a/z.csv',
  ])
})

test('perpetuals are told by perp as a part of a name, of the folder given, below it, and of the file', async () => {
  expect(await found('perp_1h', 'superperplex')).toEqual([
    'perpetual perp_1h/BTC.csv',
    'perpetual perp_1h/deep/ETH.csv',
    'perpetual superperplex/BTC-PERP.csv',
    'spot superperplex/BTC.csv',
    'perpetual superperplex/BTC_perpetuals_1h.csv',
  ])
})

test('of a file the folder it lies in counts, not the ones above', async () => {
  expect(await found('perp_1h/BTC.csv', 'perp_1h/deep/ETH.csv')).toEqual([
    'perpetual perp_1h/BTC.csv',
    'spot perp_1h/deep/ETH.csv',
  ])
})

test('says whether a file was named or found', async () => {
  const files = await priceFiles([join(root, 'perp_1h/BTC.csv'), join(root, 'perp_1h/deep')])
  expect(files.map(({ name, isFromFolder }) => [name, isFromFolder])).toEqual([
    ['BTC.csv', false],
    ['ETH.csv', true],
  ])
})

test('names a path where nothing is', async () => {
  const path = join(root, 'missing')
  await expect(priceFiles([join(root, 'data'), path])).rejects.toThrow(
    [
      `error FileNotFound: ${path}`,
      '  at        prices',
      '  expected  a CSV file, or a folder of CSV files',
      '  got       no such file or folder',
      '  remedy    check the path',
    ].join('\n'),
  )
})

test('names a folder without tables', async () => {
  const path = join(root, 'empty')
  await expect(priceFiles([path])).rejects.toThrow(
    [
      `error NoCsv: ${path}`,
      '  at        folder',
      '  expected  files such as BTCUSDT_1h.csv or prices.csv.gz, in it or below',
      '  got       none',
      '  remedy    check the path',
    ].join('\n'),
  )
})

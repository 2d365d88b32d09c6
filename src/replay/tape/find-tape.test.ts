import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findTape, tapeIds } from './find-tape.ts'

const BARS = 'ts,close\n1667692800,1\n1667696400,2\n'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'plimsoll-find-'))
  await mkdir(join(root, 'scenarios'))
  await mkdir(join(root, 'bars'))
  for (const id of ['2022-05-luna', '2022-11-ftx', '2022-11-ftx-long']) {
    await writeFile(join(root, 'scenarios', `${id}.csv`), tapeText(id))
  }
  await writeFile(join(root, 'scenarios', 'README.md'), 'not a tape')
  await writeFile(join(root, 'own.csv'), tapeText('own'))
  await writeFile(join(root, 'bars', 'BTCUSDT_1h.csv'), BARS)
  await writeFile(join(root, 'empty.csv'), '')
})
afterAll(() => rm(root, { recursive: true }))

function tapeText(id: string): string {
  const header = ['id', 'title'].map((key) => `# ${key}: ${id}`).join('\n')
  return `# plimsoll tape v1\n${header}\n# settlement: USDT\n# interval: 3600000\n# spot: BTC
kind,symbol,time,open,high,low,close\nspot,BTC,2022-11-06T00:00Z,,,,1\n`
}

const found: [name: string, argument: () => string, id: string][] = [
  ['a name', () => '2022-05-luna', '2022-05-luna'],
  ['a name that is the beginning of another', () => '2022-11-ftx', '2022-11-ftx'],
  ['the beginning of one name', () => '2022-05', '2022-05-luna'],
  ['a tape file', () => join(root, 'own.csv'), 'own'],
  ['a folder of tables', () => join(root, 'bars'), 'bars'],
  ['a table', () => join(root, 'bars', 'BTCUSDT_1h.csv'), 'BTCUSDT_1h.csv'],
]
test.each(found)('finds a tape by %s', async (_name, argument, id) => {
  const { header } = await findTape(argument(), join(root, 'scenarios'))
  expect(header.id).toBe(id)
})

const ALL = 'tapes: 2022-05-luna, 2022-11-ftx, 2022-11-ftx-long'
const notFound: [name: string, argument: string, first: string, line: string][] = [
  ['an unknown name, with the names there are', 'nope', 'error TapeNotFound: nope', ALL],
  ['an empty name', '', 'error TapeNotFound: ', ALL],
  [
    'the beginning of several names',
    '2022',
    'error AmbiguousName: 2022',
    'the beginning of 2022-05-luna and of 2022-11-ftx',
  ],
]
test.each(notFound)('refuses %s', async (_name, argument, first, line) => {
  const message = await findTape(argument, join(root, 'scenarios')).catch((error: Error) => error.message)
  expect(message).toContain(`${first}\n`)
  expect(message).toContain(line)
})

test('an empty file is neither a tape nor a table', async () => {
  await expect(findTape(join(root, 'empty.csv'), join(root, 'scenarios'))).rejects.toThrow('error EmptyFile')
})

test('without a scenarios folder there are no names', async () => {
  expect(await tapeIds(join(root, 'nowhere'))).toEqual([])
  await expect(findTape('x', join(root, 'nowhere'))).rejects.toThrow('tapes: none')
})

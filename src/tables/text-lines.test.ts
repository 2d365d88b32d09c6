import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LINE_BYTES, type TextLine, textLines } from './text-lines.ts'

async function* pieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0
  for (const size of sizes) {
    yield bytes.subarray(start, start + size)
    start += size
  }
  yield bytes.subarray(start)
}

async function allOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

async function linesOf(text: string, sizes: readonly number[] = []): Promise<readonly TextLine[]> {
  return (await allOf(textLines(pieces(Buffer.from(text), sizes), 'text'))).flat()
}

test('numbers lines from 1 and skips blank ones', async () => {
  expect(await linesOf('a\n\n \r\nb\r\nc')).toEqual([
    { number: 1, text: 'a' },
    { number: 4, text: 'b' },
    { number: 5, text: 'c' },
  ])
})

test('no text has no lines', async () => {
  expect(await linesOf('')).toEqual([])
})

test('reads the same lines however the bytes are cut', async () => {
  const text = fc.array(fc.constantFrom('a', 'é', '€', '𝄞', ',', '\n', '\r\n', ' '), { maxLength: 60 })
  const sizes = fc.array(fc.nat({ max: 9 }), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(text, sizes, async (parts, cuts) => {
      expect(await linesOf(parts.join(''), cuts)).toEqual(await linesOf(parts.join('')))
    }),
  )
})

test('a line of exactly the longest length is read, wherever it is cut', async () => {
  const longest = 'x'.repeat(LINE_BYTES)
  for (const sizes of [[], [100], [LINE_BYTES, 1], [LINE_BYTES - 1, 1, 1]]) {
    expect((await linesOf(`${longest}\nb`, sizes)).map(({ text }) => text.length)).toEqual([LINE_BYTES, 1])
  }
})

test('a line one byte longer is refused', async () => {
  await expect(linesOf(`a\n${'x'.repeat(LINE_BYTES + 1)}\n`)).rejects.toThrow('error LineTooLong: text:2:65537')
  await expect(linesOf(`a\n${'é'.repeat(LINE_BYTES / 2)}x\n`)).rejects.toThrow('error LineTooLong: text:2')
})

test('a line without end is refused before it is read', async () => {
  let asked = 0
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      asked += 1
      yield new Uint8Array(1024).fill(0x78)
    }
  }
  await expect(allOf(textLines(endless(), 'text'))).rejects.toThrow('error LineTooLong: text:1:65537')
  expect(asked).toBe(65)
})

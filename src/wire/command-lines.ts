import type { FieldProblem } from './decode.ts'

export interface NumberedLine {
  readonly number: number
  readonly text: string
}

/** A line of a command file that is no command, and why. */
export class CommandLineError extends Error {
  readonly file: string
  readonly line: number
  readonly problems: readonly FieldProblem[]
  constructor(file: string, line: number, problems: readonly FieldProblem[]) {
    super(problems.map(({ path, expected, got }) => printed(file, line, path, expected, got)).join('\n'))
    this.name = 'CommandLineError'
    this.file = file
    this.line = line
    this.problems = problems
  }
}

/** Longest line read: a batch of prices of a thousand assets is well below. */
export const LONGEST_LINE = 1024 * 1024

/**
 * Lines of a byte stream as they arrive, blank ones left out: all whole lines of one chunk together, so that what is waiting
 * can go as one batch. Memory is bounded by the longest line. Throws CommandLineError for a line that is too long or not UTF-8.
 */
export async function* commandLines(
  input: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<readonly NumberedLine[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let [number, rest] = [0, '']
  for await (const chunk of input) {
    const text = rest + decodedChunk(decoder, chunk, file, number + 1)
    const parts = text.split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > LONGEST_LINE) throw tooLong(file, number + parts.length + 1)
    const lines: NumberedLine[] = []
    for (const part of parts) {
      number += 1
      if (part.length > LONGEST_LINE) throw tooLong(file, number)
      if (part.trim() !== '') lines.push({ number, text: part })
    }
    if (lines.length > 0) yield lines
  }
  rest += decodedChunk(decoder, undefined, file, number + 1)
  if (rest.trim() !== '') yield [{ number: number + 1, text: rest }]
}

function decodedChunk(
  decoder: InstanceType<typeof TextDecoder>,
  chunk: Uint8Array | undefined,
  file: string,
  line: number,
): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch {
    throw new CommandLineError(file, line, [{ path: '$', expected: 'UTF-8 text', got: 'bytes that are none' }])
  }
}

function tooLong(file: string, line: number): CommandLineError {
  return new CommandLineError(file, line, [
    { path: '$', expected: `a line of at most ${LONGEST_LINE} characters`, got: 'a longer one' },
  ])
}

function printed(file: string, line: number, path: string, expected: string, got: string): string {
  return `error BadCommand: ${file}:${line}\n  at        ${path}\n  expected  ${expected}\n  got       ${got}`
}

import { quotedWord } from '../report/quoted-word.ts'
import type { MarginArguments } from './margin-options.ts'

/** What to type to get the same report again: everything that decides its figures, and where its page goes. */
export function marginCommand(command: 'margin' | 'explain', typed: MarginArguments): string {
  const { file, model, epoch, prices, price, asOf, bucket, html, all } = typed
  const option = (name: string, values: readonly (string | undefined)[]) =>
    values.flatMap((value) => (value === undefined ? [] : [`--${name}`, value]))
  const words = [
    'plimsoll',
    command,
    file,
    ...option('model', [model]),
    ...option('epoch', [epoch]),
    ...option('prices', prices),
    ...option('price', price),
    ...option('as-of', [asOf]),
    ...option('bucket', bucket),
    ...(all ? ['--all'] : []),
    ...option('html', [html]),
  ]
  return words.map(quotedWord).join(' ')
}

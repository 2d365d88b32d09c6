import { POSITIVE_VALUE } from './unit-fields.ts'
import { createFindings } from './findings.ts'
import type { FileBucketMode } from './portfolio-file.ts'
import type { Problems } from './problem.ts'
import { quoted, ROOT, sourceOf } from './source.ts'

export type BucketOption =
  | { readonly ok: true; readonly bucket: string; readonly mode: FileBucketMode }
  | { readonly ok: false; readonly problems: Problems }

const OPTION = /^([^=]{1,40})=(cross|isolated|line)(?::(.*))?$/s

/** A bucket's mode as a command line says it: `eth-vol=line:25000`, `2=isolated`. */
export function bucketOption(text: string): BucketOption {
  const findings = createFindings()
  const { problems } = findings
  const spot = { source: sourceOf({ name: '--bucket', text }), offset: 0, path: ROOT }
  const [, bucket = '', kind = '', line] = OPTION.exec(text) ?? []
  if (kind === 'line' && line !== undefined) {
    const amount = POSITIVE_VALUE.read(line, { ...spot, offset: text.length - line.length }, findings)
    if (amount !== undefined) return { ok: true, bucket, mode: { kind, line: amount } }
  } else if ((kind === 'cross' || kind === 'isolated') && line === undefined) {
    return { ok: true, bucket, mode: { kind } }
  }
  if (problems.isEmpty()) {
    const remedy = 'write eth-vol=line:25000, eth-vol=isolated or eth-vol=cross'
    problems.add(spot, {
      code: 'NotOneOf',
      expected: 'NAME=cross, NAME=isolated or NAME=line:USD',
      got: quoted(text.slice(0, 60)),
      remedy,
    })
  }
  return { ok: false, problems: problems.sorted() }
}

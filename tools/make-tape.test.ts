import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const data = process.env['PLIMSOLL_DATA']

test.skipIf(data === undefined)('the sources give the tapes of scenarios byte for byte (needs PLIMSOLL_DATA)', () => {
  const tool = join(import.meta.dirname, 'make-tape.ts')
  expect(() => execFileSync(process.execPath, [tool, '--check'], { stdio: 'pipe' })).not.toThrow()
})

import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { UsageError } from '../cli/program.ts'

/** Before the work, not after it: a page, or what else an option names, that cannot be written is said at once. */
export function requireFolderOf(file: string, option = '--html'): void {
  const folder = dirname(file)
  if (existsSync(folder)) return
  const remedy = `make it first: mkdir -p ${folder}`
  throw new UsageError('FolderNotFound', {
    at: `${option} ${file}`,
    expected: 'a folder that exists',
    got: folder,
    remedy,
  })
}

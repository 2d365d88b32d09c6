import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the project lies, whatever folder it is run from. */
export const PROJECT_ROOT = join(import.meta.dirname, '..', '..')

/** Version of this build, from package.json. */
export const ENGINE_VERSION: string = (
  JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as { version: string }
).version

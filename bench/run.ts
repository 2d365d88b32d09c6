import { cpus } from 'node:os'
import { measureCommands } from './commands.ts'
import { measureCorrelated } from './correlated.ts'
import { measureOptionArrays } from './option-arrays.ts'
import { measurePricing } from './pricing.ts'
import { measureRemargins } from './remargin.ts'
import { measureTapes } from './tapes.ts'

/** Prints the benchmark table of the README: `npm run bench`, or parts of it: `npm run bench -- commands remargins correlated pricing option-arrays tapes`. */
const PARTS = {
  commands: measureCommands,
  remargins: measureRemargins,
  correlated: measureCorrelated,
  pricing: measurePricing,
  'option-arrays': measureOptionArrays,
  tapes: measureTapes,
}

const wanted = process.argv.slice(2)
for (const part of wanted)
  if (!(part in PARTS)) throw new RangeError(`no part "${part}"; there are ${Object.keys(PARTS).join(', ')}`)

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}\n`)
for (const [name, measure] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const row of await measure()) console.log(row)
  console.log('')
}

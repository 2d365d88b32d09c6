// Checks what the compiler, the linter and dependency-cruiser cannot. Usage: node tools/tidy.ts
import { globSync, readFileSync } from 'node:fs'
import { describeFinding } from './tidy/finding.ts'
import { findCoreFaults } from './tidy/core-faults.ts'
import { findTextFaults } from './tidy/text-faults.ts'

const ROOTS = ['src', 'simulator', 'bench', 'tools']

const files = ROOTS.flatMap((root) => globSync(`${root}/**/*.{ts,mjs,cjs}`)).filter(
  (file) => !file.includes('node_modules'),
)
const findings = [
  ...files.flatMap((file) => findTextFaults(file, readFileSync(file, 'utf8'))),
  ...findCoreFaults('src/core/tsconfig.json'),
]

if (files.length === 0)
  findings.push({ file: 'tools/tidy.ts', line: 1, text: 'no file was found: run it from the root' })
if (findings.length > 0) console.error(findings.map(describeFinding).join('\n'))
else console.log(`${files.length} files, nothing untidy`)
process.exitCode = findings.length > 0 ? 1 : 0

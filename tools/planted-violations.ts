import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** File -> the modules it imports. Together they break every rule of tools/dependency-cruiser.cjs. */
const planted: Readonly<Record<string, readonly string[]>> = {
  // Each folder of core imports the next one.
  'src/core/quantity/a.ts': ['../instrument/a.ts', 'node:fs', './missing.ts'],
  'src/core/instrument/a.ts': ['../market/a.ts'],
  'src/core/market/a.ts': ['../pricing/a.ts'],
  'src/core/pricing/a.ts': ['../ledger/a.ts'],
  'src/core/ledger/a.ts': ['../portfolio/a.ts'],
  'src/core/portfolio/a.ts': ['../collateral/a.ts'],
  'src/core/collateral/a.ts': ['../margin/a.ts'],
  'src/core/margin/a.ts': ['../liquidation/a.ts', './models/one/a.ts'],
  'src/core/margin/models/one/a.ts': ['../two/a.ts'],
  'src/core/margin/models/two/a.ts': [],
  'src/core/liquidation/a.ts': ['../waterfall/a.ts'],
  'src/core/waterfall/a.ts': ['../clearing/a.ts'],
  'src/core/clearing/a.ts': ['../../estimate/a.ts', '../helpers/a.ts', './a.test.ts'],
  'src/core/clearing/a.test.ts': [],
  'src/core/helpers/a.ts': [],
  'src/estimate/a.ts': ['../runtime/a.ts', '../wire/a.ts'],
  'src/wire/a.ts': ['../oracle/a.ts', 'node:path'],
  'src/answers/a.ts': ['../runtime/a.ts', 'node:crypto'],
  'src/report/a.ts': ['../answers/a.ts'],
  'src/tables/a.ts': ['../runtime/a.ts'],
  'src/history/a.ts': ['../wire/a.ts'],
  'src/oracle/a.ts': ['../api/a.ts', 'only-for-development'],
  'src/api/a.ts': ['../main/a.ts', '../../simulator/a.ts'],
  'src/runtime/a.ts': ['../api/a.ts', '../tables/a.ts', './b.ts'],
  'src/runtime/b.ts': ['./a.ts'],
  'src/runtime/orphan.ts': [],
  'src/main/a.ts': [],
  'simulator/a.ts': [],
  'dashboard/a.ts': ['../src/oracle/a.ts'],
}

/** Writes a small project into the empty `folder` in which every structure rule is broken. */
export function plantViolations(folder: string): void {
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  for (const [file, imports] of Object.entries(planted)) {
    write(file, `${imports.map((name) => `import '${name}'\n`).join('')}export {}\n`)
  }
  write('package.json', JSON.stringify({ type: 'module', devDependencies: { 'only-for-development': '1.0.0' } }))
  write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'nodenext', allowImportingTsExtensions: true } }))
  write('node_modules/only-for-development/package.json', JSON.stringify({ version: '1.0.0', exports: './a.js' }))
  write('node_modules/only-for-development/a.js', 'export {}\n')
}

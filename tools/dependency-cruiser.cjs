// Who may import whom. Checked by tools/structure.ts, which also shows that every rule here finds what it forbids.

// Layer order = reading order. A folder of core may import itself and the folders before it.
const CORE = [
  'quantity',
  'instrument',
  'market',
  'pricing',
  'ledger',
  'portfolio',
  'collateral',
  'margin',
  'liquidation',
  'waterfall',
  'clearing',
]
const ADAPTERS = ['oracle', 'journal', 'replay', 'history', 'settlement', 'api', 'cli']
const TESTS = '\\.(test|bench)\\.ts$'
const TESTS_AND_THEIR_DATA = '\\.(test|test-data|bench)\\.ts$'

const coreOrder = CORE.slice(0, -1).map((folder, i) => ({
  name: `core-order-${folder}`,
  severity: 'error',
  comment: `src/core/${folder} may not import a later layer`,
  from: { path: `^src/core/${folder}/` },
  to: { path: `^src/core/(${CORE.slice(i + 1).join('|')})/` },
}))

const core = [
  ...coreOrder,
  {
    name: 'core-has-no-other-folders',
    severity: 'error',
    comment: 'a folder of core has a place in the layer order',
    from: {},
    to: { path: `^src/core/(?!(${CORE.join('|')})/)` },
  },
  {
    name: 'core-is-pure',
    severity: 'error',
    comment: 'core imports only core: no shell, no packages, no node: modules',
    from: { path: '^src/core/', pathNot: TESTS },
    to: { pathNot: '^src/core/' },
  },
  {
    name: 'margin-models-are-islands',
    severity: 'error',
    comment: 'a margin model may not import another margin model',
    from: { path: '^src/core/margin/models/([^/]+)/' },
    to: { path: '^src/core/margin/models/', pathNot: '^src/core/margin/models/$1/' },
  },
  {
    name: 'models-plug-in-at-registry',
    severity: 'error',
    comment: 'only registry.ts names a concrete model',
    from: { path: '^src/', pathNot: `^src/core/margin/(models/|registry\\.ts)|${TESTS}` },
    to: { path: '^src/core/margin/models/' },
  },
]

const shell = [
  {
    name: 'no-float-in-decisions',
    severity: 'error',
    comment: 'estimates never reach the code that decides',
    from: { path: '^src/(core|journal|settlement)/' },
    to: { path: '^src/estimate/' },
  },
  {
    name: 'estimate-reads-core-only',
    severity: 'error',
    from: { path: '^src/estimate/', pathNot: TESTS },
    to: { path: '^src/(?!core/|estimate/)' },
  },
  {
    name: 'wire-reads-core-only',
    severity: 'error',
    comment: 'wire decodes and encodes; it knows what core knows',
    from: { path: '^src/wire/', pathNot: TESTS },
    to: { path: '^src/(?!core/|wire/)' },
  },
  {
    name: 'wire-runs-anywhere',
    severity: 'error',
    comment: 'the dashboard runs wire in a browser, where no node: module exists',
    from: { path: '^src/wire/', pathNot: TESTS },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'wire-is-for-the-border',
    severity: 'error',
    comment: 'inside, values are decoded already',
    from: { path: '^src/(?!(wire|answers|report|api|cli|replay|journal|main|runtime)/)' },
    to: { path: '^src/wire/' },
  },
  {
    name: 'answers-are-pure',
    severity: 'error',
    comment: 'answers are functions of what they are given: core, wire, estimates, nothing that touches the world',
    from: { path: '^src/answers/', pathNot: TESTS },
    to: { path: '^src/(?!core/|wire/|estimate/|answers/)' },
  },
  {
    name: 'answers-run-anywhere',
    severity: 'error',
    comment: 'whoever asks brings the files and the hash',
    from: { path: '^src/answers/', pathNot: TESTS_AND_THEIR_DATA },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'answers-are-asked-from-outside',
    severity: 'error',
    comment: 'only the composition roots and the API ask for answers',
    from: { path: '^src/(?!(answers|main|api)/)', pathNot: TESTS },
    to: { path: '^src/answers/' },
  },
  {
    name: 'reports-show-what-is-given',
    severity: 'error',
    comment: 'shared signs, figures and screens: they read reports and never decide',
    from: { path: '^src/report/', pathNot: TESTS },
    to: { path: '^src/(?!core/quantity/|wire/|report/)' },
  },
  {
    name: 'tables-read-core-only',
    severity: 'error',
    comment: 'tables read text: they know core, node: modules and nothing else',
    from: { path: '^src/tables/', pathNot: TESTS },
    to: { pathNot: '^src/(core|tables)/', dependencyTypesNot: ['core'] },
  },
  {
    name: 'tables-are-read-by-adapters',
    severity: 'error',
    comment: 'inside, rows are bars and prices already',
    from: { path: `^src/(?!(tables|main|${ADAPTERS.join('|')})/)`, pathNot: TESTS },
    to: { path: '^src/tables/' },
  },
  {
    name: 'history-fills-price-panels',
    severity: 'error',
    comment: 'history reads files into the two types that calibration and backtest take',
    from: { path: '^src/history/', pathNot: TESTS },
    to: { path: '^src/(?!(core|tables|history)/|estimate/(calibration/price-panel|backtest/option-chains)\\.ts$)' },
  },
  {
    name: 'adapters-do-not-know-each-other',
    severity: 'error',
    comment: 'adapters meet only in runtime/ (ports) and main/ (wiring)',
    from: { path: `^src/(${ADAPTERS.join('|')})/` },
    to: { path: `^src/(${ADAPTERS.join('|')})/`, pathNot: '^src/$1/' },
  },
  {
    name: 'runtime-owns-ports-not-adapters',
    severity: 'error',
    from: { path: '^src/runtime/' },
    to: { path: `^src/(${ADAPTERS.join('|')}|main)/` },
  },
  {
    name: 'nothing-imports-main',
    severity: 'error',
    comment: 'main composes the rest',
    from: { path: '^src/(?!main/)' },
    to: { path: '^src/main/' },
  },
  {
    name: 'production-imports-production-only',
    severity: 'error',
    comment: 'a test beside the code may use the worlds that simulator/workload builds',
    from: { path: '^(src|dashboard)/', pathNot: '\\.test\\.ts$' },
    to: { path: '^(simulator|tools|bench)/' },
  },
  {
    name: 'dashboard-speaks-wire-only',
    severity: 'error',
    from: { path: '^dashboard/' },
    to: { path: '^src/(?!wire/)' },
  },
]

const everywhere = [
  { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'no-orphans',
    severity: 'error',
    comment: 'a file nobody imports is dead',
    from: { orphan: true, path: '^src/(?!main/)', pathNot: `${TESTS}|\\.d\\.ts$` },
    to: {},
  },
  { name: 'imports-resolve', severity: 'error', from: {}, to: { couldNotResolve: true } },
  {
    name: 'nothing-imports-a-test',
    severity: 'error',
    from: { pathNot: TESTS },
    to: { path: TESTS },
  },
  {
    name: 'production-needs-no-development-package',
    severity: 'error',
    from: { path: '^src/', pathNot: TESTS },
    to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
  },
]

module.exports = {
  forbidden: [...core, ...shell, ...everywhere],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|dist|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}

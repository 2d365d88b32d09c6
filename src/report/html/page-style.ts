/**
 * Colours carry meaning: blue is cross, ochre isolated, rust a loss or a limit; each also has a word, a sign or a shape. Text colours
 * (without a 2) reach 4.5 : 1 on every ground they stand on, in both themes; fills and strokes (with a 2) reach 3 : 1.
 */
const LIGHT =
  'color-scheme:light;--bg:#f3f6f8;--card:#fff;--ink:#12202c;--ink2:#4c5d6b;--line:#d3dce3;--soft:#e9eef2;--sea:#0a5f93;--sea2:#2f86bd;--rust:#a8331a;--rust2:#cf5a3c;--amber:#7d4f00;--amber2:#b8790f;--ok:#0a6655;--ok2:#12856e;--ok-soft:#d8efe8;--rust-soft:#f9e4dd;--amber-soft:#faedd2;--vio:#6547ad;--shadow:0 1px 2px rgba(16,32,44,.06),0 4px 16px rgba(16,32,44,.05);'
const DARK =
  'color-scheme:dark;--bg:#0a1117;--card:#111b24;--ink:#e8eff5;--ink2:#a1b2c0;--line:#2a3b49;--soft:#1b2934;--sea:#6bbcf0;--sea2:#3f95cc;--rust:#ff9a7a;--rust2:#d9623f;--amber:#f0bd5d;--amber2:#c48a27;--ok:#5bd1b5;--ok2:#3fb498;--ok-soft:#10332c;--rust-soft:#41201a;--amber-soft:#382b12;--vio:#bda6f7;--shadow:none;'

const BASE = `
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.45 Inter,ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
.wrap{max-width:1216px;margin:0 auto;padding:0 16px 40px}
h1{font-size:27px;line-height:1.2;letter-spacing:-.02em;margin:4px 0 8px;font-weight:680;text-wrap:balance}
h2{font-size:15px;margin:0;font-weight:640}h3{font-size:12.5px;font-weight:560;margin:16px 0 6px;color:var(--ink2)}
p{margin:0}.muted,.sub,small{color:var(--ink2)}.sub{font-size:12.5px;margin-top:2px}.note{margin-top:10px}small{display:block;font-size:11.5px;white-space:normal}
.neg{color:var(--rust)}.pos{color:var(--sea)}.b,b{font-weight:620}.r{text-align:right}
.mono,code{font-family:"JetBrains Mono",ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12px}
a.d{color:inherit;text-decoration:underline dotted var(--ink2) 1px;text-underline-offset:4px}a.d:hover{text-decoration-style:solid}
:focus-visible{outline:2px solid var(--sea);outline-offset:2px;border-radius:4px}
summary{cursor:pointer}
.top{display:flex;align-items:center;gap:12px;padding:16px 0 14px}.grow{flex:1}.sep{width:1px;height:20px;background:var(--line)}
.brand{display:flex;align-items:center;gap:9px;font-weight:650;font-size:16px}.brand svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:3}.brand path{stroke:var(--rust2);stroke-width:3.2;stroke-linecap:round}
.top .muted{font-size:12.5px}button{font:inherit;font-size:12.5px;color:var(--ink2);background:none;border:1px solid var(--line);border-radius:8px;padding:5px 10px;cursor:pointer}button:hover{color:var(--ink);border-color:var(--ink2)}
.grid{display:grid;grid-template-columns:repeat(12,minmax(0,1fr));gap:16px}.s12{grid-column:span 12}.s7{grid-column:span 7}.s6{grid-column:span 6}.s5{grid-column:span 5}.stack{display:grid;gap:16px;align-content:start;grid-template-columns:minmax(0,1fr)}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:18px 20px;box-shadow:var(--shadow);min-width:0;scroll-margin-top:12px}
.card:target{border-color:var(--sea2)}
.hr{display:flex;align-items:flex-start;justify-content:space-between;gap:12px 24px;margin-bottom:14px}
.lead{padding:8px 0 4px;max-width:900px}.lead>.muted{font-size:12.5px}.lede{margin:0 0 12px;font-size:15px;color:var(--ink2);max-width:800px}.oks{display:flex;gap:8px;flex-wrap:wrap}.faults{margin:0;padding-left:20px;font-size:15px}
.pill{border-radius:99px;padding:3px 11px;font-size:12.5px;font-weight:550;text-decoration:none}.pill.ok{background:var(--ok-soft);color:var(--ok)}.pill.amber{background:var(--amber-soft);color:var(--amber)}.pill.bad{background:var(--rust-soft);color:var(--rust)}.hr .pill{white-space:nowrap}
table{border-collapse:collapse;width:100%;font-size:13px}
thead th{font-weight:520;color:var(--ink2);font-size:12px;text-align:right;padding:0 0 7px 12px;border-bottom:1px solid var(--line);white-space:nowrap}
td,tbody th{text-align:right;padding:7px 0 7px 12px;border-bottom:1px solid var(--soft);font-weight:400}
th:first-child,td:first-child{text-align:left;padding-left:0}tbody tr:last-child>*{border-bottom:0}td:first-child{overflow-wrap:anywhere}
tr.pt td:not(.neg){color:var(--ink2)}tr.pt td:first-child{padding-left:14px}
`
const PARTS = `
.tb{margin:6px 0 0;font-size:12px}.tb>summary{color:var(--ink2);width:max-content;padding:2px 0}.tbs{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:16px 32px;padding:8px 0}.tb table{font-size:12px}.tbs td{padding:3px 0 3px 8px;white-space:nowrap}.tb>table{margin-top:8px}
.cmd{display:block;background:var(--soft);border-radius:8px;padding:9px 12px;line-height:1.5}.cmd span{display:block;padding-left:1.5em;text-indent:-1.5em;overflow-wrap:anywhere}.hash{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 12px;margin:0;align-content:center;font-size:12px}.hash dt{color:var(--ink2)}.hash dd{margin:0;overflow-wrap:anywhere}
.two{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:12px 32px}.two h3{margin-top:0}.two ul{margin:0;padding-left:16px;font-size:12.5px;overflow-wrap:anywhere}.two li{margin-bottom:4px}
.foot{margin-top:20px;color:var(--ink2);font-size:12px;display:flex;gap:6px 18px;flex-wrap:wrap}
`
const SMALL = `
@media (max-width:980px){.s5,.s6,.s7{grid-column:span 12}}
@media (max-width:700px){.two{grid-template-columns:minmax(0,1fr)}}
@media (max-width:560px){.wrap{padding:0 12px 32px}.card{padding:15px 14px;border-radius:12px}.grid,.stack{gap:12px}h1{font-size:23px}.hs{display:none!important}.lede{font-size:14px}.tbs td,.tbs th{padding-left:4px;font-size:11px}td,tbody th,thead th{padding-left:8px}}
@media print{:root{--bg:#fff;--shadow:none}button{display:none!important}.card{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`

/** The style sheet of a page with rules of its own. The system's theme holds until the button chooses one; paper is always white. */
export function pageStyle(own: string): string {
  return `:root{${LIGHT}}@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK}}}@media screen{:root[data-theme=dark]{${DARK}}}${BASE}${PARTS}${SMALL}${own}`.replaceAll(
    '\n',
    '',
  )
}

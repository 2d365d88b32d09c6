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
.grid{display:grid;grid-template-columns:repeat(12,minmax(0,1fr));gap:16px}.s12{grid-column:span 12}.s6{grid-column:span 6}.stack{display:grid;gap:16px;align-content:start;grid-template-columns:minmax(0,1fr)}
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
const COMPARISON = `
.cp{display:grid;grid-template-columns:204px 1fr 118px;gap:24px;align-items:center;padding:11px 0;border-top:1px solid var(--soft)}.hr+.cp{border-top:0;padding-top:0}.cp:last-child{padding-bottom:0}
.cl b{display:block}.cl span,.cr>:first-child{font-size:11.5px;color:var(--ink2)}.cr>:first-child{color:var(--ink)}
.cbars{display:grid;gap:5px}.cr{display:grid;grid-template-columns:58px 1fr 92px;gap:10px;align-items:center}.cr>:last-child{text-align:right;white-space:nowrap}
.tk{height:13px;border-left:1px solid var(--line)}.f{display:block;height:100%;border-radius:0 3px 3px 0;min-width:2px}.f.cross{background:var(--sea2)}.f.isolated{background:var(--amber2)}
.cd{text-align:right;font-weight:620}
.mc .cp{grid-template-columns:204px 1fr}.mc .cr{grid-template-columns:118px 1fr 92px}.f.other{background:none;border:2px solid var(--sea2);border-left:0}.f.isolated.other{border-color:var(--amber2)}.mc table{margin-top:12px}.mc thead td{border:0}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:14px 24px;margin:0}.tiles dt{color:var(--ink2);font-size:12.5px}.tiles dd{margin:0}.tiles dd:nth-of-type(1){font-size:24px;font-weight:650;letter-spacing:-.01em}
`
const CHARTS = `
.read{display:block;color:var(--ink2);text-align:right;font-size:11.5px;min-height:3em;max-width:660px}.read b{color:var(--ink)}
.charts:focus-visible{outline-offset:8px}.charts>h3:first-child{margin-top:0}
.chart{display:grid;grid-template-columns:44px minmax(0,1fr) 76px;touch-action:pan-y}.chart>*{position:relative}.chart svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible}
.chart path{fill:none;vector-effect:non-scaling-stroke;stroke-linejoin:round}.gv{stroke:var(--soft)}.ax{stroke:var(--ink2)}
.yl,.xt{font-size:11px;color:var(--ink2)}.yl span{position:absolute;right:8px;transform:translateY(50%);white-space:nowrap}
.chart .l{stroke-width:1.8;stroke-linecap:round}.l.cross{stroke:var(--sea2)}.l.isolated{stroke:var(--amber2)}.l.mm{stroke:var(--rust2)}.chart .da{stroke-dasharray:5 4;stroke-width:1.4}
.chart .a{stroke:none;opacity:.16}.a.cross{fill:var(--sea2)}.a.isolated{fill:var(--amber2)}.a.mm{fill:var(--rust2)}.chart .b{vector-effect:none;stroke-width:.8}.b.cross{stroke:var(--sea2)}.b.isolated{stroke:var(--amber2)}
.il{position:absolute;right:6px;font-size:12px;font-weight:560;border-radius:4px;padding:0 5px;background:color-mix(in srgb,var(--card) 80%,transparent);pointer-events:none}.il.cross,.el .cross{color:var(--sea)}.il.isolated,.el .isolated{color:var(--amber)}.il.mm,.el .mm{color:var(--rust)}
.el{font-size:11.5px;font-weight:560}.chart .el svg{width:10px;left:1px}.el .gv{stroke:var(--line)}.el span{position:absolute;left:13px;right:0;overflow:hidden;text-overflow:ellipsis;transform:translateY(50%);white-space:nowrap;line-height:1.2}
.l.c{stroke:var(--ink2);stroke-width:1;opacity:.55}.el .c{color:var(--ink2);font-weight:450}.el [data-l]{cursor:default}
.l.c0{stroke:var(--rust2)}.el .c0{color:var(--rust)}.l.c1{stroke:var(--ok2)}.el .c1{color:var(--ok)}.l.c2{stroke:var(--vio)}.el .c2{color:var(--vio)}.l.c3{stroke:var(--amber2)}.el .c3{color:var(--amber)}.l.c4{stroke:var(--sea2)}.el .c4{color:var(--sea)}.l.c5{stroke:var(--ink)}.el .c5{color:var(--ink)}
.pick .l{opacity:.2}.chart .pick .on{opacity:1;stroke-width:2.6}
.ev{position:absolute;top:0;bottom:0;border-left:1px dashed var(--ink2);pointer-events:none}.ev em{position:absolute;right:6px;font-style:normal;font-size:11px;color:var(--ink2);white-space:nowrap;background:color-mix(in srgb,var(--card) 80%,transparent);padding:0 3px;border-radius:3px}.ev em.r{right:auto;left:5px}.evk{display:none;font-size:11.5px;color:var(--ink2);margin-top:8px}
.cur{position:absolute;top:0;bottom:0;width:1px;background:var(--ink);display:none;pointer-events:none}
.xt{position:relative;height:18px;margin:5px 76px 0 44px}.xt span{position:absolute;white-space:nowrap;transform:translateX(-50%)}.xt .first{transform:none}.xt .last{transform:translateX(-100%)}
.tb{margin:6px 0 0;font-size:12px}.tb>summary{color:var(--ink2);width:max-content;padding:2px 0}.charts .tb{margin-left:44px}.tbs{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:16px 32px;padding:8px 0}.tb table{font-size:12px}.tbs td{padding:3px 0 3px 8px;white-space:nowrap}.tb>table{margin-top:8px}
`
const CARDS = `
.db th,.db td{white-space:nowrap}.db tbody th{white-space:normal;width:34%}.db .dtd{width:40%;padding-left:16px}.db .key{padding-left:16px;text-align:left}.key span{margin-right:12px}
.dt{display:block;position:relative;height:16px;margin:0 8px}.dt::before{content:"";position:absolute;left:0;right:0;top:7.5px;border-top:1px solid var(--line)}.dt i{position:absolute}
.sg{top:6.5px;height:3px;background:var(--ink2);opacity:.45}
.dot{display:inline-block;border-radius:50%}.dot.cross{width:9px;height:9px;background:var(--sea2);z-index:1}.dot.isolated{width:16px;height:16px;border:3px solid var(--amber2)}.dt .cross{top:3.5px;margin-left:-4.5px}.dt .isolated{top:0;margin-left:-8px;background:var(--card)}.key .dot{margin-right:5px;vertical-align:-1px}.key .isolated{width:11px;height:11px;vertical-align:-2px}
.wh,.wk summary{display:grid;grid-template-columns:64px minmax(0,1fr) 86px 84px 80px;gap:8px;align-items:center}.wh{font-size:12px;color:var(--ink2);padding:0 8px 6px;border-bottom:1px solid var(--line)}.wk{margin:0 -8px}.wk summary{padding:8px;border-bottom:1px solid var(--soft);list-style:none;font-size:13px}.wk summary::-webkit-details-marker{display:none}.wk summary:hover,.wk [open]>summary{background:var(--soft)}.wk summary>:first-child::before{content:"";display:inline-block;border:4px solid transparent;border-left:5px solid var(--ink2);border-right:0;margin-right:6px}.wk [open]>summary>:first-child::before{transform:rotate(90deg)}.wk [open]>summary{border-radius:8px 8px 0 0;border:0}.wk summary .r,.wk summary>:nth-child(3){white-space:nowrap}
.dv{background:var(--soft);border-radius:0 0 8px 8px;padding:2px 14px 10px;margin-bottom:8px}.dv td{padding:5px 0 5px 12px;border-color:var(--line);white-space:nowrap}.dv td:first-child{white-space:normal}.dv .sum td{font-weight:620}.dv tr:first-child td,.dv tr.pt+tr.pt td{border-top:0}.dv p{margin-top:8px;font-size:11.5px;color:var(--ink2);overflow-wrap:anywhere}
.cons td:nth-child(2){overflow-wrap:anywhere}.cons td{padding-top:5px;padding-bottom:5px}
.cmd{display:block;background:var(--soft);border-radius:8px;padding:9px 12px;line-height:1.5}.cmd span{display:block;padding-left:1.5em;text-indent:-1.5em;overflow-wrap:anywhere}.hash{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 12px;margin:0;align-content:center;font-size:12px}.hash dt{color:var(--ink2)}.hash dd{margin:0;overflow-wrap:anywhere}
.two{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:12px 32px}.two h3{margin-top:0}.two ul{margin:0;padding-left:16px;font-size:12.5px;overflow-wrap:anywhere}.two li{margin-bottom:4px}
.foot{margin-top:20px;color:var(--ink2);font-size:12px;display:flex;gap:6px 18px;flex-wrap:wrap}
`
const SMALL = `
@media (max-width:980px){.s6{grid-column:span 12}}
@media (max-width:700px){.hr:has(.read){flex-direction:column}.read{text-align:left;min-height:4.6em}.tiles,.two{grid-template-columns:minmax(0,1fr)}.tiles{grid-template-columns:1fr 1fr}}
@media (max-width:560px){.wrap{padding:0 12px 32px}.card{padding:15px 14px;border-radius:12px}.grid,.stack{gap:12px}h1{font-size:23px}.hs{display:none!important}.lede{font-size:14px}
.cp{grid-template-columns:1fr auto;gap:4px 10px}.cd{grid-column:2;grid-row:1}.cbars{grid-column:1/-1}.cr{grid-template-columns:52px 1fr 94px}.mc .cp{grid-template-columns:1fr}.mc .cr{grid-template-columns:108px 1fr 78px}.mc table{font-size:11px}.mc thead th{font-size:11px}.mc td+td,.mc thead th+th{padding-left:4px}
.chart{grid-template-columns:34px minmax(0,1fr) 72px}.xt{margin:5px 72px 0 34px;font-size:10.5px}.yl span{right:5px;font-size:10px}.el{font-size:10.5px}.charts .tb{margin-left:0}.il{font-size:11px}.ev em{display:none}.evk{display:block}
.tbs td,.tbs th{padding-left:4px;font-size:11px}
.wh,.wk summary{grid-template-columns:66px 80px minmax(0,1fr) 78px;gap:6px;font-size:12px}
.db{font-size:12.5px}.db .dtd,.db .key{padding-left:6px}.key span{display:block}.db tbody th{width:32%}.db .dtd{width:34%}td,tbody th,thead th{padding-left:8px}}
@media print{:root{--bg:#fff;--shadow:none}button,.cur,.read,.charts>.tb{display:none!important}.card{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`

/** The style sheet of a report. The system's theme holds until the button chooses one; paper is always white. */
export const STYLE =
  `:root{${LIGHT}}@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK}}}@media screen{:root[data-theme=dark]{${DARK}}}${BASE}${COMPARISON}${CHARTS}${CARDS}${SMALL}`.replaceAll(
    '\n',
    '',
  )

import { UNPACK } from './packed-series.ts'

/** The cursor that all charts share. Without it the page lacks only that. Text goes in as text, never as markup. */
export const SCRIPT = String.raw`
${UNPACK}
const holder=document.getElementById('data');
if(holder){
const D=JSON.parse(holder.textContent),box=document.getElementById('charts'),out=document.getElementById('read'),N=D.count;
for(const r of D.runs){r.nlv[1]=unpack(r.nlv[1]);r.mm[1]=unpack(r.mm[1]);r.liq=unpack(r.liq)}
for(const p of D.prices)p[2]=unpack(p[2]);
const months='Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const when=i=>{const d=new Date(D.from+(i+1)*D.span);return d.getUTCDate()+' '+months[d.getUTCMonth()]+' '+d.toISOString().slice(11,16)};
const minus=s=>s.replace('-','\u2212');
const short=([unit,list])=>{let v=list[at];if(v===null)return'none';v*=unit;for(const[s,u]of[[1e12,' tn'],[1e9,' bn'],[1e6,' m'],[1e3,' k']])if(Math.abs(v)>=s)return minus((v/s).toPrecision(3))+u;return minus(v.toFixed(0))};
const index=v=>v>=9.95?v.toFixed(0):v>=.001?String(+v.toPrecision(2)):'\u22480';
let at=D.start;
const show=i=>{at=Math.max(0,Math.min(N-1,i));
for(const c of document.querySelectorAll('.cur')){c.style.display='block';c.style.left=(at+1)/N*100+'%'}
const words=[['',when(at)]];
for(const r of D.runs){words.push([' \u00b7 '+(D.runs.length>1?r.mode+' ':'')+'NLV ',short(r.nlv)],[' MM ',short(r.mm)])}
words.push([' \u00b7 liquidations ',D.runs.map(r=>r.liq[at]).join(' / ')]);
const line=(list)=>{const p=document.createElement('div');for(const[t,b]of list){const e=document.createElement('b');e.textContent=b;p.append(t,e)}return p};
out.replaceChildren(line(words),line(D.prices.map(([a,unit,v],i)=>[(i?' \u00b7 ':'')+a+' ',v[at]===null?'none':index(v[at]*unit)])))};
for(const p of box.querySelectorAll('.pl'))for(const type of['pointermove','pointerdown'])p.addEventListener(type,e=>{out.setAttribute('aria-live','off');const r=p.getBoundingClientRect();show(Math.round((e.clientX-r.left)/r.width*N)-1)});
box.addEventListener('keydown',e=>{if(e.target!==box)return;const to={ArrowLeft:at-1,ArrowRight:at+1,PageUp:at-24,PageDown:at+24,Home:0,End:N-1}[e.key];if(to===undefined)return;e.preventDefault();out.setAttribute('aria-live','polite');show(to)});
for(const name of box.querySelectorAll('[data-l]:not(path)')){const line=box.querySelector('path[data-l="'+name.dataset.l+'"]');name.onpointerenter=()=>{line.parentNode.classList.add('pick');line.classList.add('on')};name.onpointerleave=()=>{line.parentNode.classList.remove('pick');line.classList.remove('on')}}
show(at)}
`

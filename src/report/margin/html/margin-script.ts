/** Choosing cells of the heat maps, and opening what a link leads to. Without it the page lacks only these. Text goes in as text, never as markup. */
export const MARGIN_SCRIPT = String.raw`
const D=JSON.parse(document.getElementById('data').textContent);
const group=t=>t.replace(/\B(?=(\d{3})+$)/g,',');
const cents=n=>{const s=(n<0n?-n:n).toString().padStart(3,'0');return(n<0n?'\u2212':'')+group(s.slice(0,-2))+'.'+s.slice(-2)};
const signed=n=>(n>0n?'+':'')+cents(n);
const move=t=>{const a=Math.abs(t),x=a%10?(a/10).toFixed(1):String(a/10);return(t>0?'+':t<0?'\u2212':'\u00b1')+x+' %'};
const el=(tag,name,text)=>{const e=document.createElement(tag);if(name)e.className=name;if(text!==undefined)e.textContent=text;return e};
const list=t=>t===''?[]:t.split(' ');
function show(key,cell){
const d=D[key],[id,moves,parts,pnl,counted,how,others]=d.cells[cell.dataset.n],box=document.getElementById('by-'+key),total=BigInt(pnl);
for(const c of cell.closest('.hms').querySelectorAll('.cell')){const on=c===cell;c.setAttribute('aria-selected',String(on));c.tabIndex=on?0:-1}
const head=el('div','ct');head.append(el('b','',id),el('b',total<0n?'neg':'pos',signed(total)+' USD'));
const rows=d.holdings.map((h,i)=>[h,BigInt(list(parts)[i]||'0')]).filter(r=>r[1]!==0n).sort((a,b)=>a[1]<b[1]?-1:a[1]>b[1]?1:0);
let most=1n;for(const[,v]of rows)if((v<0n?-v:v)>most)most=v<0n?-v:v;
const out=[head];
if(total<0n)out.push(el('p','sub','Counts '+how+': '+cents(BigInt(counted))+' USD of the margin if it is the worst'));
for(const[h,v]of rows){const r=el('div','crow'),t=el('span','tk'),b=el('i',v<0n?'dn':'up'),w=Number((v<0n?-v:v)*1000n/most)/20;b.style.width='max(1px,'+w+'%)';b.style[v<0n?'right':'left']='50%';t.append(b);r.append(el('span','',h),t,el('span',v<0n?'neg':'',signed(v)));out.push(r)}
if(!rows.length)out.push(el('p','muted','Nothing held here gains or loses.'));
const m=list(moves).map((t,i)=>[d.factors[i],+t]);
const said=el('p','mv');said.append(el('span','muted','What moves: '));
for(const[f,t]of m.filter(x=>x[1])){const s=el('span','');s.append(f+' ',el('b','',move(t)));said.append(s)}
const still=m.filter(x=>!x[1]).map(x=>x[0]);
if(still.length)said.append(el('span','muted','still: '+still.join(', ')));
if(others)said.append(el('span','muted',others+' more factors move that nothing here depends on'));
out.push(said);box.replaceChildren(...out);box.hidden=false}
for(const map of document.querySelectorAll('.hms')){
const key=map.dataset.set,lines=[...map.querySelectorAll('.hrow')].map(r=>[...r.children].slice(1)).filter(r=>r.some(c=>c.dataset.n!==undefined));
const cells=lines.flat().filter(c=>c.dataset.n!==undefined);
for(const c of cells)c.onclick=()=>show(key,c);
map.addEventListener('keydown',e=>{const step={ArrowLeft:[0,-1],ArrowRight:[0,1],ArrowUp:[-1,0],ArrowDown:[1,0]}[e.key];if(!step)return;
let r=lines.findIndex(l=>l.includes(e.target)),k=r<0?-1:lines[r].indexOf(e.target);if(k<0)return;e.preventDefault();
do{r+=step[0];k+=step[1]}while(lines[r]&&k>=0&&k<lines[r].length&&lines[r][k].dataset.n===undefined);
if(step[0]&&lines[r]&&k>=lines[r].length)k=lines[r].length-1;
const to=lines[r]&&lines[r][k];if(to&&to.dataset.n!==undefined){to.focus();show(key,to)}});
let worst=cells[0];for(const c of cells)if(BigInt(D[key].cells[c.dataset.n][4])>BigInt(D[key].cells[worst.dataset.n][4]))worst=c;
if(worst)show(key,worst)}
const reveal=()=>{let e=document.getElementById(decodeURIComponent(location.hash.slice(1)));if(!e)return;const at=e;for(;e;e=e.parentElement)if(e.tagName==='DETAILS')e.open=true;at.scrollIntoView()};
addEventListener('hashchange',reveal);if(location.hash)reveal();
`

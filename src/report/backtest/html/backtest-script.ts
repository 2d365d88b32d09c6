/** The cursor that the plots of a section share. Without it the page lacks only that. Text goes in as text, never as markup. */
export const BACKTEST_SCRIPT = String.raw`
const D=JSON.parse(document.getElementById('data').textContent);
for(const d of Object.values(D)){if(!Array.isArray(d.t)){const{from,step,count}=d.t;d.t=Array.from({length:count},(_,i)=>from+i*step)}}
const near=(t,time)=>{let a=0,b=t.length-1;while(b-a>1){const m=(a+b)>>1;if(t[m]<time)a=m;else b=m}return time-t[a]<t[b]-time?a:b};
const day=t=>new Date(t).toISOString().slice(0,16).replace('T00:00','').replace('T',' ');
for(const box of document.querySelectorAll('.charts')){
const out=box.closest('.card').querySelector('.read');
const plots=[...box.querySelectorAll('.chart')].map(e=>({e,d:D[e.dataset.p]})).filter(p=>p.d&&p.d.t.length);
if(!plots.length||!out)continue;
const from=Math.min(...plots.map(p=>p.d.t[0])),to=Math.max(...plots.map(p=>p.d.t[p.d.t.length-1]));
const main=plots.reduce((a,b)=>b.d.t.length>a.d.t.length?b:a);
let at=main.d.t.length-1;
const show=time=>{
const list=[];
for(const{e,d}of plots){const i=near(d.t,time);const c=e.querySelector('.cur');c.style.display='block';c.style.left=(to>from?(d.t[i]-from)/(to-from)*100:0)+'%';
if(Math.abs(d.t[i]-time)>1.5*((d.t[1]||0)-d.t[0]||864e5)){c.style.display='none';continue}
const title=plots.length>1?e.previousElementSibling.textContent.split(': ')[0]+' ':'';
const p=document.createElement('div');p.append(title);
d.s.forEach(([name,v],k)=>{const b=document.createElement('b');b.textContent=(v[i]/10**d.p).toFixed(d.p).replace('-','\u2212')+d.u;p.append((k?' \u00b7 ':'')+name+' ',b)});list.push(p)}
const w=document.createElement('b');w.textContent=day(time);out.replaceChildren(w,...list)};
const move=i=>{at=Math.max(0,Math.min(main.d.t.length-1,i));show(main.d.t[at])};
for(const p of box.querySelectorAll('.pl'))for(const type of['pointermove','pointerdown'])p.addEventListener(type,e=>{out.setAttribute('aria-live','off');const r=p.getBoundingClientRect();move(near(main.d.t,from+(e.clientX-r.left)/r.width*(to-from)))});
box.addEventListener('keydown',e=>{if(e.target!==box)return;const n={ArrowLeft:at-1,ArrowRight:at+1,PageUp:at-20,PageDown:at+20,Home:0,End:main.d.t.length-1}[e.key];if(n===undefined)return;e.preventDefault();out.setAttribute('aria-live','polite');move(n)});
for(const name of box.querySelectorAll('.el [data-l]')){const svg=name.closest('.chart').querySelector('.pl svg'),line=svg.querySelector('path[data-l="'+name.dataset.l+'"]');name.onpointerenter=()=>{svg.classList.add('pick');line.classList.add('on')};name.onpointerleave=()=>{svg.classList.remove('pick');line.classList.remove('on')}}
}
`

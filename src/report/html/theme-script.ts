/** The button that overrides the system's theme. Without it the page follows the system. */
export const THEME_SCRIPT = String.raw`
const root=document.documentElement,button=document.getElementById('theme');
const isDark=()=>root.dataset.theme?root.dataset.theme==='dark':matchMedia('(prefers-color-scheme:dark)').matches;
const paint=()=>{const other=isDark()?'Light':'Dark';button.textContent=other;button.setAttribute('aria-label','Switch to '+other.toLowerCase()+' colours')};
button.hidden=false;button.onclick=()=>{root.dataset.theme=isDark()?'light':'dark';paint()};paint();
matchMedia('(prefers-color-scheme:dark)').addEventListener('change',paint);
`

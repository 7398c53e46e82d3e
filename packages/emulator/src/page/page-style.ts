/** How the page looks: light and dark, from a telephone's width on. */
export const pageStyle = `
:root{color-scheme:light dark;--paper:#f2f5ef;--card:#fcfdfb;--ink:#16201a;--muted:#526058;--line:#d3dcd2;--accent:#0a6845;--tint:#e4efe5}
@media(prefers-color-scheme:dark){:root{--paper:#0c120f;--card:#131b16;--ink:#e4ece6;--muted:#9bada2;--line:#27332b;--accent:#66dba3;--tint:#1a2a21}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{scroll-padding-top:5rem}
body{margin:0 auto;max-width:76rem;padding:2.5rem 1.25rem 5rem;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
h1{margin:0;font-size:1.7rem;letter-spacing:-.01em}
h1 span{color:var(--accent)}
h2{margin:2.75rem 0 .6rem;font-size:1.2rem}
h3{margin:0;font-size:1.05rem}
p{margin:.3rem 0 .8rem;color:var(--muted);max-width:46rem}
a{color:var(--accent)}
code{font:.86em/1.5 ui-monospace,'Cascadia Mono','Noto Sans Mono',monospace;overflow-wrap:anywhere}
button,input{font:inherit;color:inherit}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;overflow:hidden}
.vendors{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:1rem}
.vendor{padding:1rem 1.1rem 1.1rem;display:flex;flex-direction:column;gap:.7rem}
.vendor p{margin:0;font-size:.88rem}
dl{margin:0;display:grid;gap:.5rem}
dt{font-size:.78rem;color:var(--muted)}
dd{margin:0}
.copy{display:inline;max-width:100%;padding:.05rem .35rem;margin-left:-.35rem;border:0;border-radius:5px;background:none;text-align:left;cursor:copy}
.copy:not(.shell) code,.hint{text-decoration:underline dotted var(--muted);text-underline-offset:.25em}
.copy:hover{background:var(--tint)}
.copy.done{background:var(--accent);color:var(--card)}
.shell{display:block;width:100%;margin:0;padding:.6rem .7rem;background:var(--tint);white-space:pre-wrap}
.shell code{font-size:.8em;word-break:break-all}
.shell:hover{outline:1px solid var(--accent)}
.shell.done{background:var(--accent)}
.clock{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:center;padding:.8rem 1.1rem}
.clock time{font-variant-numeric:tabular-nums;font-weight:600}
.clock output{color:var(--muted);font-size:.88rem;flex:1}
.steps{display:flex;flex-wrap:wrap;gap:.4rem}
.steps button,.chips label{padding:.25rem .7rem;border:1px solid var(--line);border-radius:99px;background:var(--card);cursor:pointer;font-size:.9rem}
.steps button:hover,.chips label:hover{border-color:var(--accent)}
.finder{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:center;padding:.8rem 0;background:var(--paper)}
.finder input[type=search]{flex:1 1 14rem;min-width:0;padding:.5rem .8rem;border:1px solid var(--line);border-radius:8px;background:var(--card)}
.chips{display:flex;flex-wrap:wrap;gap:.4rem;margin:0;padding:0;border:0}
.chips input{position:absolute;opacity:0;pointer-events:none}
.chips label:has(:checked){background:var(--accent);border-color:var(--accent);color:var(--card)}
.chips label:has(:focus-visible){outline:2px solid var(--accent);outline-offset:2px}
.group{margin-top:1.3rem}
.group h3{margin-bottom:.5rem;font-size:.95rem}
table{border-collapse:collapse;width:100%}
th,td{padding:.5rem .9rem;text-align:left;vertical-align:top;border-top:1px solid var(--line)}
thead th{border-top:0;font-size:.8rem;font-weight:600;color:var(--muted);white-space:nowrap}
.group table{table-layout:fixed}
.group th:nth-child(1){width:17rem}
.group th:nth-child(3){width:20rem}
#ledger td:nth-child(-n+2),#ledger td:nth-child(4){white-space:nowrap}
footer{margin-top:3rem;font-size:.9rem;color:var(--muted);display:flex;flex-wrap:wrap;gap:.3rem 1rem}
@media(max-width:52rem){
body{padding:1.5rem 1rem 4rem}
thead{display:none}
tr{display:block;border-top:1px solid var(--line);padding:.55rem 0}
tbody tr:first-child{border-top:0}
td{display:block;border:0;padding:.1rem .9rem}
#ledger tr{display:flex;flex-wrap:wrap;gap:0 .8rem;padding:.55rem .9rem}
#ledger td{padding:0}
#ledger td:nth-child(3){order:-1;flex-basis:100%}
.finder{gap:.5rem}
.chips label{padding:.2rem .6rem;font-size:.85rem}
}`;

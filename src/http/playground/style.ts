/** The page's style sheet: light and dark, narrow and wide. */
export const STYLE_CSS = `
:root { color-scheme: light dark; --bg: #fbfbfa; --fg: #1d2125; --muted: #5b6570; --line: #d5d9dd; --panel: #fff; --accent: #17608f; --accent-fg: #fff; --mark: #ffd54a; --doubt: #f2c9a8; --bad: #a3231b; }
@media (prefers-color-scheme: dark) { :root { --bg: #15181b; --fg: #e6e8ea; --muted: #9aa5af; --line: #363c42; --panel: #1d2125; --accent: #6cb6e4; --accent-fg: #0c1216; --mark: #8a6d00; --doubt: #6b4526; --bad: #ff9d94; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 86rem; margin: 0 auto; padding: 0 1.25rem; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1.5rem; padding-top: 1rem; }
header h1 { margin: 0; font-size: 1.6rem; }
header p { margin: 0; color: var(--muted); flex: 1 1 20rem; }
nav a { margin-left: .75rem; }
a { color: var(--accent); }
h2 { font-size: 1.2rem; margin: 1.5rem 0 .5rem; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--panel); padding: .5rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
[hidden] { display: none !important; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
#drop { display: block; border: 2px dashed var(--line); border-radius: .6rem; background: var(--panel); padding: 1.5rem; text-align: center; cursor: pointer; position: relative; }
#drop span { display: block; color: var(--muted); }
#drop:hover, #drop.over, #drop:focus-within { border-color: var(--accent); }
#drop input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: pointer; }
.fields { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin-top: .75rem; }
.fields label { display: flex; flex-direction: column; font-size: .85rem; color: var(--muted); }
input, select, textarea, button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: .35rem; padding: .4rem .6rem; }
button { cursor: pointer; } button:hover { border-color: var(--accent); } button:disabled { opacity: .5; cursor: default; }
button[type=submit] { background: var(--accent); color: var(--accent-fg); border-color: var(--accent); font-weight: 600; }
#progress { display: flex; gap: .75rem; align-items: center; margin-top: .75rem; flex-wrap: wrap; } #progress progress { flex: 1 1 12rem; accent-color: var(--accent); }
#problem, .problem { color: var(--bad); font-weight: 600; }
.result-head { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; } .result-head p { margin: 0; color: var(--muted); flex: 1 1 16rem; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1rem; align-items: start; }
@media (max-width: 60rem) { .columns { grid-template-columns: minmax(0, 1fr); } }
#page-view { margin: 0; } #page-frame { position: relative; border: 1px solid var(--line); background: #fff; line-height: 0; }
#page-frame img { width: 100%; height: auto; } #overlay { position: absolute; inset: 0; width: 100%; height: 100%; }
figcaption { color: var(--muted); font-size: .85rem; margin-top: .35rem; }
#overlay rect { fill: transparent; stroke: rgb(23 96 143 / 35%); stroke-width: .5; vector-effect: non-scaling-stroke; cursor: pointer; }
#overlay rect.doubtful { fill: rgb(230 120 30 / 28%); stroke: rgb(200 90 0); }
#overlay rect.on { fill: rgb(255 213 74 / 50%); stroke: #c58a00; stroke-width: 2; }
.panel { border: 1px solid var(--line); background: var(--panel); border-radius: .35rem; }
[role=tablist] { display: flex; flex-wrap: wrap; border-bottom: 1px solid var(--line); padding: .25rem .5rem; gap: .25rem; align-items: center; }
[role=tab] { border: 0; border-bottom: 3px solid transparent; border-radius: 0; background: none; } [role=tab][aria-selected=true] { border-bottom-color: var(--accent); font-weight: 600; }
.tools { margin-left: auto; font-size: .85rem; }
[role=tabpanel] { padding: .75rem 1rem; max-height: 75vh; overflow: auto; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: .85rem/1.45 ui-monospace, monospace; }
.rendered table, #jobs table { border-collapse: collapse; } .rendered td, .rendered th { border: 1px solid var(--line); padding: .15rem .45rem; vertical-align: top; text-align: left; }
.rendered .furniture, .rendered .figure { color: var(--muted); font-size: .85rem; border-left: 3px solid var(--line); padding-left: .6rem; }
.rendered .footnote, .rendered .caption { font-size: .9rem; } .rendered blockquote { border-left: 3px solid var(--line); margin-left: 0; padding-left: 1rem; }
.word { border-radius: .15rem; cursor: default; } .word.doubtful { background: var(--doubt); text-decoration: underline dotted; } .word.on { background: var(--mark); }
.scroll { overflow-x: auto; position: relative; } #jobs th, #jobs td { text-align: left; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); } #jobs table { min-width: 38rem; width: 100%; }
#jobs button, .endpoint button { padding: .15rem .5rem; }
.endpoint { border: 1px solid var(--line); border-radius: .35rem; background: var(--panel); margin: .5rem 0; } .endpoint summary { padding: .5rem .75rem; cursor: pointer; }
.endpoint summary b { display: inline-block; min-width: 4.2rem; font-family: ui-monospace, monospace; color: var(--accent); } .endpoint summary code { margin-right: .75rem; overflow-wrap: anywhere; }
.endpoint form { padding: 0 .75rem .75rem; display: grid; gap: .5rem; } .endpoint label { display: grid; gap: .15rem; font-size: .85rem; color: var(--muted); max-width: 36rem; }
.endpoint pre { background: var(--bg); border: 1px solid var(--line); border-radius: .3rem; padding: .5rem; max-height: 22rem; overflow: auto; }
.endpoint table { font-size: .85rem; } .endpoint td { padding: .1rem .8rem .1rem 0; vertical-align: top; }
`;

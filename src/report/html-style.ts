import { markup } from './markup.js';

/** The style of the HTML report: the reader's own colours (light or dark), one column, no fixed widths. */
export const style = markup`
:root { color-scheme: light dark; --line: #8885; --good: #1a7f37; --bad: #c6262e; --odd: #8a6100; --quiet: #5b616a; --card: #8881; }
@media (prefers-color-scheme: dark) { :root { --good: #57c46f; --bad: #ff8a8a; --odd: #e3b341; --quiet: #a0a7b0; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; margin: .5rem 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; }
p { margin: .3rem 0; overflow-wrap: anywhere; }
code, pre, dd { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .85em; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; padding: .6rem; background: var(--card); border-radius: .3rem; }
.verdict { font-weight: 600; font-size: 1.1rem; padding: .6rem .8rem; border-left: .4rem solid; background: var(--card); }
.kept { color: var(--good); }
.broken { color: var(--bad); }
.incomplete, .not-sent { color: var(--odd); }
.quiet { color: var(--quiet); font-size: .9em; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
details { border: 1px solid var(--line); border-left-width: .4rem; border-radius: .3rem; margin: .4rem 0; padding: .4rem .7rem; }
details.violation { border-left-color: var(--bad); }
details.warning { border-left-color: var(--odd); }
summary { cursor: pointer; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .6rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
.outcome { display: block; }
/* Where it is narrow the table scrolls: no name is torn apart. */
td code { overflow-wrap: normal; }
td:nth-child(2) { min-width: 12rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); }
th.number, td.number { text-align: right; }
meter { width: 6rem; vertical-align: middle; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
`;

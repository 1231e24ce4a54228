import { markup } from '../markup.js';

/** The style of the HTML report: the reader's own colours (light or dark), one column, no fixed widths. */
export const style = markup`
:root { color-scheme: light dark; --line: #8885; --good: #1a7f37; --bad: #c6262e; --odd: #8a6100; --quiet: #5b616a; --card: #8881; }
@media (prefers-color-scheme: dark) { :root { --good: #57c46f; --bad: #ff8a8a; --odd: #e3b341; --quiet: #a0a7b0; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 84rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; margin: .5rem 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; }
p { margin: .3rem 0; }
p, li { overflow-wrap: anywhere; }
code, pre, dd { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .85em; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; padding: .6rem; background: var(--card); border-radius: .3rem; }
.verdict { font-weight: 600; font-size: 1.1rem; padding: .6rem .8rem; border-left: .4rem solid; background: var(--card); }
.mistake { font-weight: 600; padding: .6rem .8rem; border-left: .4rem solid var(--odd); background: var(--card); }
.kept { color: var(--good); }
.broken { color: var(--bad); }
.incomplete, .not-exercised { color: var(--odd); }
.not-sent { color: var(--quiet); }
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
.rows td:nth-child(2) { min-width: 12rem; }
.scroll { overflow-x: auto; position: relative; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); }
th.number, td.number { text-align: right; }
meter { width: 6rem; vertical-align: middle; }
.badge { border: 1px solid var(--line); border-radius: 1rem; padding: 0 .5rem; font-size: .8em; }
.filters { border: 1px solid var(--line); border-radius: .3rem; margin: .4rem 0; padding: .2rem .7rem; }
.filters label { white-space: nowrap; margin-right: .6rem; }
details.own { border-left-width: 1px; }
[id^='f-']:target, [id^='f-']:focus { outline: .15rem solid Highlight; outline-offset: .3rem; }
a { color: inherit; }
:focus-visible { outline: .15rem solid Highlight; }
mark { background: #f5c84266; color: inherit; display: inline-block; min-width: 100%; }
.source { margin: .3rem 0; }
.line { color: var(--quiet); user-select: none; }
.exchange { display: grid; grid-template-columns: 1fr 1fr; gap: .6rem; }
figure { margin: 0; min-width: 0; }
figcaption { color: var(--quiet); font-size: .9em; }
figure pre { max-height: 24rem; overflow: auto; margin: .2rem 0; }
.grid th[scope=row] { font-weight: 400; min-width: min(20rem, 45vw); position: sticky; left: 0; background: Canvas; padding-right: 1rem; }
.grid td { text-align: center; padding: .25rem .1rem; min-width: 1.2rem; }
.grid td.number { text-align: right; white-space: nowrap; padding-left: .6rem; }
.grid thead th:not(:first-child):not(.number) { padding-inline: .1rem; text-align: center; font-size: .85em; line-height: 1.2; }
.grid td a { display: block; font-weight: 700; text-decoration: none; border: 1px solid; border-radius: .3rem; }
.grid thead th { vertical-align: bottom; }
.grid th.number { padding-left: .8rem; }
.grid thead th:not(:first-child):not(.number) span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
/* Of a long grid the names of the checks stay in sight, where it need not be scrolled sideways. */
@media screen and (min-width: 75rem) {
  .scroll:has(> .grid) { overflow: visible; }
  .grid thead th { position: sticky; top: 0; background: Canvas; z-index: 1; }
}
.grid tbody tr:hover { background: var(--card); }
progress { display: block; width: 100%; min-width: 3rem; height: .25rem; }
body:has(#show-violation:not(:checked)) .finding.violation { display: none; }
body:has(#show-warning:not(:checked)) .finding.warning { display: none; }
body:has(#show-information:not(:checked)) .finding.information { display: none; }
body:has(#show-crash:not(:checked)) .finding.crash { display: none; }
body:has(#show-server-error:not(:checked)) .finding.server-error { display: none; }
body:has(#show-data:not(:checked)) .finding.data { display: none; }
body:has(#show-authentication:not(:checked)) .finding.authentication { display: none; }
body:has(#show-contract:not(:checked)) .finding.contract { display: none; }
body:has(#show-hygiene:not(:checked)) .finding.hygiene { display: none; }
body:has(#show-known:not(:checked)) .finding.known { display: none; }
/* What a link leads to is shown, also where such findings are not. */
.finding:target, .finding:has(:target) { display: block !important; }
@media print {
  body { font-size: 11px; }
  details::details-content { content-visibility: visible; display: block; }
  .filters { display: none; }
  .grid { font-size: .85em; }
  .grid th[scope=row] { min-width: 0; position: static; }
  /* A finding may be longer than a page: it begins where there is room for its first lines. */
  tr, figcaption, summary, dl { break-inside: avoid; }
  summary, figcaption, h2, h3 { break-after: avoid; }
  .scroll, figure pre { overflow: visible; max-height: none; }
}
@media (max-width: 60rem) { .exchange { grid-template-columns: 1fr; } }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
`;

import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const [page, front] = ['docs/speed.md', 'README.md'].map((name) =>
  fileURLToPath(new URL(`../../${name}`, import.meta.url)),
);

/** What the front page says of it, where these were measured: how it is called there, the row that says so, and what its ratio is of. */
const figures = [
  ['from the command to the first answer', (row) => row.workload === 'start, the built-in document: first answer'],
  [
    'the same request again and again, on one core',
    (row) => row.workload === 'hot' && row.subject === 'mock --quiet',
    ' of bare `node:http`',
  ],
  ['`check` of the document that is built in', (row) => row.workload.startsWith('check, the built-in document')],
];

/**
 * The rows as tables of Markdown, with the machine and the date, where the page on speed has the last ones, those of other servers
 * and runtimes apart, and three of them where the front page has them.
 */
export function writePage(rows) {
  const machine = `${cpus()[0].model}, ${availableParallelism()} cores, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
  const isElsewhere = ({ workload }) => /^(others|bun|deno)\b/.test(workload);
  between(page, 'bench', `${machine}\n\n${tableOf(rows.filter((row) => !isElsewhere(row)))}`);
  const elsewhere = rows.filter(isElsewhere);
  if (elsewhere.length > 0) between(page, 'others', `${machine}\n\n${tableOf(elsewhere)}`);
  const told = figures.flatMap(([called, isIt, beside = '']) => {
    const row = rows.find(isIt);
    return row === undefined ? [] : [`| ${called} | ${row.measured} | ${row.ratio}${beside} |`];
  });
  const table = ['| | measured | beside something bare |', '| --- | --- | --- |', ...told].join('\n');
  if (told.length === figures.length) between(front, 'figures', `${table}\n\n${machine}; [all of it](docs/speed.md).`);
}

function tableOf(rows) {
  const heads = ['workload', 'subject', 'measured', 'ratio', 'by processor time', 'bar', ''];
  return [
    `| ${heads.join(' | ')} |`,
    `| ${heads.map(() => '---').join(' | ')} |`,
    ...rows.map(
      ({ workload, subject, measured, ratio, processor, bar, verdict }) =>
        `| ${[workload, subject, measured, ratio, processor, bar, verdict].join(' | ')} |`,
    ),
  ].join('\n');
}

/** Puts a text between `<!-- name -->` and `<!-- /name -->`. */
function between(file, name, text) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const whole = readFileSync(file, 'utf8');
  const [before, after] = [whole.slice(0, whole.indexOf(begin)), whole.slice(whole.indexOf(end))];
  writeFileSync(file, `${before}${begin}\n\n${text}\n\n${after}`);
}

import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const page = fileURLToPath(new URL('../../docs/speed.md', import.meta.url));
const [begin, end] = ['<!-- bench -->', '<!-- /bench -->'];

/** The rows as a table of Markdown, with the machine and the date, where the page on speed has the last one. */
export function writePage(rows) {
  const machine = `${cpus()[0].model}, ${availableParallelism()} cores, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
  const heads = ['workload', 'subject', 'measured', 'ratio', 'by processor time', 'bar', ''];
  const lines = [
    `| ${heads.join(' | ')} |`,
    `| ${heads.map(() => '---').join(' | ')} |`,
    ...rows.map(
      ({ workload, subject, measured, ratio, processor, bar, verdict }) =>
        `| ${[workload, subject, measured, ratio, processor, bar, verdict].join(' | ')} |`,
    ),
  ];
  const text = readFileSync(page, 'utf8');
  const [before, after] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))];
  writeFileSync(page, `${before}${begin}\n\n${machine}\n\n${lines.join('\n')}\n\n${after}`);
}

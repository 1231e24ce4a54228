import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const source = {
  document: read('spec/openhands-installations.yaml'),
  fixtures: read('fixtures/openhands-installations.yaml'),
};

/** Statuses and bodies that the fetch host gives, in a process of its own. */
function answers(...flags: string[]): unknown {
  const script = `
    import { createFetchHost } from 'counterproof/fetch';
    const host = await createFetchHost(${JSON.stringify(source)});
    const headers = { 'X-Session-API-Key': 'key' };
    const answers = [];
    for (const query of ['?provider=github', '?provider=nothing', '']) {
      const response = await host.fetch(new Request('http://a.test/api/user/installations' + query, { headers }));
      answers.push([response.status, await response.text()]);
    }
    console.log(JSON.stringify(answers));
  `;
  const output = execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', script], {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

test('where no code may be made from strings, every answer has the same bytes', () => {
  const usual = answers();
  expect(usual).toEqual([
    [200, expect.any(String)],
    [422, expect.any(String)],
    [422, expect.any(String)],
  ]);
  expect(answers('--disallow-code-generation-from-strings')).toEqual(usual);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleProof } from '../../tests/contract/sample-proof.js';
import { sampleResult } from '../../tests/contract/sample-result.js';
import type { OperationResult, RunResult } from '../contract/run/result.js';
import {
  createPaint,
  githubAnnotations,
  type ReportFormat,
  renderReport,
  reportFormats,
  terminalReport,
} from './index.js';

const plain = createPaint(false);

/** What a target can say to get more out of a report than text. */
const hostile = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '"\' onmouseover="alert(1)"]]>--><!-- &amp; &#0; {{x}}',
  '``` @octocat #123 | [a](javascript:alert(1)) ~~**',
  '::error::forged\n::set-output name=x::y%0A\r\n',
  '\u0000\u0001\u001b[2J\u0007\u200e\u202e\ud800\ufffe\uffff',
].join(' ');
const anything = fc.oneof(
  fc.constant(hostile),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);

describe('at a terminal', () => {
  it('a summary is read in ten seconds', () => {
    expect(terminalReport(sampleResult(), plain)).toMatchInlineSnapshot(`
      "Things x 1 at http://localhost:3000, seed 1

        ✗ GET /things       8 cases  response-schema 3 · no-server-error 1
        ✓ GET /things/x     4 cases
        – POST /odd     cannot be used

        ✗ response-schema 3 ✗ no-server-error 1 ✓ evidence

      ✗ response-schema  The body is not what its schema says: x (3 cases, 1 of them flaky)
          listThings: kind = x [0123456789ab]
          expected type string x
          received x
          spec/things.yaml:12:5 /paths/x
          curl 'x'
      ✗ no-server-error  The server failed (1 case, flaky)
          listThings: kind = x [ba9876543210]
          expected type string x
          received x
          spec/things.yaml:12:5 /paths/x
          curl 'x'
      · evidence: Not exercised (getThing)

      Exercised:
        operations      ██████░░░░░░░░░░░░░░  33 % (1/3)
        parameters      ██████░░░░░░░░░░░░░░  33 % (1/3)
        enum values     ██████░░░░░░░░░░░░░░  33 % (1/3)
        responses       ██████░░░░░░░░░░░░░░  33 % (1/3)
        schema keywords ██████░░░░░░░░░░░░░░  33 % (1/3)
        never, operations: x, b x
        never, parameters: x, b x
        never, enum values: x, b x
        never, responses: x, b x
        never, schema keywords: x, b x
      Undeclared statuses met: 500 on 1 operation

      Not sent: 5 cases that may change the target
      Note: A note: x

      Broken: 4 violations, 1 of them flaky, in 4 of 12 cases, on 1 of 3 operations (2 causes; 18 requests in 1.2 s, 6 of them sent again)"
    `);
  });

  it('many operations that are well take one line', () => {
    const { operations } = sampleResult();
    const [, kept] = operations;
    if (!kept) throw new Error('no sample');
    const many = Array.from({ length: 1200 }, (_, index) => ({ ...kept, id: `op${index}`, path: `/p${index}` }));
    const text = terminalReport(sampleResult('x', { operations: [...many, ...operations] }), plain);
    expect(text.split('\n').length).toBeLessThan(60);
    expect(text).toContain('… and 1,201 more operations; 1,201 of all are kept');
  });

  it('no line obeys what a target says', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
    expect(terminalReport(sampleResult(hostile), plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('JUnit', () => {
  it('is what CI servers read', () => {
    expect(renderReport('junit', sampleResult())).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="counterproof" tests="4" failures="1" errors="1" time="1.234">
        <testsuite name="GET /things" tests="2" failures="1" errors="0" skipped="0" time="0.101">
          <testcase classname="listThings" name="accepted" assertions="5" time="0.060">
            <failure type="response-schema" message="The body is not what its schema says: x (and 1 more)">response-schema: The body is not what its schema says: x (1 of 3 flaky) (3 cases)
        case: kind = x [0123456789ab]
        expected: type string x
        received: x
        document: spec/things.yaml:12:5 /paths/x
        curl &apos;x&apos;

      no-server-error: The server failed (1 of 1 flaky)
        case: kind = x [ba9876543210]
        expected: type string x
        received: x
        document: spec/things.yaml:12:5 /paths/x
        curl &apos;x&apos;</failure>
          </testcase>
          <testcase classname="listThings" name="rejected" assertions="3" time="0.041"/>
        </testsuite>
        <testsuite name="GET /things/x" tests="1" failures="0" errors="0" skipped="0" time="0.012">
          <testcase classname="getThing" name="accepted" assertions="4" time="0.012"/>
        </testsuite>
        <testsuite name="POST /odd" tests="1" failures="0" errors="1" skipped="0" time="0.000">
          <testcase classname="oddThing" name="the document" assertions="1" time="0.000">
            <error message="A schema does not compile: x"/>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `);
  });

  it('is XML whatever the target says, and its counts are true', () => {
    fc.assert(
      fc.property(anything, fc.option(anything), (text, partial) => {
        const xml = renderReport('junit', sampleResult(text, { partial }));
        expectXml(xml);
        expect(Number(/tests="(\d+)"/.exec(xml)?.[1])).toBe(xml.match(/<testcase /g)?.length);
        expect(Number(/failures="(\d+)"/.exec(xml)?.[1])).toBe(xml.match(/<failure /g)?.length);
        expect(Number(/errors="(\d+)"/.exec(xml)?.[1])).toBe(xml.match(/<error /g)?.length);
      }),
    );
  });
});

describe('SARIF', () => {
  const log = (result: RunResult) => JSON.parse(renderReport('sarif', result));

  it('points at the lines of the document', () => {
    const [run] = log(sampleResult()).runs;
    expect(run.results[0]).toMatchInlineSnapshot(`
      {
        "level": "error",
        "locations": [
          {
            "logicalLocations": [
              {
                "fullyQualifiedName": "listThings",
                "kind": "function",
              },
            ],
            "physicalLocation": {
              "artifactLocation": {
                "uri": "spec/things.yaml",
                "uriBaseId": "%SRCROOT%",
              },
              "region": {
                "startColumn": 5,
                "startLine": 12,
              },
            },
          },
        ],
        "message": {
          "text": "The body is not what its schema says: x.
      GET /things: kind = x.
      Expected type string x; received x.
      curl 'x'",
        },
        "occurrenceCount": 3,
        "partialFingerprints": {
          "counterproofCase/v1": "response-schema:listThings:0123456789ab",
        },
        "properties": {
          "caseId": "0123456789ab",
          "curl": "curl 'x'",
          "flaky": false,
          "pointer": "/paths/x",
        },
        "ruleId": "response-schema",
        "ruleIndex": 0,
      }
    `);
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(
      sampleResult().checks.map(({ id }) => id),
    );
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  it('names files as URIs: relative in the checkout, absolute elsewhere', () => {
    const uriOf = (file: string) => {
      const { findings } = sampleResult();
      const moved = findings.map((finding) => {
        const place = { location: { ...finding.location, file } };
        return { ...finding, ...place, operations: finding.operations.map((own) => ({ ...own, ...place })) };
      });
      return log(sampleResult('x', { findings: moved })).runs[0].results[0].locations[0].physicalLocation
        .artifactLocation;
    };
    expect(uriOf('./a b/ä.yaml')).toEqual({ uri: 'a%20b/%C3%A4.yaml', uriBaseId: '%SRCROOT%' });
    expect(uriOf('/tmp/a.yaml')).toEqual({ uri: 'file:///tmp/a.yaml' });
    expect(uriOf('C:\\a\\b.yaml')).toEqual({ uri: 'file:///C:/a/b.yaml' });
  });

  it('says when it is partial', () => {
    const [invocation] = log(sampleResult('x', { partial: 'stopped' })).runs[0].invocations;
    expect(invocation.executionSuccessful).toBe(false);
  });
});

describe('Markdown', () => {
  it('is a comment for a pull request', () => {
    expect(renderReport('markdown', sampleResult())).toMatchInlineSnapshot(`
      "## ❌ Broken: 4 violations, 1 of them flaky, in 4 of 12 cases, on 1 of 3 operations

      Contract of **Things x 1** (\`spec/things.yaml\`) against \`http://localhost:3000\`.

      | | operation | cases | broken by |
      | --- | --- | ---: | --- |
      | ❌ | \`GET /things\` | 8 | response-schema × 3, no-server-error × 1 |
      | ✅ | \`GET /things/x\` | 4 |  |
      | ➖ | \`POST /odd\` | 0 |  |

      ### Findings

      - **response-schema**: The body is not what its schema says: x (3 cases, 1 of them flaky)
        - \`listThings\`: kind = x
        - expected \`type string x\`, received \`x\`
        - \`spec/things.yaml:12\` at \`/paths/x\`
        - \`curl 'x'\`

      - **no-server-error**: The server failed (1 case, flaky)
        - \`listThings\`: kind = x
        - expected \`type string x\`, received \`x\`
        - \`spec/things.yaml:12\` at \`/paths/x\`
        - \`curl 'x'\`

      - **evidence**: Not exercised (information, 1 case)
        - \`getThing\`: kind = x
        - expected \`type string x\`, received \`x\`
        - \`spec/things.yaml:12\` at \`/paths/x\`

      **Coverage:** operations 1/3 · parameters 1/3 · enum values 1/3 · responses 1/3 · schema keywords 1/3

      - Not sent: 5 cases that may change the target
      - A note: x
      - 2 further findings counted and not listed

      <sub>counterproof 1.2.3, seed 1, 18 requests in 1.2 s</sub>
      "
    `);
  });

  it('is never longer than GitHub takes, and says what it leaves out', () => {
    const [finding] = sampleResult().findings;
    if (!finding) throw new Error('no sample');
    const findings = Array.from({ length: 3000 }, (_, index) => ({
      ...finding,
      message: `${index} ${'é'.repeat(400)}`,
    }));
    const text = renderReport('markdown', sampleResult('x', { findings }));
    expect(new TextEncoder().encode(text).length).toBeLessThan(60_000);
    expect(text).toMatch(/_And [\d,]+ findings more that did not fit: see the other reports\._/);
  });

  it('makes nothing of what a target says', () => {
    const text = renderReport('markdown', sampleResult(hostile));
    expect(outsideCode(text)).not.toMatch(/<script|@octocat|\[a\]|#123/);
    expect(outsideCode(text)).toContain('Things ');
  });
});

describe('HTML', () => {
  const render = (result: RunResult) => renderReport('html', result);

  it('needs no script and no network', () => {
    const page = render(sampleResult());
    expect(page).toContain("default-src 'none'");
    // Within the page it may lead.
    expect(page.replaceAll('href="#f-', '')).not.toMatch(/<script|<link|<img|<iframe|src=|href=|@import|url\(/i);
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).toContain('width=device-width');
  });

  it('shows what a target says, and does none of it', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const page = render(sampleResult(text));
        expect(tagsOf(page)).toEqual(tagsOf(render(sampleResult('x'))));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
        expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      }),
    );
  });
});

describe('GitHub annotations', () => {
  it('stand at the lines of the document', () => {
    expect(githubAnnotations(sampleResult())[0]).toMatchInlineSnapshot(
      `"::error file=spec/things.yaml,line=12,col=5,title=counterproof response-schema::The body is not what its schema says: x%0Akind = x%0Aexpected type string x%0Areceived x%0Acurl 'x'"`,
    );
  });

  it('are one line each, whatever the target says', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const line of githubAnnotations(sampleResult(text))) {
          expect(line).not.toMatch(/[\r\n]/);
          expect(line).toMatch(
            /^::(error|warning|notice) file=spec\/things\.yaml,line=12,col=5,title=counterproof [a-z-]+::/,
          );
        }
      }),
    );
  });

  it('are no more than GitHub shows', () => {
    const [finding] = sampleResult().findings;
    if (!finding) throw new Error('no sample');
    expect(githubAnnotations(sampleResult('x', { findings: Array.from({ length: 50 }, () => finding) })).length).toBe(
      10,
    );
  });
});

const formats = Object.keys(reportFormats) as ReportFormat[];

describe('every report', () => {
  it.each(formats)('as %s of a partial run says so', (format) => {
    expect(renderReport(format, sampleResult('x', { partial: 'stopped by SIGTERM' }))).toContain('stopped by SIGTERM');
  });

  it.each(formats)('as %s has nothing that a terminal obeys', (format) => {
    const [finding] = sampleResult('x').findings;
    const findings = [{ ...(finding as RunResult['findings'][number]), received: 'a\u009b2Jb\u009d\u007f\u202e' }];
    expect(renderReport(format, sampleResult('x', { findings }))).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  });

  it.each(formats)('as %s of nothing is whole', (format) => {
    const nothing = { operations: [], findings: [], checks: [], notes: [], notSent: [], undeclaredStatuses: [] };
    expect(renderReport(format, sampleResult('x', { ...nothing, verdict: 'kept' }))).not.toBe('');
  });
});

describe('a check that held over no exchange', () => {
  const result = sampleResult('x', {
    checks: [{ id: 'unseen', summary: 'it is so', exchanges: 0, violations: 0, warnings: 0, information: 0 }],
  });

  it('has a dash at a terminal, and the summary names it', () => {
    const text = terminalReport(result, plain);
    expect(text).toContain('  – unseen\n');
    expect(text).toContain('Note: Nothing came that could show whether these checks hold: unseen');
  });

  it('is skipped in JUnit', () => {
    expect(renderReport('junit', result)).toContain(
      'skipped="1" time="0.000">\n    <testcase classname="checks" name="unseen"',
    );
  });

  it('has no column in the grid, and is named below it', () => {
    expect(renderReport('html', result)).toContain('– in every operation: <code>unseen</code>');
  });

  it('has a dash on the page, and no format ticks it', () => {
    expect(renderReport('html', result)).toContain('–</span><span class="hidden">not sent</span></td><td><code>unseen');
    for (const format of formats) {
      expect(renderReport(format, result)).toContain('unseen');
      expect(renderReport(format, result)).not.toMatch(/[✓✅]\W{0,3}unseen/);
    }
  });
});

it.each([
  [0, 1, 'no cause of 1 new'],
  [1, 3, '1 cause of 3 new'],
  [2, 3, '2 causes of 3 new'],
])('a verdict says how many causes are new: %i of %i', (newCauses, causes, said) => {
  const { counts } = sampleResult();
  expect(terminalReport(sampleResult('x', { newCauses, counts: { ...counts, causes } }), plain)).toContain(`; ${said}`);
});

it('a check of which only what was never exercised tells anything is no kept one', () => {
  const sample = sampleResult();
  const [one] = sample.operations;
  if (one === undefined) throw new Error('no operation');
  const result = (unexercised: string | null) => ({
    ...sample,
    operations: [{ ...one, unexercised, exchanges: { evidence: 3 } }],
  });
  expect(terminalReport(result('status 500'), plain)).toContain('○ evidence');
  expect(terminalReport(result(null), plain)).toContain('✓ evidence');
});

it('a check of which only a part was tried in each operation is no kept one', () => {
  const sample = sampleResult();
  const [one] = sample.operations;
  if (one === undefined) throw new Error('no operation');
  const tried = { ...one, unexercised: null, exchanges: { evidence: 3 } };
  const half = { ...tried, untried: ['evidence'] };
  const shown = (...operations: OperationResult[]) => terminalReport({ ...sample, operations }, plain);
  expect(shown(half)).toContain('○ evidence');
  expect(shown(half, tried)).toContain('✓ evidence');
  expect(renderReport('html', { ...sample, operations: [half] })).toContain('title="evidence: not exercised"');
});

it('the grid of the page tells operations apart whose paths begin alike', () => {
  const begun = `/organizations/{organization_id}/projects/{project_id}/environments`;
  const [one] = sampleResult().operations;
  if (one === undefined) throw new Error('no operation');
  const operations = ['/keys', '/logs'].map((end) => ({ ...one, id: `GET ${begun}${end}`, path: `${begun}${end}` }));
  const page = renderReport('html', { ...sampleResult(), operations }).replaceAll('<wbr>', '');
  for (const end of ['/keys', '/logs']) expect(page).toContain(`<code>GET ${begun}${end}</code></th>`);
});

describe('of a proof', () => {
  it.each(formats)('%s says what was not noticed, what was accused, and what was not tried', (format) => {
    const text = renderReport(format, sampleProof());
    for (const part of ['status-500', '/site', 'odd-variant', 'no answer brings it there'])
      expect(text).toContain(part);
  });

  it('JUnit skips what was not tried, and its counts are true', () => {
    const xml = renderReport('junit', sampleProof());
    expectXml(xml);
    expect(xml).toContain('<skipped message="no answer brings it there"/>');
    expect(/tests="(\d+)" failures="(\d+)"/.exec(xml)?.slice(1)).toEqual(['4', '2']);
  });

  it('a page shows what a document says, and does none of it', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(tagsOf(renderReport('html', sampleProof(text)))).toEqual(tagsOf(renderReport('html', sampleProof('x'))));
        expectXml(renderReport('junit', sampleProof(text)));
      }),
    );
  });

  it('no line at a terminal obeys what a document says', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
    expect(terminalReport(sampleProof(hostile), plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('at a terminal notes keep to its width', () => {
    const lines = terminalReport(sampleProof('many words '.repeat(20)), plain, 80).split('\n');
    const rows = lines.filter((line) => /^ {2}[✓–]/.test(line));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(80);
  });
});

/** But for those of where a line may end, in names of operations. */
const tagsOf = (page: string) => page.match(/<(?!wbr)[^>]*>/g)?.map((tag) => tag.replace(/"[^"]*"/g, '""')) ?? [];

/** XML 1.0: only its characters, no stray ampersand, and every element closed in order. */
function expectXml(xml: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML forbids is what this looks for
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  expect(() => encodeURIComponent(xml)).not.toThrow(); // no lone surrogate
  expect(xml).not.toMatch(/&(?!(amp|lt|gt|quot|apos);)/);
  const open: string[] = [];
  const rest = xml
    .replace(/^<\?xml [^>]*\?>/, '')
    .replace(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g, (_all, end, name, _attributes, empty) => {
      if (end) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name);
      return '';
    });
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
}

/** Markdown without its code spans (CommonMark, 6.1) and without what a backslash escapes (2.4). */
function outsideCode(markdown: string): string {
  let outside = '';
  for (let at = 0; at < markdown.length; ) {
    const run = /^`+/.exec(markdown.slice(at))?.[0];
    if (run !== undefined) {
      const close = [...markdown.slice(at + run.length).matchAll(/`+/g)].find(([other]) => other === run);
      at += run.length + (close === undefined ? 0 : close.index + run.length);
    } else if (/^\\[!-/:-@[-`{-~]/.test(markdown.slice(at, at + 2))) at += 2;
    else outside += markdown[at++];
  }
  return outside;
}

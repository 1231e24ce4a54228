import { takesOneValue } from '../../operation/index.js';
import { percentEncoded } from '../../text/percent.js';
import type { Base } from './base-request.js';
import type { Draft } from './draft.js';
import { draft, judged } from './draft-of.js';
import { listedValues, valueFor } from './parameter-values.js';
import { withParameter, writeRequest } from './plan.js';
import type { Workbench } from './workbench.js';

/** Invalid requests: what is required is missing, or is there and empty. Broken keywords come from `varied`. */
export function* rejected(bench: Workbench, base: Base): Iterable<Draft> {
  yield* missing(bench, base);
  yield* empty(bench, base);
  yield* bodiless(bench, base);
}

function* missing(bench: Workbench, base: Base): Iterable<Draft> {
  for (const parameter of base.parameters) {
    // A client names itself where nobody else does.
    const isAdded = parameter.in === 'header' && parameter.name.toLowerCase() === 'user-agent';
    if (!parameter.required || parameter.in === 'path' || isAdded) continue;
    const found = judged(bench, base, withParameter(base.plan, parameter, null), false, {
      aspect: 'rejected',
      rank: 'missing',
      title: `${parameter.name} missing (required)`,
      varies: { in: parameter.in, name: parameter.name, keyword: 'missing', pointer: `${parameter.pointer}/required` },
    });
    if (found) yield found;
  }
}

/**
 * Empty text in a query. In a path it makes another route; in a header or cookie it is often taken for absent, and
 * so it is in a query where the parameter may be absent and has no closed list.
 */
function* empty(bench: Workbench, base: Base): Iterable<Draft> {
  for (const parameter of base.parameters) {
    if (parameter.in !== 'query' || parameter.allowEmptyValue || !takesOneValue(parameter)) continue;
    // No items, or no members, is a value too.
    if (parameter.mediaType !== null || typeof valueFor(bench, parameter) === 'object') continue;
    const plan = withParameter(base.plan, parameter, { raw: `${percentEncoded(parameter.name)}=` });
    const isPlain = parameter.required || listedValues(bench, parameter.schema.pointer).length > 0;
    const words = {
      title: `${parameter.name} = "" (empty)`,
      varies: { in: parameter.in, name: parameter.name, keyword: 'empty', pointer: parameter.pointer },
    };
    const request = writeRequest(bench.operation, plan);
    const found = isPlain
      ? judged(bench, base, plan, false, { ...words, aspect: 'rejected', rank: 'near miss' })
      : request && draft(base, request, 'survived', { ...words, aspect: 'hostile', rank: 'hostile' });
    if (found) yield found;
  }
}

/** A required body that is absent, or has no bytes. */
function* bodiless(bench: Workbench, base: Base): Iterable<Draft> {
  const { requestBody } = bench.operation;
  if (!requestBody?.required || base.plan.body === null) return;
  const pointer = `${requestBody.pointer}/required`;
  const words = { aspect: 'rejected', rank: 'missing' } as const;
  const varies = { in: 'body', name: null, keyword: 'missing', pointer } as const;
  const absent = judged(bench, base, { ...base.plan, body: null }, false, {
    ...words,
    title: 'body missing (required)',
    varies,
  });
  if (absent) yield absent;
  const whole = writeRequest(bench.operation, base.plan);
  const request = whole && { ...whole, body: new Uint8Array(0) };
  if (request === null || bench.judge(request) !== 'invalid') return;
  yield draft(base, request, 'rejected', { ...words, title: 'body empty', varies: { ...varies, keyword: 'empty' } });
}

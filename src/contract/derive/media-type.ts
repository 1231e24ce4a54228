import { contentFor, mediaTypeOf } from '../../operation/index.js';
import type { Base } from './base-request.js';
import { bodyFor } from './body-values.js';
import type { Draft } from './draft.js';
import { draft, judged } from './draft-of.js';
import { writeRequest } from './plan.js';
import type { Workbench } from './workbench.js';

/** A body of a type that is not declared, each type that can be asked for, and one that cannot be had. */
export function* mediaTypes(bench: Workbench, base: Base): Iterable<Draft> {
  yield* otherBody(bench, base);
  yield* accept(bench, base);
}

function* otherBody(bench: Workbench, base: Base): Iterable<Draft> {
  const { requestBody } = bench.operation;
  if (!requestBody) return;
  const body =
    base.plan.body ?? requestBody.content.map((content) => bodyFor(bench, content)).find((each) => each !== null);
  const whole = body && writeRequest(bench.operation, { ...base.plan, body });
  if (!whole) return;
  const other = ['text/plain', 'application/xml', 'application/x-counterproof'].find(
    (type) => contentFor(requestBody.content, type) === undefined,
  );
  if (other === undefined) return;
  const request = { ...whole, headers: { ...whole.headers, 'content-type': other } };
  if (bench.judge(request) !== 'invalid') return;
  // A body that may be absent may also be passed over.
  yield draft(base, request, requestBody.required ? 'unsupported-media-type' : 'survived', {
    aspect: 'media-type',
    rank: 'media type',
    title: `Content-Type: ${other} (not declared)`,
    varies: { in: 'content-type', name: null, keyword: 'content', pointer: `${requestBody.pointer}/content` },
  });
}

function* accept(bench: Workbench, base: Base): Iterable<Draft> {
  const { operation } = bench;
  const success = operation.responses.filter(({ key }) => key.startsWith('2'));
  const contents = success.flatMap((response) => response.content);
  const pointer = `${success[0]?.pointer ?? operation.pointer}/content`;
  const words = (type: string, title: string) =>
    ({
      aspect: 'media-type',
      rank: 'media type',
      title,
      varies: { in: 'accept', name: null, keyword: type, pointer },
    }) as const;
  // A range, and what is no media type, promise no form.
  const isNamed = (type: string | undefined): boolean =>
    type !== undefined && !type.includes('*') && mediaTypeOf(type) !== null;
  // Which success comes is the server's choice, and not of each there need be this form.
  const isOfEach = (type: string): boolean =>
    success.every(({ content }) => content.length === 0 || isNamed(contentFor(content, type)?.mediaType));
  const types = new Set(contents.map(({ mediaType }) => mediaType).filter((type) => isNamed(type) && isOfEach(type)));
  for (const mediaType of contents.length > 1 ? types : []) {
    const plan = { ...base.plan, headers: { ...base.plan.headers, accept: mediaType } };
    const found = judged(bench, base, plan, true, words('content', `Accept: ${mediaType}`));
    if (found) yield found;
  }
  const type = 'application/x-counterproof';
  if (contents.length === 0 || contentFor(contents, type) !== undefined) return;
  const whole = writeRequest(operation, base.plan);
  if (whole === null) return;
  const request = { ...whole, headers: { ...whole.headers, accept: type } };
  yield draft(base, request, 'not-acceptable', words('content', `Accept: ${type} (cannot be met)`));
}

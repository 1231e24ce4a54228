import { isJson, type Parameter, serializeParameter, takesOneValue } from '../../operation/index.js';
import { percentEncoded } from '../../text/percent.js';
import type { Json } from '../../text/value.js';
import type { Base } from './base-request.js';
import { bodyFor } from './body-values.js';
import type { Candidate, Draft } from './draft.js';
import { draft } from './draft-of.js';
import { hasVagueBody } from './parameter-owners.js';
import { valueFor } from './parameter-values.js';
import { placesOf } from './places.js';
import { type Choice, type Plan, withParameter, writeRequest } from './plan.js';
import type { Workbench } from './workbench.js';

const long = 10_000;
const deep = 10_000;

/** What attackers and broken clients send. It is refused or survived: never a 5xx, never a broken connection. */
export function* hostile(bench: Workbench, base: Base): Iterable<Candidate> {
  for (const parameter of base.parameters) yield* hostileParameter(bench, base, parameter);
  for (const draft of hostileBody(bench, base)) yield { ...draft, make: () => draft };
  yield* hostileText(bench, base);
}

function* hostileParameter(bench: Workbench, base: Base, parameter: Parameter): Iterable<Candidate> {
  const own = valueFor(bench, parameter);
  for (const [keyword, title, choice] of choices(parameter, own)) {
    yield survived(bench, base, () => withParameter(base.plan, parameter, choice), {
      title: `${parameter.name}: ${title}`,
      varies: { in: parameter.in, name: parameter.name, keyword, pointer: parameter.pointer },
    });
  }
}

function* choices(
  parameter: Parameter,
  own: Json | undefined,
): Iterable<[keyword: string, title: string, choice: Choice]> {
  const text = (raw: string): Choice => ({ raw: wrap(parameter, raw) });
  yield ['long', `${long} characters`, text('a'.repeat(long))];
  if (parameter.in === 'header' || parameter.in === 'cookie') return;
  // Behind a valid value, since programs in C see nothing but that.
  const valid = typeof own === 'string' ? percentEncoded(own) : 'a';
  yield ['null-byte', 'NUL', text(`${valid}%00`)];
  yield ['non-ascii', 'characters beyond ASCII', text(percentEncoded('é漢🙂'))];
  yield ['percent-encoding', 'broken percent-encoding', text('%zz')];
  yield ['percent-encoding', 'percent-encoding cut short', text('a%')];
  yield ['utf-8', 'bytes that are not UTF-8', text('%ff%fe')];
  if (parameter.in === 'path') return;
  yield* arrays(parameter, own);
}

/** An array where one value is expected. */
function* arrays(parameter: Parameter, own: Json | undefined): Iterable<[string, string, Choice]> {
  if (own === undefined || typeof own === 'object' || !takesOneValue(parameter)) return;
  const once = serializeParameter(parameter, own);
  if (once === null || once === '') return;
  const name = percentEncoded(parameter.name);
  const [, value = ''] = once.split(/=(.*)/s);
  yield ['array', 'twice', { raw: `${once}&${once}` }];
  yield ['array', 'an array with brackets', { raw: `${name}[]=${value}&${name}[]=${value}` }];
  yield ['array', 'an object with brackets', { raw: `${name}[a]=${value}` }];
}

/** A raw text in the parameter's place on the wire. */
function wrap(parameter: Parameter, raw: string): string {
  if (parameter.in === 'query') return `${percentEncoded(parameter.name)}=${raw}`;
  return parameter.in === 'cookie' ? `${parameter.name}=${raw}` : raw;
}

function* hostileBody(bench: Workbench, base: Base): Iterable<Draft> {
  const { requestBody } = bench.operation;
  const content = requestBody?.content.find(({ mediaType }) => isJson(mediaType));
  const body = content && bodyFor(bench, content);
  const whole = body && writeRequest(bench.operation, { ...base.plan, body });
  if (!content || !whole?.body) return;
  for (const { keyword, title, bytes, like } of hostileBodies(whole.body)) {
    const request = { ...whole, body: bytes };
    const verdict = bench.judge(like ? { ...whole, body: like } : request);
    const isInvalid = requestBody?.required === true && keyword !== 'utf-8' && verdict === 'invalid';
    // A body that is no JSON at all cannot have been understood, required or not.
    const isUnreadable = keyword === 'syntax' && !hasVagueBody(bench.operation) && verdict !== 'valid';
    yield draft(base, request, isInvalid || isUnreadable ? 'rejected' : 'survived', {
      aspect: 'hostile',
      rank: 'hostile',
      title,
      varies: { in: 'body', name: null, keyword, pointer: content.pointer },
    });
  }
}

interface HostileBody {
  readonly keyword: string;
  readonly title: string;
  readonly bytes: Uint8Array;
  /** Judged in its place: our own checker gives up at a depth that another one may reach. */
  readonly like?: Uint8Array;
}

function* hostileBodies(valid: Uint8Array): Iterable<HostileBody> {
  const encode = (text: string) => new TextEncoder().encode(text);
  const arrays = (depth: number) => encode('['.repeat(depth) + ']'.repeat(depth));
  const objects = (depth: number) => encode(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
  const half = valid.subarray(0, Math.ceil(valid.length / 2));
  yield { keyword: 'syntax', title: 'a body that is cut in the middle', bytes: half };
  yield { keyword: 'syntax', title: 'a body that is not JSON', bytes: encode('{counterproof') };
  yield { keyword: 'syntax', title: 'a body with two JSON texts', bytes: encode('{}{}') };
  yield { keyword: 'syntax', title: 'a body of single quotes', bytes: encode("{'a': 'b'}") };
  yield { keyword: 'utf-8', title: 'a body that is not UTF-8', bytes: new Uint8Array([0x22, 0xff, 0xfe, 0x22]) };
  yield { keyword: 'deep', title: `a body of ${deep} nested arrays`, bytes: arrays(deep), like: arrays(20) };
  yield { keyword: 'deep', title: `a body of ${deep} nested objects`, bytes: objects(deep), like: objects(20) };
  yield { keyword: 'array', title: 'an empty array', bytes: encode('[]') };
  yield { keyword: 'object', title: 'an empty object', bytes: encode('{}') };
  yield { keyword: 'null', title: 'null', bytes: encode('null') };
  yield { keyword: 'number', title: 'a number beyond all measure', bytes: encode('1e999') };
}

/** Texts in each string of a JSON body. */
const texts: readonly [keyword: string, title: string, value: string][] = [
  ['null-byte', 'NUL', 'a\0'],
  ['non-ascii', 'characters beyond ASCII', 'é漢🙂'],
  ['long', `${long} characters`, 'a'.repeat(long)],
];

function* hostileText(bench: Workbench, base: Base): Iterable<Candidate> {
  const content = bench.operation.requestBody?.content.find(({ mediaType }) => isJson(mediaType));
  const body = content && bodyFor(bench, content);
  if (!body || !content?.schema || content.schema.problem !== null) return;
  for (const place of placesOf(bench, content.schema.pointer, body.value)) {
    // Where only certain strings are allowed, the near misses have been through it.
    const isListed = place.views.some(({ schema }) => schema.enum !== undefined || schema.const !== undefined);
    if (typeof place.value !== 'string' || isListed) continue;
    for (const [keyword, title, value] of texts) {
      const planOf = (): Plan | null => {
        const whole = place.set(value);
        return whole === undefined ? null : { ...base.plan, body: { ...body, value: whole } };
      };
      yield survived(bench, base, planOf, {
        title: `body${place.path}: ${title}`,
        varies: { in: 'body', name: place.name, keyword, pointer: place.views[0]?.pointer ?? content.pointer },
      });
    }
  }
}

/** Refusal is demanded where no reading of these bytes is valid. */
function survived(
  bench: Workbench,
  base: Base,
  planOf: () => Plan | null,
  words: Pick<Draft, 'title' | 'varies'>,
): Candidate {
  const { keyword } = words.varies;
  const isReadOneWay = keyword === 'null-byte' || keyword === 'non-ascii' || keyword === 'long';
  const whole = { ...words, aspect: 'hostile', rank: 'hostile' } as const;
  const make = (): Draft | null => {
    const plan = planOf();
    const request = plan && writeRequest(bench.operation, plan);
    if (request === null) return null;
    const verdict = isReadOneWay ? bench.judge(request) : 'undetermined';
    return draft(base, request, verdict === 'invalid' ? 'rejected' : 'survived', whole);
  };
  return { rank: whole.rank, varies: words.varies, make };
}

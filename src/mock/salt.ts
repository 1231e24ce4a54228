import { mix } from '../fake/random.js';
import { type Names, type Operation, type RequestValues, undeclaredIn } from '../operation/index.js';
import { viewOf } from '../schema/view.js';
import { type Json, setMember } from '../text/value.js';

/**
 * What made-up data depends on besides the seed: the operation and what the request says, after decoding. So
 * another provider gets other data, and the same request the same, however it was written: also with a documented default
 * said outright, or with something in the query that the document knows nothing of, as is sent against caches.
 */
export function saltOf(operation: Operation, values: RequestValues | null): string {
  return lazySaltOf(operation, values)();
}

/** The same, worked out when it is first asked for: what is answered from rows or examples depends on none of it. */
export function lazySaltOf(operation: Operation, values: RequestValues | null): () => string {
  let salt: string | undefined;
  return () => {
    salt ??= workedOut(operation, values);
    return salt;
  };
}

function workedOut(operation: Operation, values: RequestValues | null): string {
  return `${operation.method} ${operation.path} ${canonical({
    path: values?.path ?? {},
    query: told(operation, values?.query ?? {}),
    body: values?.body,
  })}`;
}

/** Names of query parameters, and the documented defaults of those that have one. */
interface Declared {
  /** Null where a parameter takes the whole query (`in: querystring`). */
  readonly names: ReadonlySet<string> | null;
  readonly defaults: ReadonlyMap<string, string>;
  readonly usual: RequestValues['query'];
}

const known = new WeakMap<Operation, Declared>();

function declaredBy(operation: Operation): Declared {
  const earlier = known.get(operation);
  if (earlier !== undefined) return earlier;
  const view = viewOf(operation.document);
  const names = new Set<string>();
  const defaults = new Map<string, string>();
  const usual: Record<string, Json> = {};
  for (const { in: place, name, schema } of operation.parameters) {
    if (place !== 'query') continue;
    names.add(name);
    const said = view.certain(schema.pointer).find((part) => part.schema.default !== undefined);
    if (said === undefined) continue;
    defaults.set(name, canonical(said.schema.default));
    setMember(usual, name, said.schema.default);
  }
  const isWhole = operation.parameters.some(({ in: place }) => place === 'querystring');
  const declared = { names: isWhole ? null : names, defaults, usual };
  known.set(operation, declared);
  return declared;
}

/** What a query says by declared parameters, and differs from their defaults. */
function told(operation: Operation, query: RequestValues['query']): RequestValues['query'] {
  const { names, defaults } = declaredBy(operation);
  const said = names === null ? query : declaredIn(query, names);
  return Object.fromEntries(Object.entries(said).filter(([name, value]) => defaults.get(name) !== canonical(value)));
}

/** What is sent by some names, in their order; what else is sent is not looked at. */
function declaredIn(query: RequestValues['query'], names: ReadonlySet<string>): RequestValues['query'] {
  return Object.fromEntries([...names].flatMap((name) => (Object.hasOwn(query, name) ? [[name, query[name]]] : [])));
}

/** What a request says, parted by what data is made of, and what of its query no parameter declares. */
export interface Said {
  readonly declared: RequestValues;
  /** The same with the documented default of what the query leaves out. */
  withDefaults(): RequestValues;
  /** By some names: null for nothing. */
  others(names: Names): RequestValues['query'] | null;
}

export function partedBy(operation: Operation, values: RequestValues): Said {
  const { names, usual } = declaredBy(operation);
  if (names === null) return { declared: values, withDefaults: () => values, others: () => null };
  const declared = { ...values, query: declaredIn(values.query, names) };
  return {
    declared,
    withDefaults: () => ({ ...declared, query: { ...usual, ...declared.query } }),
    others(wanted) {
      const sent = Object.entries(undeclaredIn(values.query, wanted)).filter(([name]) => !names.has(name));
      return sent.length === 0 ? null : Object.fromEntries(sent);
    },
  };
}

/** Members that are put in order. */
const maximumSorted = 1000;

/** JSON with the members in alphabetical order. Deep values are cut: they would differ before that. */
function canonical(value: unknown, depth = 0): string {
  if (value === undefined) return '';
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? '';
  if (depth > 64) return '…';
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
  if (value instanceof Uint8Array) return `<${value.length}>`;
  const members = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(members).filter((name) => members[name] !== undefined);
  const said = (name: string) => `${JSON.stringify(name)}:${canonical(members[name], depth + 1)}`;
  // Of very many members the sum is as good as the text, and need not be sorted.
  if (names.length > maximumSorted) {
    return `{${names.length} ${names.reduce((sum, name) => (sum + mix(0, said(name))) >>> 0, 0)}}`;
  }
  return `{${names.sort().map(said).join(',')}}`;
}

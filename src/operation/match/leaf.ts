import { Members } from '../../text/value.js';
import type { RequestHeaders } from '../http.js';
import { queryPairs } from '../parameter/pairs.js';
import type { OperationEntry } from '../types.js';
import type { Spelling } from './spelling.js';
import { type PathKey, templateNames } from './template.js';

/** One path template under one base path: what a request's path leads to. */
export interface Leaf extends Pick<PathKey, 'query' | 'hasFragment'> {
  /** Of the templates that say the same the one with the greatest goes first. */
  readonly rank: number;
  /** Of the parameters in the order of the template; null for a variable of the base path. */
  readonly names: readonly (string | null)[];
  readonly template: string;
  /** How the template is spelled out, where what is matched is. */
  readonly spelling: Spelling | null;
  readonly methods: Map<string, OperationEntry>;
}

/** An operation, and the parts of a path that it takes, still encoded. */
interface Found {
  readonly entry: OperationEntry;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** What an operation has to say of a request that its path fits. */
export interface Judge {
  /** Whether its path parameters fit their schemas. */
  fitsPath(found: Found): boolean;
  /** How many required query parameters and headers it has, where the request has them all and they fit; otherwise 0. */
  worth(found: Found, target: string, headers: RequestHeaders): number;
}

interface Request {
  readonly method: string;
  readonly target: string;
  readonly headers: RequestHeaders;
  readonly judge: Judge;
  /** Gets the leaves that do not have the method. */
  readonly refusing: Leaf[];
}

/** What a request may mean. Of very many that say the same hardly any is asked for its parameters. */
class Candidate implements Found {
  readonly leaf: Leaf;
  readonly entry: OperationEntry;
  readonly #values: readonly string[];
  #parameters: Record<string, string> | undefined;

  constructor(leaf: Leaf, entry: OperationEntry, values: readonly string[]) {
    this.leaf = leaf;
    this.entry = entry;
    this.#values = values;
  }

  get pathParameters(): Record<string, string> {
    this.#parameters ??= parametersOf(this.leaf, this.#values);
    return this.#parameters;
  }
}

/** So many that say the same are asked whether the parameters of the path fit them. */
const mostAsked = 100;

/**
 * Of paths that say the same, the operation that a request means: one whose key has a query, where the request has it;
 * one whose key has a fragment, where the request has its required query parameters and headers; the plain path; and of
 * several the first whose path parameters fit (of the first hundred), or else the first.
 */
export function best(leaves: readonly Leaf[], values: readonly string[], request: Request): Found | undefined {
  const candidates: Candidate[] = [];
  for (const leaf of leaves) {
    const entry = entryOf(leaf, request.method);
    if (entry === undefined) request.refusing.push(leaf);
    else if (leaf.query.length === 0 || hasQuery(leaf, request.target)) {
      candidates.push(new Candidate(leaf, entry, values));
    }
  }
  const [first, second] = candidates;
  if (first === undefined) return undefined;
  const { entry, pathParameters } = second === undefined ? first : choose(candidates, request);
  return { entry, pathParameters };
}

function choose(candidates: readonly Candidate[], { target, headers, judge }: Request): Candidate {
  const [first] = candidates as readonly [Candidate, ...Candidate[]];
  const alike = candidates.filter(({ leaf }) => leaf.rank === first.leaf.rank);
  if (alike.length === 1) return first;
  const worth = new Map(
    alike.map((candidate) => {
      const { query, hasFragment } = candidate.leaf;
      if (query.length > 0) return [candidate, 1000 * query.length];
      return [candidate, hasFragment ? judge.worth(candidate, target, headers) || -1 : 0];
    }),
  );
  let most = Number.NEGATIVE_INFINITY;
  for (const each of worth.values()) most = Math.max(most, each);
  const meant = alike.filter((candidate) => worth.get(candidate) === most);
  const asked = meant.length > 1 ? meant.slice(0, mostAsked) : [];
  return asked.find((candidate) => judge.fitsPath(candidate)) ?? meant[0] ?? first;
}

function entryOf({ methods }: Leaf, method: string): OperationEntry | undefined {
  return methods.get(method) ?? (method === 'HEAD' ? methods.get('GET') : undefined);
}

function hasQuery({ query }: Leaf, target: string): boolean {
  const { byName, decode } = queryPairs(target);
  return query.every(([name, value]) => {
    const sent = byName.get(decode(name) ?? name);
    const isOpen = value === null || /^\{.*\}$/.test(value);
    return sent?.some((raw) => isOpen || (decode(raw) ?? raw) === (decode(value) ?? value)) === true;
  });
}

function parametersOf({ names, spelling, template }: Leaf, values: readonly string[]): Record<string, string> {
  const parameters = new Members() as Record<string, string>;
  for (const [index, name] of names.entries()) if (name !== null) parameters[name] = values[index] ?? '';
  if (spelling === null) return parameters;
  const whole = spelling.completed(parameters);
  const written = new Members() as Record<string, string>;
  for (const name of templateNames(template)) written[name] = whole[name] ?? '';
  return written;
}

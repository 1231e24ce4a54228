import { selectOperations } from '../contract/index.js';
import { type LiveOptions, LiveRun } from '../contract/internal.js';
import type { RunResult } from '../contract/run/result.js';
import { ForwardProxy } from './proxy.js';
import type { ProxyOptions } from './types.js';
import { parseUpstream } from './upstream.js';

type Passing = Omit<ProxyOptions, 'upstream' | 'live' | 'isUpstreams'>;
type Judging = Omit<LiveOptions, 'target'>;

export interface CreateProxyOptions extends Passing, Judging {
  /** Base URL of the real server: `http://localhost:3000`. */
  readonly upstream: string;
  /** Operations that the upstream answers, as patterns (`selectOperations`); the mock answers the others. Empty: all. */
  readonly only?: readonly string[];
  /** Operations that the mock answers. */
  readonly except?: readonly string[];
}

export interface CreatedProxy {
  /** The upstream as a person reads it. */
  readonly target: string;
  /** For `serve`. */
  readonly forward: ForwardProxy;
  /** What was found so far. */
  result(): RunResult;
}

/**
 * Makes a proxy that passes requests on to a real server and holds both directions against the document.
 *
 * @throws CounterproofError USAGE for an upstream that is no URL, an operation or a check that does not exist
 */
export function createProxy(options: CreateProxyOptions): CreatedProxy {
  const { operations, only = [], except = [] } = options;
  const upstream = parseUpstream(options.upstream);
  const patterns = [...only, ...except.map((pattern) => `!${pattern}`)];
  const passed = patterns.length === 0 ? null : new Set(selectOperations(operations.entries, patterns));
  const live = new LiveRun({ ...options, target: upstream.url });
  return {
    target: upstream.url,
    forward: new ForwardProxy({
      ...options,
      upstream,
      live,
      ...(passed !== null && { isUpstreams: (entry) => passed.has(entry) }),
    }),
    result: () => live.result(),
  };
}

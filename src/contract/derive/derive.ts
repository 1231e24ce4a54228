import type { HttpRequest, Operation, Operations } from '../../operation/index.js';
import type { ContractCase } from '../types.js';
import { accepted } from './accepted.js';
import { type Base, createBase } from './base-request.js';
import { contentHash } from './content-hash.js';
import { type Draft, ranks } from './draft.js';
import { judged } from './draft-of.js';
import { hostile } from './hostile.js';
import { mediaTypes } from './media-type.js';
import { methods } from './method.js';
import { rejected } from './rejected.js';
import { security } from './security.js';
import { varied } from './varied.js';
import { createWorkbench, type DeriveOptions, type Workbench } from './workbench.js';

export type { DeriveOptions } from './workbench.js';

/**
 * The cases of an operation: one valid request, then one thing varied at a time, the most telling first. The same
 * for the same document, seed, fixtures and values; linear in the keywords of the operation's schemas. A case is
 * `accepted` or `rejected` only if what is on the wire is so after decoding; what honest servers differ over is
 * not sent. An operation for which no valid request can be made has none.
 */
export function deriveCases(operation: Operation, operations: Operations, options: DeriveOptions): ContractCase[] {
  const bench = createWorkbench(operation, operations, options);
  // 1. One valid request.
  const base = createBase(bench);
  if (base === null) return [];
  // 2. One thing varied at a time.
  const steps = [accepted, rejected, varied, security, methods, mediaTypes, repetition, hostile];
  const drafts = steps.flatMap((step) => [...step(bench, base)]);
  // 3. Once each on the wire, the most telling first.
  const ordered = inOrder(withoutDuplicates(drafts)).slice(0, options.maxCases ?? drafts.length);
  return ordered.map((draft) => ({
    id: caseId(operation, draft),
    operationId: operation.id,
    aspect: draft.aspect,
    title: draft.title,
    expectation: draft.expectation,
    varies: draft.varies,
    request: draft.request,
    authenticated: draft.authenticated,
    generatedPath: draft.generatedPath,
    ...(draft.onlyWithCredential ? { onlyWithCredential: true as const } : {}),
  }));
}

/**
 * One draft for the same bytes. Of two that differ in what they expect, the one whose expectation was judged
 * stands: `survived` is what is left to expect where nothing else is.
 */
function withoutDuplicates(drafts: readonly Draft[]): Draft[] {
  const found = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = `${wireText(draft.request)} ${draft.authenticated} ${draft.ordinal ?? 0}`;
    const earlier = found.get(key);
    if (!earlier || tells(draft) > tells(earlier)) found.set(key, draft);
  }
  return [...found.values()];
}

function tells(draft: Draft): number {
  return draft.expectation === 'survived' ? 0 : 1;
}

const tellingNearMisses = 6;

/** By rank; within a rank the parameters and members take turns. Stable. */
function inOrder(drafts: readonly Draft[]): Draft[] {
  const turns = new Map<string, number>();
  const placed = drafts.map((draft, index) => {
    const key = `${draft.rank} ${draft.varies.in} ${draft.varies.name}`;
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    // One kind of leniency is seldom alone: the first few near misses tell most of what all of them do.
    const rank = ranks.indexOf(draft.rank === 'near miss' && turn >= tellingNearMisses ? 'keyword broken' : draft.rank);
    return { draft, rank, turn, index };
  });
  placed.sort((a, b) => a.rank - b.rank || a.turn - b.turn || a.index - b.index);
  return placed.map(({ draft }) => draft);
}

/** 12 hexadecimal digits from what the case is: operation, expectation, bytes. Titles and order may change freely. */
function caseId(operation: Operation, draft: Draft): string {
  const text = [
    operation.method,
    operation.path,
    draft.aspect,
    draft.expectation,
    draft.authenticated,
    draft.ordinal ?? 0,
  ];
  return contentHash(new TextEncoder().encode(`${text.join('\n')}\n${wireText(draft.request)}`)).slice(0, 12);
}

/** All that goes over the wire, as text: one for one with the bytes. */
function wireText({ method, target, headers, body }: HttpRequest): string {
  const fields = Object.entries(headers)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join('\n') : value}`)
    .sort();
  return [method, target, ...fields, '', body === null ? 'no body' : hexOrText(body)].join('\n');
}

function hexOrText(body: Uint8Array): string {
  try {
    return `text ${new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)}`;
  } catch {
    return `hex ${[...body].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }
}

/** With the base itself, enough to meet an implementation that fails every fourth request. */
const times = 4;

/** The base again: an implementation may fail now and then, or only from the second time on. */
function* repetition(bench: Workbench, base: Base): Iterable<Draft> {
  // What is deleted once is gone.
  if (bench.operation.method === 'DELETE' && !base.generatedPath) return;
  for (let ordinal = 1; ordinal <= times; ordinal++) {
    const found = judged(bench, base, base.plan, true, {
      aspect: 'repetition',
      rank: 'repetition',
      title: `the valid request again (${ordinal} of ${times})`,
      varies: { in: null, name: null, keyword: 'repetition', pointer: bench.operation.pointer },
    });
    if (found) yield { ...found, ordinal };
  }
}

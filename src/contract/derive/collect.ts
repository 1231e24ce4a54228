import type { HttpRequest, Operation } from '../../operation/index.js';
import { contentHash } from './content-hash.js';
import { type Draft, ranks } from './draft.js';

/**
 * One draft for the same bytes. Of two that differ in what they expect, the one whose expectation was judged
 * stands: `survived` is what is left to expect where nothing else is.
 */
export function withoutDuplicates(drafts: readonly Draft[]): Draft[] {
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
export function inOrder(drafts: readonly Draft[]): Draft[] {
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
export function caseId(operation: Operation, draft: Draft): string {
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

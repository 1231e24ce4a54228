import type { Document } from '../document/index.js';
import { inSlices, type OperationEntry, type Operations } from '../operation/index.js';
import { isObject } from '../text/value.js';
import { answersUnforeseen } from './answers.js';
import { Comparison } from './compare.js';
import { readOff } from './comparison.js';
import { otherChanges } from './others.js';
import { bestOfEachCause, type Found, type Pair, pairsOf } from './pairs.js';
import { requestsRefused } from './requests.js';
import type { Memory } from './separate.js';
import { type Change, changeKinds, type DiffResult, type Side } from './types.js';
import { callbackChanges, webhookChanges } from './webhooks.js';

export interface DiffOptions {
  /** Makes all requests and answers (1). */
  readonly seed?: number;
  /** Today, which announced ends are held against. */
  readonly now: Date;
}

/**
 * What has changed from one document to another, for whoever uses them: what a client sends by the old document is held
 * against the new one's reading of requests, and what a server answers by the new one against the old one's schemas.
 */
export async function diff(old: Operations, other: Operations, { seed = 1, now }: DiffOptions): Promise<DiffResult> {
  const comparison = new Comparison(old.document, other.document);
  const collected = new Collected(old.document, other.document);
  const memory: Memory = new Map();
  const { pairs, removed, added } = pairsOf(old.entries, other.entries);
  for (const entry of removed) collected.add(nameOf(entry), [removedOperation(old, entry, now)]);
  for await (const [oldEntry, newEntry] of inSlices(pairs)) {
    const pair: Pair = {
      old: old.compile(oldEntry),
      new: other.compile(newEntry),
      oldOperations: old,
      newOperations: other,
      comparison,
      seed,
      memory,
    };
    const name = nameOf(newEntry);
    const found = bestOfEachCause([
      ...requestsRefused(pair),
      ...answersUnforeseen(pair),
      ...callbackChanges(pair),
      ...readOff(pair),
    ]);
    collected.add(name, found);
    collected.add(name, otherChanges(pair, found));
  }
  for (const entry of added) {
    collected.add(nameOf(entry), [
      {
        kind: 'operation-added',
        message: 'the operation is new',
        cause: `added ${entry.pointer}`,
        old: null,
        new: entry.pointer,
      },
    ]);
  }
  for (const { name, found } of webhookChanges(old, other, { comparison, seed }))
    collected.add(name, bestOfEachCause(found));
  const changes = collected.changes();
  const breaking = changes.filter(({ breaks }) => breaks).length;
  return {
    schemaVersion: 1,
    old: sideOf(old.document),
    new: sideOf(other.document),
    changes,
    counts: { operations: pairs.length, breaking, other: changes.length - breaking },
  };
}

function nameOf({ method, path }: OperationEntry): string {
  return `${method} ${path}`;
}

function sideOf({ name, root }: Document): Side {
  const info = isObject(root.info) ? root.info : {};
  return { name, title: String(info.title ?? ''), version: String(info.version ?? '') };
}

/** An operation that is deprecated, and whose announced end has come, may go. */
function removedOperation({ document }: Operations, entry: OperationEntry, now: Date): Found {
  const value = document.at(entry.pointer);
  const end = isObject(value) ? (value['x-sunset'] ?? value.sunset) : undefined;
  const hasEnded = entry.deprecated && typeof end === 'string' && Date.parse(end) <= now.getTime();
  const announced = typeof end === 'string' ? `its end was announced for ${end}` : 'no end was announced';
  const message = `the operation is no more (${entry.deprecated ? `deprecated, ${announced}` : 'it was not deprecated'})`;
  const kind = hasEnded ? 'operation-ended' : 'operation-removed';
  return { kind, message, cause: `removed ${entry.pointer}`, old: entry.pointer, new: null };
}

/** Changes by their cause, with the operations in which they were found. */
class Collected {
  readonly #old: Document;
  readonly #new: Document;
  readonly #causes = new Map<string, { found: Found; operations: Set<string> }>();

  constructor(old: Document, other: Document) {
    this.#old = old;
    this.#new = other;
  }

  add(operation: string, all: readonly Found[]): void {
    for (const found of all) {
      const known = this.#causes.get(found.cause);
      if (known === undefined) this.#causes.set(found.cause, { found, operations: new Set([operation]) });
      else known.operations.add(operation);
    }
  }

  changes(): Change[] {
    const changes = [...this.#causes.values()].map(({ found, operations }): Change => {
      const { kind, message, request, answer, body } = found;
      return {
        kind,
        breaks: changeKinds[kind].breaks,
        message,
        operations: [...operations],
        old: found.old === null ? null : this.#old.locate(found.old),
        new: found.new === null ? null : this.#new.locate(found.new),
        ...(request && { request }),
        ...(answer && { answer }),
        ...(body !== undefined && { body }),
      };
    });
    return changes.sort((a, b) => Number(b.breaks) - Number(a.breaks));
  }
}

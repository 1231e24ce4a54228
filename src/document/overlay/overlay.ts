import type { Problem } from '../../errors.js';
import { describe, isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Source, Warning } from '../read/source.js';
import type { Written } from './provenance.js';

/** One action of an overlay (Overlay Specification 1.1, 4.4.3), with what it changes. */
export interface Action {
  /** A JSONPath query (RFC 9535). */
  readonly target: string;
  readonly change:
    | { readonly kind: 'remove' }
    | { readonly kind: 'update'; readonly value: Json; readonly written: Written }
    | { readonly kind: 'copy'; readonly from: string };
  /** The action itself. */
  readonly written: Written;
}

interface Actions {
  readonly actions: readonly Action[];
  /** What keeps the overlay from being applied. */
  readonly problems: readonly Problem[];
  /** What has no effect. */
  readonly warnings: readonly Warning[];
}

/** Reads the actions of an Overlay 1.0 or 1.1 document. */
export function readActions(source: Source): Actions {
  const { value, locate } = source;
  const problems: Problem[] = [...source.problems];
  const warnings: Warning[] = [...source.warnings];
  const actions: Action[] = [];
  if (problems.length > 0) return { actions, problems, warnings };
  if (!isObject(value) || !/^1(\.\d+)*$/.test(String(value.overlay))) {
    const [found, segments] = isObject(value) ? [value.overlay, ['overlay']] : [value, []];
    problems.push({
      message: 'Not an overlay',
      expected: 'an Overlay document with "overlay: 1.0.0"',
      found: describe(found),
      location: locate(segments),
    });
    return { actions, problems, warnings };
  }
  if (!Array.isArray(value.actions)) {
    problems.push({
      message: 'The overlay has no list of actions',
      expected: 'a list',
      found: describe(value.actions),
      location: locate(['actions']),
    });
    return { actions, problems, warnings };
  }
  for (const [index, item] of value.actions.entries()) {
    const segments = ['actions', String(index)];
    if (!isObject(item) || typeof item.target !== 'string') {
      problems.push({
        message: 'An action of the overlay has no target',
        expected: 'an object whose member "target" is a JSONPath query',
        found: describe(isObject(item) ? item.target : item),
        location: locate(segments),
      });
      continue;
    }
    const change = changeOf(item, { source, segments });
    if (change === null) {
      warnings.push({
        id: 'overlay-shape',
        message: 'An action of the overlay changes nothing',
        expected: '"update", "copy" or "remove: true", and not two of them',
        location: locate(segments),
      });
    } else {
      actions.push({ target: item.target, change, written: { source, segments } });
    }
  }
  return { actions, problems, warnings };
}

/** null where it has none, or two that take the effect from each other. */
function changeOf(action: JsonObject, { source, segments }: Written): Action['change'] | null {
  if (action.remove === true) return { kind: 'remove' };
  const { update, copy } = action;
  if (update !== undefined && copy === undefined) {
    return { kind: 'update', value: update, written: { source, segments: [...segments, 'update'] } };
  }
  return typeof copy === 'string' && update === undefined ? { kind: 'copy', from: copy } : null;
}

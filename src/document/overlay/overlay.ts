import type { Problem } from '../../errors.js';
import { addAll } from '../../text/many.js';
import { didYouMean, nearest } from '../../text/nearest.js';
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

/** What a member has to be. */
interface Rule {
  readonly expected: string;
  readonly isRequired?: true;
  isKept(value: Json): boolean;
}

type Rules = Readonly<Record<string, Rule>>;

const text = { expected: 'a text', isKept: (value: Json) => typeof value === 'string' };
const overlayRules: Rules = {
  overlay: text,
  info: { expected: 'an object with "title" and "version"', isRequired: true, isKept: isObject },
  extends: text,
  actions: {
    expected: 'a list that is not empty',
    isRequired: true,
    isKept: (value) => Array.isArray(value) && value.length > 0,
  },
};
const infoRules: Rules = {
  title: { ...text, isRequired: true },
  version: { ...text, isRequired: true },
  description: text,
};
const actionRules: Rules = {
  target: { ...text, expected: 'a JSONPath query', isRequired: true },
  description: text,
  update: { expected: '', isKept: () => true },
  copy: { ...text, expected: 'a JSONPath query' },
  remove: { expected: 'true or false', isKept: (value) => typeof value === 'boolean' },
};
/** Version 1.0 has no `copy`. */
const { copy: _, ...firstActionRules } = actionRules;

/**
 * Reads the actions of an Overlay 1.0 or 1.1 document. Of a later 1.x, which says what it says beside that in members of its own,
 * those members are problems. `extends` is not followed: the document is the one that is given.
 */
export function readActions(source: Source): Actions {
  const { value, locate } = source;
  const problems: Problem[] = [...source.problems];
  const warnings: Warning[] = [...source.warnings];
  const actions: Action[] = [];
  if (problems.length > 0) return { actions, problems, warnings };
  if (!isObject(value) || typeof value.overlay !== 'string' || !/^1\.\d+\.\d+$/.test(value.overlay)) {
    const [found, segments] = isObject(value) ? [value.overlay, ['overlay']] : [value, []];
    problems.push({
      message: 'Not an overlay',
      expected: 'an Overlay document with "overlay: 1.0.0"',
      found: describe(found),
      location: locate(segments),
    });
    return { actions, problems, warnings };
  }
  addAll(problems, misfits('The overlay', value, overlayRules, { source, segments: [] }));
  if (isObject(value.info))
    addAll(problems, misfits('"info" of the overlay', value.info, infoRules, { source, segments: ['info'] }));
  const rules = value.overlay.startsWith('1.0.') ? firstActionRules : actionRules;
  const known = new Set<string>();
  for (const [index, item] of Array.isArray(value.actions) ? value.actions.entries() : []) {
    const segments = ['actions', String(index)];
    const wrong = isObject(item)
      ? misfits('An action of the overlay', item, rules, { source, segments })
      : [{ message: 'An action of the overlay is none', expected: 'an object', found: describe(item) }];
    const written = JSON.stringify(item);
    if (known.has(written)) wrong.push({ message: 'An action of the overlay stands in it twice' });
    known.add(written);
    addAll(
      problems,
      wrong.map((problem) => ({ location: locate(segments), ...problem })),
    );
    if (wrong.length > 0 || !isObject(item)) continue;
    const change = changeOf(item, { source, segments });
    if (change === null) {
      warnings.push({
        id: 'overlay-shape',
        message: 'An action of the overlay changes nothing',
        expected: '"update", "copy" or "remove: true", and not two of them',
        location: locate(segments),
      });
    } else {
      actions.push({ target: String(item.target), change, written: { source, segments } });
    }
  }
  return { actions, problems, warnings };
}

/** Members that are missing, that are not what they have to be, and that an overlay has not; those of extensions aside (4.5). */
function misfits(what: string, value: JsonObject, rules: Rules, { source, segments }: Written): Problem[] {
  const problems: Problem[] = [];
  for (const [name, { expected, isRequired, isKept }] of Object.entries(rules)) {
    const member = value[name];
    if (member === undefined && isRequired)
      problems.push({ message: `${what} has no "${name}"`, expected, location: source.locate(segments) });
    if (member === undefined || isKept(member)) continue;
    const location = source.locate([...segments, name]);
    problems.push({ message: `"${name}" does not fit`, expected, found: describe(member), location });
  }
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(rules, name) || name.startsWith('x-')) continue;
    const isLater = Object.hasOwn(actionRules, name) && rules === firstActionRules;
    const remedy = isLater ? 'Write "overlay: 1.1.0", which has it.' : didYouMean(nearest(name, Object.keys(rules)));
    problems.push({
      message: `${what} has an unknown member ${JSON.stringify(name)}`,
      location: source.locate([...segments, name]),
      ...(remedy !== undefined && { remedy }),
    });
  }
  return problems;
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

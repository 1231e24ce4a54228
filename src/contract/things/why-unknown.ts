import type { OperationEntry } from '../../operation/index.js';
import { listOf, type Resource } from '../../resource/index.js';
import type { RunState } from '../run/state.js';
import { creatorOf } from './make.js';

/** Of an operation that would tell what is there: how it is named. */
const called = ({ entry }: { readonly entry: OperationEntry }) => `${entry.method} ${entry.path}`;

/**
 * What the run knows no value for that the path of an operation names, and what would have told of one: half a sentence; null
 * where each of them is known, or given by the user.
 */
export function whyUnknown(state: RunState, entry: OperationEntry): string | null {
  const { things } = state;
  const given = state.givenFor(entry);
  const named = things.resources.named(entry);
  const said = named.flatMap(({ parameter, resource }, index) => {
    if (given[parameter] !== undefined) return [];
    if (resource === null) return [`${parameter} (no operation of the document shows or makes one)`];
    const isOwn = index === named.length - 1 && things.changesThing(entry);
    const known = things.known(resource).filter(({ origin }) => !isOwn || origin === 'made');
    return known.length > 0 ? [] : [`${parameter} (${whyNone(state, resource, isOwn)})`];
  });
  return said.length === 0 ? null : said.join(', ');
}

/** @param isOwn whether it has to be one that the run has made */
function whyNone({ things, options, context }: RunState, resource: Resource, isOwn: boolean): string {
  const create = creatorOf(resource);
  const list = listOf(resource);
  const isAsked = list !== undefined && context.bases.has(list.entry.id);
  const shown = list && !isOwn ? [isAsked ? `${called(list)} showed none` : `${called(list)} would show it`] : [];
  if (create === undefined) {
    const [others = 'no operation of the document shows or makes one'] = shown;
    return isOwn ? 'no operation of the document makes one, and those of others stay as they are' : others;
  }
  const { refusal, count } = things.attemptsOf(resource);
  const told = count > 0 ? `${called(create)} did not say which it has made` : `${called(create)} would make one`;
  const made = options.allowWrites ? (refusal ?? told) : `${called(create)} would make one: pass --allow-writes`;
  return [...shown, made].join(', and ');
}

import type { ListRole, Resource } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import type { RunState } from '../run/state.js';
import { isUnsafe } from '../types.js';
import type { Thing } from './harvest.js';
import { askStep } from './step.js';

type Values = Readonly<Record<string, Json>>;

/** Under so many things it is looked for one that stands under them. */
const mostParents = 3;

/** Asks the lists of a resource, where nothing is known of it: each once, under not more than so many parents. */
export async function learnOf(state: RunState, resource: Resource, given: Values): Promise<void> {
  const { things } = state;
  if (things.known(resource).length > 0) return;
  for (const role of resource.roles) {
    if (role.kind !== 'list' || (isUnsafe(role.entry.method) && !state.options.allowWrites)) continue;
    for (const path of pathsFor(state, role, given)) {
      if (state.stopReason !== null || things.known(resource).length > 0) return;
      if (!things.isNewQuestion(role.entry, path)) continue;
      const name = `look for ${resource.name}`;
      await askStep(state, { entry: role.entry, path, name, title: name });
    }
  }
}

function* pathsFor({ things }: RunState, { entry }: ListRole, given: Values): Iterable<Values> {
  const last = things.resources.named(entry).at(-1);
  const parents: readonly (Thing | null)[] = last?.resource
    ? things.known(last.resource).slice(0, mostParents)
    : [null];
  for (const parent of parents) {
    const own = parent === null ? {} : things.pathTo(entry, parent);
    const chosen = things.valuesFor(entry, { ...own, ...given });
    if (chosen !== null) yield { ...own, ...chosen.values };
  }
}

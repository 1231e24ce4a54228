import type { OperationEntry } from '../../operation/index.js';
import type { ItemRole, Resource } from '../../resource/index.js';
import { equalityKey } from '../../schema/equality.js';
import type { JsonObject } from '../../text/value.js';
import { type Answered, standingOf } from '../checks/outcome.js';
import { headerValues } from '../checks/received.js';
import { stepRequest, type Wanted } from '../derive/step-request.js';
import { excerptBytes } from '../excerpt.js';
import type { LeftBehind } from '../run/result.js';
import type { RunState } from '../run/state.js';
import { takesTag } from '../things/condition.js';
import { askStep } from '../things/step.js';
import { isUnsafe } from '../types.js';
import { rowIn } from './answers.js';
import { withRow } from './attributes.js';
import { Roles } from './life.js';
import { holderTakenBy, takenBy } from './members.js';

/** How long that may take after the run was stopped, and otherwise, in milliseconds. */
const longest = { stopped: 5_000, run: 10_000 };

/** Sees to it that it is known what there is one of, such as settings, before an operation changes it for the first time. */
export async function rememberBefore(state: RunState, entry: OperationEntry): Promise<void> {
  const { things, options, before } = state;
  const resource = things.resources.roleOf(entry.id)?.resource;
  if (!options.allowWrites || !isUnsafe(entry.method) || !resource?.isSingleton || before.has(resource)) return;
  const { read, replace, change } = new Roles(resource);
  if (read === undefined || (replace ?? change) === undefined) return;
  before.set(resource, null);
  const chosen = things.valuesFor(read.entry, state.givenFor(read.entry));
  // What stands under a thing that the run has made goes with that.
  if (chosen === null || chosen.things.some(({ origin }) => origin === 'made')) return;
  const name = 'look what is to be put back';
  const sent = await askStep(state, { entry: read.entry, path: chosen.values, name, title: name });
  const row = sent && rowIn(sent.exchange, read);
  if (row) before.set(resource, { row, path: chosen.values });
}

/** Puts back what the run has changed of what there is one of; what could not be put back, with the reason. */
export async function putBack(state: RunState): Promise<readonly LeftBehind[]> {
  const left: LeftBehind[] = [];
  const deadline = performance.now() + longest[state.options.signal?.aborted ? 'stopped' : 'run'];
  for (const [resource, before] of state.before) {
    const reason = before === null ? null : await putOneBack(state, resource, before, deadline);
    if (reason !== null) left.push({ thing: resource.item ?? resource.name, reason });
  }
  return left;
}

async function putOneBack(
  state: RunState,
  resource: Resource,
  { row: before, path }: { readonly row: JsonObject; readonly path: Wanted['path'] },
  deadline: number,
): Promise<string | null> {
  const { read, replace, change } = new Roles(resource);
  const role = replace ?? (change?.kind === 'merge' ? change : undefined);
  if (read === undefined || role === undefined) return 'the document has no way to put it back';
  const now = await send(read, {});
  const row = now && rowIn(now, read);
  if (!now || !row) return 'nobody can tell what it is now';
  const operation = state.options.operations.compile(role.entry);
  const body: JsonObject = {};
  let isChanged = false;
  for (const { name } of takenBy(operation, role)) {
    const isOther = equalityKey(row[name] ?? null) !== equalityKey(before[name] ?? null);
    isChanged ||= isOther;
    if (before[name] !== undefined && (isOther || role === replace)) body[name] = before[name];
    else if (isOther && role !== replace) body[name] = null;
  }
  if (!isChanged) return null;
  const [tag] = takesTag(operation) ? headerValues(now.received, 'etag') : [];
  const answer = await send(role, {
    body: withRow(role, undefined, body, holderTakenBy(operation, role)),
    ...(tag !== undefined && { headers: { 'if-match': tag } }),
  });
  const status = answer && standingOf(answer);
  if (answer && status !== null && status >= 200 && status < 300) return null;
  const words = answer ? state.credentials.mask(excerptBytes(answer.received.body)) : 'no valid request can be made';
  return `it could not be put back: ${role.entry.method} answers ${status ?? 'nothing'}: ${words}`;

  async function send({ entry }: ItemRole, more: Partial<Wanted>): Promise<Answered | null> {
    const { operations, seed = 1, fixtures, values, timeout = 10_000, removeWith, send: wire } = state.options;
    const asked = operations.compile(entry);
    const derivation = { seed, ...(fixtures && { fixtures }), ...(values && { values }) };
    const made = stepRequest(asked, operations, derivation, { path, ...more });
    const time = deadline - performance.now();
    if (made === null || time <= 0) return null;
    const request = state.credentials.apply(made.request, asked, true);
    state.removals++;
    const received = await (removeWith ?? wire)(request, { timeout: Math.min(time, timeout) });
    return { operation: asked, received };
  }
}

import { mix } from '../../fake/index.js';
import { headerOf, type Operation } from '../../operation/index.js';
import type { ItemRole, Resource } from '../../resource/index.js';
import type { Ground } from '../ground.js';
import type { Row } from '../row.js';
import type { Call, ItemOutcome } from './call.js';

/** The entity tag of a row (RFC 9110, 8.8.3): another one for each state of it. */
export function tagOf({ text }: Row): string {
  const digits = [mix(1, text), mix(2, text)].map((part) => part.toString(16).padStart(8, '0'));
  return `"${digits.join('')}"`;
}

/** Whether an operation heeds If-Match: it declares the field, or the answer where it does not match. */
function heedsMatch({ parameters, responses }: Operation): boolean {
  return (
    responses.some(({ key }) => key === '412') ||
    parameters.some(({ in: place, name }) => place === 'header' && name.toLowerCase() === 'if-match')
  );
}

const tagged = new WeakMap<Resource, boolean>();

/** Whether answers that show one row have its tag: some operation on one heeds it, or declares it in an answer. */
export function hasTags(resource: Resource, { operations }: Ground): boolean {
  let known = tagged.get(resource);
  if (known === undefined) {
    const ofOne = resource.roles.filter(({ kind }) => kind !== 'list');
    known = ofOne.map(({ entry }) => operations.compile(entry)).some((each) => heedsMatch(each) || showsTag(each));
    tagged.set(resource, known);
  }
  return known;
}

/** Whether the document has the tag in an answer, or the answer to whoever knows it (RFC 9110, 15.4.5). */
function showsTag({ responses }: Operation): boolean {
  return responses.some(({ key, headers }) => key === '304' || headers.some(({ name }) => /^etag$/i.test(name)));
}

/** Whether a field with tags names one (RFC 9110, 13.1.1); tags are compared by their text alone. */
function matches(field: string, tag: string): boolean {
  return field.trim() === '*' || field.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}

/** RFC 9110, 13.2.2: what If-Match and If-None-Match ask for, where the document speaks of them. */
export function precondition({ role, operation, request }: Call<ItemRole>, tag: string): ItemOutcome {
  const isRead = role.kind === 'read' || role.kind === 'exists';
  if (!isRead && heedsMatch(operation)) {
    const wanted = headerOf(request, 'if-match');
    if (wanted !== undefined && !matches(wanted, tag)) {
      return { kind: 'refused', status: 412, detail: `If-Match is ${wanted}, but it is at ${tag}` };
    }
  }
  if (isRead && operation.responses.some(({ key }) => key === '304')) {
    const known = headerOf(request, 'if-none-match');
    if (known !== undefined && matches(known, tag)) return { kind: 'unchanged', tag };
  }
  return null;
}

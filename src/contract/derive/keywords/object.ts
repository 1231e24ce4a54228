import { isObject, type JsonObject } from '../../../text/value.js';
import { withMember } from '../places.js';
import { accepted, type Family, type Proposal, rejected } from './proposal.js';

const foreignName = 'counterproofUnexpected';

/** Members that have to be there, may not be there, or depend on each other (JSON Schema 2020-12 validation, 6.5). */
export const object: Family = function* (view, { place }) {
  if (!isObject(place.value)) return;
  const { value } = place;
  const { schema } = view;
  for (const name of Array.isArray(schema.required) ? schema.required : []) {
    if (typeof name !== 'string' || !Object.hasOwn(value, name)) continue;
    const without = rejected(view, 'required', withMember(value, name, undefined), 'required', 'missing');
    yield { ...without, missing: name };
  }
  for (const keyword of ['additionalProperties', 'unevaluatedProperties'] as const) {
    if (schema[keyword] !== false) continue;
    yield rejected(view, keyword, { ...value, [foreignName]: 'x' }, 'an extra member where none may be');
  }
  if (schema.propertyNames !== undefined) {
    for (const name of ['', '!', 'COUNTERPROOF unexpected', '0'.repeat(200)]) {
      const member = Object.values(value)[0] ?? 'x';
      const why = `a member named ${JSON.stringify(name.slice(0, 30))}`;
      yield { ...rejected(view, 'propertyNames', { ...value, [name]: member }, why), attempt: true };
    }
  }
  yield* sizes(view, value);
  yield* dependencies(view, value);
};

function* sizes(view: Parameters<Family>[0], value: JsonObject): Iterable<Proposal> {
  const { minProperties, maxProperties } = view.schema;
  const entries = Object.entries(value);
  if (typeof minProperties === 'number' && minProperties > 0) {
    const few = entries.slice(0, minProperties);
    if (few.length === minProperties)
      yield accepted(view, 'minProperties', Object.fromEntries(few), 'the fewest members');
    yield rejected(
      view,
      'minProperties',
      Object.fromEntries(few.slice(0, minProperties - 1)),
      'fewer than minProperties',
    );
  }
  if (typeof maxProperties === 'number' && maxProperties <= 100) {
    const many = { ...value };
    for (let index = 0; Object.keys(many).length <= maxProperties; index++) {
      many[`counterproof${index}`] = entries[0]?.[1] ?? 'x';
    }
    yield rejected(view, 'maxProperties', many, 'more than maxProperties');
  }
}

function* dependencies(view: Parameters<Family>[0], value: JsonObject): Iterable<Proposal> {
  const { dependentRequired } = view.schema;
  for (const [name, needed] of Object.entries(isObject(dependentRequired) ? dependentRequired : {})) {
    if (!Object.hasOwn(value, name) || !Array.isArray(needed)) continue;
    for (const other of needed) {
      if (typeof other !== 'string' || !Object.hasOwn(value, other)) continue;
      yield rejected(view, 'dependentRequired', withMember(value, other, undefined), `${name} without ${other}`);
    }
  }
}

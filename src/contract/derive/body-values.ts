import type { Content } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import { type BodyPlan, formOf, isEmptyForm, keepsTypes } from './body-writer.js';
import { documentedValues } from './parameter-values.js';
import { reshape } from './reshape.js';
import type { Workbench } from './workbench.js';

/**
 * A valid body in one of the declared media types: the user's, a documented example, else one from the schema.
 * Null where none can be made, or where we cannot write the media type.
 */
export function bodyFor(bench: Workbench, content: Content, attempt = 0): BodyPlan | null {
  return bench.once(`body ${attempt} ${content.pointer}`, () => findBody(bench, content, attempt));
}

function findBody(bench: Workbench, content: Content, attempt: number): BodyPlan | null {
  if (formOf(content.mediaType) === null) return null;
  const { schemas } = bench.operations;
  const { schema } = content;
  const plan = (value: Json) => ({ content, value, schemas });
  const given = givenBody(bench);
  if (schema === null) return plan(given ?? content.examples[0]?.value ?? (keepsTypes(content) ? {} : 'counterproof'));
  if (schema.problem !== null) return null;
  if (given !== undefined && schema.accepts(given)) return plan(given);
  const examples = attempt === 0 ? documentedBodies(bench, content) : [];
  const value = examples.find((each) => schema.accepts(each)) ?? bench.draw([schema.pointer], `body ${attempt}`);
  if (value === undefined) return null;
  const small = plan(value);
  return isEmptyForm(small)
    ? plan(reshape(bench.operations.schemas, bench.draw, schema.pointer, value, 'full'))
    : small;
}

/** Documented examples, without the members that only a server sends. */
export function documentedBodies(bench: Workbench, content: Content): Json[] {
  const pointer = content.schema?.pointer;
  const values = documentedValues(bench, content.examples, pointer ?? content.pointer);
  return pointer === undefined
    ? values
    : values.map((value) => reshape(bench.operations.schemas, bench.draw, pointer, value, 'sendable'));
}

/** The body that the fixtures give for the operation. */
export function givenBody(bench: Workbench): Json | undefined {
  return bench.fixtures.for(bench.operation.id).contract.body;
}

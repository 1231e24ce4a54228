import type { At } from '../schema/view.js';
import type { OutlinedParameter } from './outline.js';
import type { Shapes } from './shapes.js';

/** One place of a query whose value may have a role: a parameter, or one member of its value. */
export interface QueryPlace {
  readonly parameter: string;
  readonly within: readonly string[];
  /** As it is written in a URL: `page[size]`. */
  readonly name: string;
  readonly schema: At;
  readonly description: string;
}

/** An object in a query (`style: deepObject`) has a place for each member. */
export function* placesOf(shapes: Shapes, { name, value, schema }: OutlinedParameter): Generator<QueryPlace> {
  const description = typeof value.description === 'string' ? value.description : '';
  if (!shapes.isObject(schema)) {
    yield { parameter: name, within: [], name, schema, description };
    return;
  }
  for (const [member, at] of shapes.members(schema)) {
    const said = String(shapes.keyword(at, 'description') ?? description);
    if (!shapes.isObject(at)) {
      yield { parameter: name, within: [member], name: `${name}[${member}]`, schema: at, description: said };
      continue;
    }
    for (const [inner, place] of shapes.members(at)) {
      const within = [member, inner];
      yield { parameter: name, within, name: `${name}[${member}][${inner}]`, schema: place, description: said };
    }
  }
}

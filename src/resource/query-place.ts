import type { OutlinedParameter } from './outline.js';
import type { Shape } from './shape.js';

/** One place of a query whose value may have a role: a parameter, or one member of its value. */
export interface QueryPlace {
  readonly parameter: string;
  readonly within: readonly string[];
  /** As it is written in a URL: `page[size]`. */
  readonly name: string;
  readonly shape: Shape;
  readonly description: string;
}

/** An object in a query (`style: deepObject`) has a place for each member. */
export function* placesOf({ name, description, shape }: OutlinedParameter): Generator<QueryPlace> {
  if (shape.members.size === 0) {
    yield { parameter: name, within: [], name, shape, description };
    return;
  }
  for (const [member, inside] of shape.members) {
    const within = [member];
    const said = inside.text('description') || description;
    if (inside.members.size === 0) {
      yield { parameter: name, within, name: `${name}[${member}]`, shape: inside, description: said };
      continue;
    }
    for (const [inner, place] of inside.members) {
      const named = `${name}[${member}][${inner}]`;
      yield { parameter: name, within: [...within, inner], name: named, shape: place, description: said };
    }
  }
}

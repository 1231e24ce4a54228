import type { ParameterIn } from '../../../schema/index.js';
import { cookie } from './cookie.js';
import { deepObject } from './deep-object.js';
import { pipeDelimited, spaceDelimited } from './delimited.js';
import { form } from './form.js';
import { label } from './label.js';
import { matrix } from './matrix.js';
import { simple } from './simple.js';
import type { Style } from './style.js';

/** Every style by its name. The first that a place allows is the default there. */
const styles = { simple, label, matrix, form, spaceDelimited, pipeDelimited, deepObject, cookie };

export type StyleName = keyof typeof styles;

/** The style that makes sense in a place: a document may name one that OpenAPI does not allow there, or none. */
export function styleIn(place: ParameterIn, name: unknown): Style & { readonly name: StyleName } {
  const all: readonly (Style & { readonly name: StyleName })[] = Object.values(styles);
  const allowed = all.filter(({ places }) => places.includes(place));
  return allowed.find((style) => style.name === name) ?? (allowed[0] as (typeof all)[number]);
}

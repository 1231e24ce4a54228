import type { Document } from '../../document/index.js';
import type { ParameterIn, Schema } from '../../schema/index.js';
import { pointerOf } from '../../text/pointer.js';
import { percentDecode, percentDecodeForm } from '../text.js';
import type { Parameter } from '../types.js';
import { decodeCookie } from './cookies.js';
import type { Decode } from './pairs.js';
import { primitiveTypes, type Shape, shapeOf, wireType } from './shape.js';
import type { Layout } from './styles/style.js';
import { styleIn } from './styles/table.js';

/** A parameter with all that can be worked out before the first request. */
export interface ParameterReader {
  readonly parameter: Parameter;
  /** Its name in RequestValues: header names are lower case. */
  readonly key: string;
  /** What violations give for the whole value. */
  readonly pointer: string;
  readonly layout: Layout;
  readonly shape: Shape;
  /** null where the schema does not compile, which `operation.problems` says. */
  readonly schema: Schema | null;
  /** One string that stands for itself: no array, no object, no prefix. */
  readonly plain: boolean;
  /** An object whose members stand under names of their own (style `form`, exploded). */
  readonly spread: boolean;
}

const decoders: Record<ParameterIn, Decode> = {
  path: percentDecode,
  query: percentDecodeForm,
  // RFC 6570's percent-encoding has no place in a header field, where `%` is a character like any other.
  header: asItIs,
  cookie: decodeCookie,
  // What is in the query as a whole is read as its media type says.
  querystring: asItIs,
};

function asItIs(raw: string): string {
  return raw;
}

/** Works out how a parameter is read (OpenAPI 3.1, 4.8.12). Compiles its schema. */
export function parameterReader(parameter: Parameter, document: Document): ParameterReader {
  const { name, in: place, explode } = parameter;
  const shape = shapeOf(parameter.schema, document);
  const style = styleIn(place, parameter.style);
  const isSpread =
    style.spreads === true && explode && parameter.mediaType === null && (shape.types & wireType.object) !== 0;
  return {
    parameter,
    key: place === 'header' ? name.toLowerCase() : name,
    pointer: pointerOf(name),
    layout: {
      name,
      style,
      explode,
      decode: style.decodes === false ? asItIs : decoders[place],
      trim: place === 'header',
    },
    shape,
    schema: parameter.schema.problem === null ? parameter.schema : null,
    plain: (shape.types & ~primitiveTypes) === 0 && style.bare,
    spread: isSpread && (shape.names.length > 0 || isOnlyObject(shape)),
  };
}

/** Whether a name of the query, or of the cookies, belongs to a parameter. */
export function claims({ parameter, layout, shape, spread }: ParameterReader, key: string): boolean {
  if (key === parameter.name) return !(spread && isOnlyObject(shape));
  if (spread && shape.names.includes(key)) return true;
  return layout.style.names?.claims(parameter.name, key) ?? false;
}

function isOnlyObject(shape: Shape): boolean {
  return shape.types === wireType.object;
}

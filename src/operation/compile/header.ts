import type { Schema } from '../../schema/index.js';
import type { Header, Parameter } from '../types.js';

/** A Header Object is a parameter in `header` of style `simple` (OpenAPI 3.1, 4.8.21). */
export function parameterOf(header: Header & { readonly schema: Schema }): Parameter {
  const { name, pointer, required, explode, mediaType, examples, schema } = header;
  return {
    name,
    pointer,
    required,
    explode,
    mediaType,
    examples,
    schema,
    in: 'header',
    content: null,
    style: 'simple',
    description: '',
    deprecated: false,
    allowReserved: false,
    allowEmptyValue: false,
  };
}

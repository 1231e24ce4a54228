import { accepted, type Family } from './proposal.js';

/** What the document itself gives as values (JSON Schema 2020-12 validation, 9.2 and 9.5; OpenAPI 3.0 `example`). */
export const documented: Family = function* (view) {
  const { examples, example } = view.schema;
  for (const value of Array.isArray(examples) ? examples : [])
    yield accepted(view, 'examples', value, 'documented example');
  if (example !== undefined) yield accepted(view, 'example', example, 'documented example');
  if (view.schema.default !== undefined) yield accepted(view, 'default', view.schema.default, 'documented default');
};

import { faker } from '@faker-js/faker/locale/en';
import { type GenerateOptions, generateSync, type JsonSchema } from 'json-schema-faker';

// The only place that imports these packages. What it exports are functions, so that the bundle for Node can load it when the first
// value is made: it is a fifth of what a mock consists of.

/** What Faker knows of English, and how it speaks. */
export function english(): typeof faker {
  return faker;
}

/** Draws a value that a schema allows. */
export function generate(schema: JsonSchema, options: GenerateOptions): unknown {
  return generateSync(schema, options);
}

export { fixtureSchemaOf } from './fixture-schema.js';
export { writeDeclarations } from './write.js';

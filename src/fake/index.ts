export { createFaker, type Faker, type Generated, type GenerateOptions } from './create-faker.js';
export type { Optionals } from './run.js';
export { checkXFaker } from './x-faker.js';

export { createFaker, type Faker, type Generated, type GenerateOptions } from './create-faker.js';
export { mix, Random } from './random.js';
export type { Optionals } from './run.js';
export { checkXFaker } from './x-faker.js';

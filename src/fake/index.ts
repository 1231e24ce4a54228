export { createFaker, type Faker, type FakerOptions, type GenerateOptions } from './create-faker.js';
export type { Optionals } from './plan/run.js';
export { mix, Random } from './random.js';
export { checkXFaker } from './x-faker.js';

export { createFaker, type Faker, type FakerOptions, type GenerateOptions } from './create-faker.js';
export { type DataDemand, dataDemands } from './demand.js';
export type { Locale } from './draw.js';
export { nearestValue } from './nearest.js';
export type { Optionals } from './plan/run.js';
export { mix, Random } from './random.js';
export { pictureOf, withPictures } from './text/picture.js';
export { referenceInstant } from './text/realistic.js';
export { checkXFaker } from './x-faker.js';

export { type OwnAnswer, type ProxyDialect, prismDialect } from './dialect.js';
export { asPrism, type PrismOptions } from './prism.js';

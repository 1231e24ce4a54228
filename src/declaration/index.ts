export { writeDeclarations } from './write.js';

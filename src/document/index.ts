export type { Document, DocumentPart } from './document.js';
export { type DocumentSource, type ReadSeveralOptions, readDocuments } from './join/read-several.js';
export { type JsonPathQuery, loadJsonPath } from './overlay/json-path.js';
export {
  type DocumentProblem,
  formatDocumentProblem,
  type LeftOut,
  type ProblemId,
  problemKinds,
  problemsLine,
} from './problems.js';
export { embeddedFiles } from './read/origins.js';
export { documentFromObject, documentFromText, type ReadOptions, readDocument } from './read/read.js';
export { isSource, isText, type Source, sourceFromText } from './read/source.js';
export { isSequential } from './upgrade/sequences.js';

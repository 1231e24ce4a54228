export { type Configuration, defineConfig } from './configuration.js';
export { fixtureSchemaOf, writeDeclarations } from './declaration/index.js';
export {
  type Document,
  type DocumentPart,
  type DocumentProblem,
  type DocumentSource,
  documentFromObject,
  documentFromText,
  formatDocumentProblem,
  type LeftOut,
  type ProblemId,
  problemKinds,
  type ReadOptions,
  type ReadSeveralOptions,
  readDocument,
  readDocuments,
} from './document/index.js';
export { CounterproofError, type ErrorCode, formatProblem, type Location, type Problem } from './errors.js';
export { type DataDemand, dataDemands, type Locale } from './fake/index.js';
export { readLocale } from './fake/locale.js';
export { faultProblem } from './fault/index.js';
export {
  type FixtureOptions,
  type Fixtures,
  fixtureNames,
  type ReadFixturesOptions,
  readFixtures,
} from './fixture/index.js';
export { type Beside, fixturesBeside, handlersBeside } from './host/beside.js';
export { type BuildOptions, buildModule } from './host/build/write.js';
export { findConfiguration } from './host/configuration-file.js';
export type { Control } from './host/control/index.js';
export {
  findHandlers,
  importedFiles,
  type LoadedHandlers,
  loadModule,
  placeOf,
  readHandlers,
} from './host/handlers.js';
export {
  type AsideSource,
  addressProblem,
  type CallbackOptions,
  type Console,
  type ConsoleOptions,
  consolePath,
  createAside,
  createCallbacks,
  createConsole,
  type FromWorker,
  forwardTo,
  Hub,
  type KeptState,
  keepState,
  lookThrough,
  Member,
  openRedisStore,
  picturePath,
  placeToListen,
  type RunningServer,
  type ServedExchange,
  type ServeOptions,
  sendWebhook,
  serve,
  type ToWorker,
} from './host/node/index.js';
export { watchFiles } from './host/watch.js';
export {
  type Answer,
  type CaseName,
  createMock,
  type Handler,
  type HandlerAnswer,
  type HandlerPlaces,
  type HandlerRequest,
  type Handlers,
  type HandlerTools,
  type MadeAnswer,
  type Mock,
  type MockAnswer,
  type MockOptions,
  type OperationName,
  type OperationTypes,
  type Preference,
  problemsOf,
  State,
  type StateSnapshot,
  type WebhookRequest,
  webhookRequest,
} from './mock/index.js';
export {
  checkResponse,
  createOperations,
  type Operation,
  type OperationEntry,
  type Operations,
  operationsInSlices,
  withoutCredentials,
} from './operation/index.js';
export { asPrism, type PrismOptions, type ProxyDialect, prismDialect } from './prism/index.js';
export type * from './resource/index.js';
export { findResources } from './resource/index.js';
export type { Violation } from './schema/index.js';
export type { Json, JsonObject } from './text/value.js';

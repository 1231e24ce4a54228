import { documentFromText, type JsonObject, readDocument } from '../document/index.js';
import { type Fixtures, fixturesFromText, readFixtures } from '../fixture/index.js';
import { createMock } from '../mock/index.js';
import { createOperations, type Operations } from '../operation/index.js';
import { type Active, type Control, createControl } from './control/index.js';

/** What a host that lives inside another program is made from. */
export interface SubjectOptions {
  /** A file (where there are files), the text of a document, or the document as an object. */
  readonly document: string | JsonObject;
  /** A fixture file (where there are files), or the text of one. */
  readonly fixtures?: string;
  /** 1 */
  readonly seed?: number;
  /** The only credential that is let in; without it any that is not empty is. */
  readonly apiKey?: string;
  /** Whether pages of other origins may use the mock (true). */
  readonly cors?: boolean;
  /** Active for every operation. */
  readonly everywhere?: readonly Active[];
}

/**
 * Reads a document and makes a mock of it, with the state beside it.
 * @throws CounterproofError with all that is wrong with the document, or else with the fixtures
 */
export async function createSubject(options: SubjectOptions): Promise<Control> {
  const { document, fixtures, seed, apiKey, cors, everywhere } = options;
  const isInline = typeof document === 'string' && isText(document);
  const operations = createOperations(
    isInline ? documentFromText(document, { name: 'document' }) : await readDocument(document),
  );
  const read = fixtures === undefined ? undefined : await fixturesOf(fixtures, operations);
  const mock = createMock({
    operations,
    ...(read !== undefined && { fixtures: read }),
    ...(seed !== undefined && { seed }),
    ...(apiKey !== undefined && { apiKey }),
    ...(cors !== undefined && { cors }),
  });
  return createControl({ mock: () => mock, ...(everywhere !== undefined && { everywhere }) });
}

async function fixturesOf(fixtures: string, operations: Operations): Promise<Fixtures> {
  return isText(fixtures) ? fixturesFromText(fixtures, 'fixtures', operations) : readFixtures(fixtures, operations);
}

/** A name of a file has no line break, and does not begin as JSON does. */
function isText(text: string): boolean {
  return text.includes('\n') || /^\s*\{/.test(text);
}

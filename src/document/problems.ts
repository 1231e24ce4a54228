import { formatProblem, type Location, type Problem } from '../errors.js';

interface ProblemKind {
  /** A sentence without its full stop. */
  readonly summary: string;
  /** Whether `strict` refuses a document that has it; the others are remarks. */
  readonly refused: boolean;
  /** What is done about it, where that is not told by what it takes away; empty where nothing is. */
  readonly outcome?: string;
}

/**
 * Every kind of problem that a document can have, by its id, with what it is about. The ids are stable: `counterproof
 * lint --ignore` takes them.
 */
export const problemKinds = {
  syntax: { summary: 'The text is not quite YAML or JSON, and was read all the same', refused: false },
  version: { summary: 'The version of OpenAPI is written in an unusual way', refused: false },
  'version-two': { summary: 'What version 2.0 says here has another meaning, or none', refused: false },
  'file-unreadable': { summary: 'A file that the document refers to cannot be used', refused: true },
  'reference-invalid': { summary: 'A reference is not a URI reference', refused: true },
  'reference-dangling': { summary: 'A reference leads to nothing that could stand in its place', refused: true },
  'reference-forbidden': { summary: 'A reference leads where none may', refused: true },
  'reference-circular': { summary: 'A reference leads back to itself, by references alone', refused: true },
  'reference-depth': { summary: 'A reference leads through too many schemas of one value', refused: true },
  'reference-misplaced': {
    summary: 'A reference stands where the specification allows none, and is followed',
    refused: true,
  },
  'example-reference': {
    summary: 'An example is a reference, which the specification takes for the example itself',
    refused: false,
    outcome: 'What it leads to is shown',
  },
  'example-unreadable': {
    summary: 'The file of an example cannot be read',
    refused: false,
    outcome: 'The example is left out',
  },
  'reference-kind': { summary: 'A reference leads to another kind of object than belongs there', refused: false },
  'discriminator-mapping': { summary: 'A discriminator maps a name to nothing', refused: false },
  shape: { summary: 'A member does not hold what belongs there', refused: true },
  'empty-member': { summary: 'A member is empty and is taken for absent', refused: false },
  'info-missing': { summary: 'The document does not say its title and version', refused: false },
  'paths-missing': { summary: 'The document has no operation', refused: false },
  'server-url': { summary: 'A server has no URL', refused: true, outcome: 'It is taken for the server at "/"' },
  'path-slash': { summary: 'A path does not begin with "/"', refused: true, outcome: 'The "/" is put before it' },
  'path-long': { summary: 'A path is longer than a request can name', refused: true },
  'path-braces': { summary: 'The braces of a path do not name each parameter once', refused: false },
  'path-query': {
    summary: 'A path has a query or a fragment',
    refused: false,
    outcome: 'Its operations are told apart from those of the path without by the query of a request',
  },
  'path-identical': {
    summary: 'Two paths with a method in common differ in names of parameters alone',
    refused: true,
    outcome: 'The first whose path parameters fit answers, or else the first',
  },
  'path-alike': { summary: 'Two paths differ in names of parameters alone', refused: false },
  'path-parameter-undeclared': {
    summary: 'A path has a parameter that is not declared',
    refused: true,
    outcome: 'It is taken for a required string',
  },
  'path-parameter-unknown': { summary: 'A path parameter is not in the path', refused: true, outcome: 'It is ignored' },
  'path-parameter-optional': { summary: 'A path parameter is not marked as required', refused: false },
  'parameter-name': { summary: 'A parameter has no name', refused: true },
  'parameter-place': { summary: 'A parameter does not say where it is', refused: true },
  'parameter-schema': { summary: 'A parameter has no schema', refused: true, outcome: 'Anything is valid for it' },
  'parameter-style': { summary: 'A parameter has a style that none of its place has', refused: false },
  'examples-listed': { summary: 'Examples are a list, and have to be named', refused: false },
  'header-name': { summary: 'A header has a name that HTTP cannot carry', refused: false },
  'parameter-twice': { summary: 'A parameter is declared twice', refused: true, outcome: 'The last one counts' },
  'media-type': {
    summary: 'A key of content is not a media type',
    refused: false,
    outcome: 'The body is taken for octets',
  },
  'media-type-twice': {
    summary: 'A media type is declared twice, and once without a schema',
    refused: false,
    outcome: 'The schema holds for both',
  },
  'content-missing': { summary: 'A request body declares no content', refused: false },
  'status-code': { summary: 'A key of responses is not a status code', refused: true },
  'success-missing': {
    summary: 'An operation declares errors alone',
    refused: false,
    outcome: 'A valid request gets 200 without a body',
  },
  'responses-missing': { summary: 'An operation declares no responses', refused: false },
  'path-item-method': {
    summary: 'An additional operation has a method that none may have',
    refused: false,
    outcome: 'It is served where the path has no such operation and HTTP knows such a method',
  },
  'path-item-member': { summary: 'A member of a path item has no effect', refused: false },
  'text-unquoted': { summary: 'A number or a boolean stands where a text has to be', refused: false },
  'operation-id': { summary: 'An operationId names no operation, or more than one', refused: false },
  'security-unknown': {
    summary: 'A security requirement names no scheme',
    refused: true,
    outcome: 'Any credential will do',
  },
  'security-scheme': { summary: 'A security scheme cannot be used', refused: true, outcome: 'Any credential will do' },
  'security-header': { summary: 'An API key is named as a header field with its scheme', refused: false },
  'schema-unusable': { summary: 'A schema cannot be used', refused: false, outcome: '' },
  'schema-read-as': { summary: 'A keyword of a schema is read as what it can only mean', refused: false },
  'schema-left-out': { summary: 'A keyword of a schema cannot be used and is left out', refused: false },
  'schema-contradiction': {
    summary: 'A schema contradicts itself, so that nothing is valid',
    refused: false,
    outcome: 'A request with it is refused, and an answer is without it or what comes nearest',
  },
  'schema-pattern': { summary: 'A pattern may take too long to match', refused: false },
  'discriminator-overlap': {
    summary: 'Branches that a discriminator tells apart match the same values',
    refused: false,
    outcome: 'The branch that is named decides',
  },
  'overlay-shape': { summary: 'An action of an overlay changes nothing', refused: false },
  'overlay-unmatched': { summary: 'An action of an overlay matches nothing', refused: false },
  'operation-taken': {
    summary: 'An operation is one of another document as well',
    refused: true,
    outcome: 'The other document answers',
  },
  'document-unusable': {
    summary: 'One of several documents cannot be used',
    refused: true,
    outcome: 'Its operations are not served',
  },
  'document-outdated': {
    summary: 'One of several documents cannot be used any more',
    refused: true,
    outcome: 'It is served as it was before',
  },
  'example-misfit': { summary: 'An example does not fit its schema', refused: false },
  'answer-unsatisfiable': { summary: 'Nothing fits the schema of an answer', refused: false },
} as const satisfies Record<string, ProblemKind>;

export type ProblemId = keyof typeof problemKinds;

/** What is not served because of a problem: nothing where a repair was made. */
export type Taken = 'nothing' | 'schema' | 'response' | 'operation' | 'path';

/** One thing that is wrong with a document, and what it takes away. */
export interface DocumentProblem extends Problem {
  readonly id: ProblemId;
  readonly takes: Taken;
}

/** A problem whose place is given by reference tokens. */
export interface Misfit extends Omit<DocumentProblem, 'location'> {
  readonly segments: readonly string[];
}

/** An operation of the document that is not served, and why. */
export interface LeftOut {
  /** `GET /path`, or a path of which no operation can be read. */
  readonly name: string;
  readonly reason: string;
}

export function located(
  { segments, ...problem }: Misfit,
  locate: (segments: readonly string[]) => Location,
): DocumentProblem {
  return { ...problem, location: locate(segments) };
}

const outcomes: Readonly<Record<Taken, string>> = {
  nothing: '',
  schema: 'Anything is valid in its place',
  response: 'The response is left out',
  operation: 'Each operation that uses it is left out',
  path: 'The path is left out',
};

/** One problem as a person reads it: what `formatProblem` says, and what is done about it. */
export function formatDocumentProblem(problem: DocumentProblem): string {
  const { outcome }: ProblemKind = problemKinds[problem.id];
  const done = outcome ?? outcomes[problem.takes];
  return done === '' ? formatProblem(problem) : `${formatProblem(problem)}\n  ${done}.`;
}

/**
 * `3 problems in 2 of 185 operations, the rest is served`.
 * @param of.operations all that are declared, those that are left out too
 */
export function problemsLine(of: {
  readonly problems: readonly unknown[];
  readonly leftOut: readonly unknown[];
  readonly operations: number;
}): string {
  const { problems, leftOut, operations } = of;
  const found = problems.length === 0 ? 'No problems' : count(problems.length, 'problem');
  if (operations === 0) return `${found}, and no operation that could be served`;
  return leftOut.length === 0
    ? `${found}, ${operations === 1 ? 'its one operation is' : `all of ${count(operations, 'operation')} are`} served`
    : `${found} in ${leftOut.length} of ${count(operations, 'operation')}, ${leftOut.length < operations ? 'the rest is served' : 'and none is left that could be served'}`;
}

function count(number: number, one: string): string {
  return `${number.toLocaleString('en')} ${one}${number === 1 ? '' : 's'}`;
}

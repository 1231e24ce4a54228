import { CounterproofError, type Problem } from '../../errors.js';
import { addAll } from '../../text/many.js';
import type { JsonObject } from '../../text/value.js';
import type { Document } from '../document.js';
import type { DocumentProblem } from '../problems.js';
import { type ReadOptions, readDocument } from '../read/read.js';
import { type Joined, joinDocuments } from './join.js';

/** A document that is to be one of several. */
export interface DocumentSource extends Omit<ReadOptions, 'strict'> {
  readonly document: string | JsonObject;
  /** The path that it is served under, in the place of the base path of its servers. */
  readonly prefix?: string | undefined;
}

export interface ReadSeveralOptions extends Pick<ReadOptions, 'strict'> {
  /** What was made of the same documents before: its part is served where a document cannot be used any more. */
  readonly previous?: Document | undefined;
}

/**
 * Reads documents that are served as one: same as `readDocument` where there is but one without a prefix. One that cannot be used costs its own
 * operations, where others can be used.
 * @throws CounterproofError as `readDocument` does: for a document that is not there, where none can be used, and with `strict`
 */
export async function readDocuments(
  sources: readonly DocumentSource[],
  { strict, previous }: ReadSeveralOptions = {},
): Promise<Document> {
  const read = ({ document, prefix: _prefix, ...options }: DocumentSource) =>
    readDocument(document, { ...options, ...(strict !== undefined && { strict }) });
  const [only] = sources;
  if (only !== undefined && sources.length === 1 && only.prefix === undefined) return read(only);
  const results = await Promise.allSettled(sources.map(read));
  const joined: Joined[] = [];
  const problems: DocumentProblem[] = [];
  const leftOut: { name: string; reason: string }[] = [];
  const failures: CounterproofError[] = [];
  for (const [index, result] of results.entries()) {
    const { document, name, prefix } = sources[index] as DocumentSource;
    if (result.status === 'fulfilled') {
      joined.push({ document: result.value, prefix });
      continue;
    }
    const failure: unknown = result.reason;
    if (!(failure instanceof CounterproofError)) throw failure;
    failures.push(failure);
    const shown = name ?? (typeof document === 'string' ? document : 'document');
    const before = previous?.parts?.find((part) => part.document.name === shown)?.document;
    if (before === undefined && failure.code === 'DOCUMENT_UNREADABLE') throw failure;
    addAll(
      problems,
      failure.problems.map((problem) => unusable(problem, before !== undefined)),
    );
    if (before === undefined) leftOut.push({ name: shown, reason: failure.problems[0]?.message ?? failure.message });
    else joined.push({ document: before, prefix });
  }
  const [first, ...others] = joined;
  if (first === undefined || failures.length === sources.length || (strict && failures.length > 0)) {
    const [{ code } = { code: 'DOCUMENT_INVALID' as const }] = failures;
    throw new CounterproofError(
      code,
      failures.flatMap((failure) => failure.problems),
    );
  }
  return joinDocuments([first, ...others], { problems, leftOut });
}

function unusable(problem: Problem, isOutdated: boolean): DocumentProblem {
  return { ...problem, id: isOutdated ? 'document-outdated' : 'document-unusable', takes: 'operation' };
}

import { CounterproofError } from '../../errors.js';
import { faultProblem } from '../../fault/index.js';
import { escaped, fixturesFromText, type NewCase, withCase } from '../../fixture/index.js';
import type { Mock } from '../../mock/index.js';
import type { OperationEntry } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { type Call, type ControlAnswer, json, problem } from './control-answer.js';

/** Where cases are kept. */
export interface CaseKeeper {
  /**
   * Changes the fixture file.
   * @param document the name of the one that the case is of, where that is one of several
   * @returns its name
   * @throws TypeError that says why it is not changed
   */
  change(write: (text: string) => Promise<string>, document?: string): Promise<string>;
}

interface CaseWish {
  readonly name: string;
  readonly case: JsonObject;
  readonly isLiteral?: boolean;
  readonly save?: boolean;
}

/** Writes a case, held against the document as a fixture file is: into that file, or as a text to put there. */
export async function saveCase(
  { values }: Call,
  mock: Mock,
  entry: OperationEntry,
  keeper: CaseKeeper | undefined,
): Promise<ControlAnswer> {
  const { name, case: given, isLiteral = false, save = false } = values.body as unknown as CaseWish;
  const value = isLiteral ? literal(given) : given;
  const part = mock.operations.document.parts?.find((each) => each.ownOperation(entry) !== undefined);
  const { id, method, path } = part?.ownOperation(entry) ?? entry;
  const made: NewCase = { operation: id, otherName: `${method} ${path}`, name, value };
  const alone = JSON.stringify({ operations: { [entry.id]: { cases: { [name]: value } } } });
  try {
    fixturesFromText(alone, 'the case', mock.operations, { faultProblem });
  } catch (error) {
    if (!(error instanceof CounterproofError)) throw error;
    const wrong = error.problems.map(({ message, expected, found }) =>
      [message, expected && `expected ${expected}`, found && `found ${found}`].filter(Boolean).join(', '),
    );
    return problem(409, wrong.join('; '));
  }
  const yaml = await withCase('', made);
  if (!save) return json({ yaml, file: null, reason: null });
  if (keeper === undefined) return json({ yaml, file: null, reason: 'This mock keeps no fixture file' });
  try {
    return json({ yaml, file: await keeper.change((text) => withCase(text, made), part?.document.name), reason: null });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return json({ yaml, file: null, reason: error.message });
  }
}

/** What looks like a placeholder in what a client has sent or got is none. */
function literal({ body, merge, headers, ...rest }: JsonObject): JsonObject {
  return {
    ...rest,
    ...(headers !== undefined && { headers: escaped(headers) }),
    ...(body !== undefined && { body: escaped(body) }),
    ...(merge !== undefined && { merge: escaped(merge) }),
  };
}

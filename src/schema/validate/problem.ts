import type { ProblemId } from '../../document/index.js';
import { pointerOf, valueAt } from '../../text/pointer.js';
import type { Json } from '../../text/value.js';
import { keywordNamed } from '../keywords.js';
import { compilePattern } from '../pattern/pattern.js';
import { addressOf, type Place } from '../place.js';
import { show } from '../repair.js';

/** What is wrong with a schema, before it has a line and a column. */
export interface SchemaProblem {
  /** The tree that it stands in: '' for the document. */
  readonly tree: string;
  readonly pointer: string;
  readonly message: string;
  readonly expected?: string;
  readonly found?: string;
  /** What kind of problem it is, where the schema can be used all the same. */
  readonly warning?: ProblemId;
}

/** Where something stands, from a place and the steps inside it. */
export function at(place: Place, ...steps: readonly (string | number)[]): Pick<SchemaProblem, 'tree' | 'pointer'> {
  return { tree: place.tree.name, pointer: addressOf(place) + pointerOf(...steps) };
}

/** What is wrong with the value of one keyword: what JSON Schema does not allow there, or a pattern that may match for too long. */
export function problemsOfKeyword(place: Place, name: string, held: Json): readonly SchemaProblem[] {
  const keyword = keywordNamed(name);
  if (keyword === undefined) return none;
  const defect = keyword.defect(held);
  if (defect) {
    return [
      {
        ...at(place, name, ...defect),
        message: `The value of ${JSON.stringify(name)} is not valid in JSON Schema`,
        expected: keyword.expects,
        found: show(valueAt(held, defect.map(String))),
      },
    ];
  }
  const endless = keyword.patterns?.(held).filter((pattern) => compilePattern(pattern)?.decided === false) ?? none;
  if (endless.length === 0) return none;
  return endless.map((pattern) => {
    const message = `The pattern ${show(pattern)} may take too long to match: a text for which it does is taken to match it`;
    return { ...at(place, name), message, warning: 'schema-pattern' as const };
  });
}

const none: readonly never[] = [];

import type { Document } from '../../document/index.js';
import { child } from '../../text/pointer.js';
import { type PathItem, type Placed, resolveObject } from '../compile/placed.js';
import { readPathKey, templateNames } from './template.js';

/**
 * The path of an operation with each parameter that stands for several segments spelled out: `{name}` whose values are resource names
 * (AIP-122) such as `projects/7/things/9` is `projects/{project}/things/{thing}`.
 */
export interface Spelling {
  readonly path: string;
  /** By the parameter that is spelled out, in the order of its segments. */
  readonly parameters: ReadonlyMap<string, readonly Step[]>;
  /** Values of path parameters with those besides that follow from them: of a whole its parts, and of all parts the whole. */
  completed<Value>(values: Readonly<Record<string, Value>>): Readonly<Record<string, Value | string>>;
}

/** A segment that is always the same, or that is called after the one before it. */
type Step = { readonly text: string } | { readonly name: string };

/** The spelling of an operation; null where each of its parameters is one segment. */
export function spellingOf(operation: Placed, pathItem: PathItem, document: Document): Spelling | null {
  const { path } = readPathKey(pathItem.path);
  if (!path.includes('{')) return null;
  const names = new Set(templateNames(path));
  const parameters = new Map<string, readonly Step[]>();
  for (const { value, pointer } of [operation, ...pathItem.parts]) {
    const list = child(value, 'parameters');
    for (const item of Array.isArray(list) ? list : []) {
      const parameter = resolveObject(document, item, pointer);
      const name = parameter?.value.in === 'path' ? parameter.value.name : undefined;
      if (parameter === undefined || typeof name !== 'string' || !names.delete(name)) continue;
      const schema = resolveObject(document, child(parameter.value, 'schema'), parameter.pointer)?.value ?? {};
      const steps =
        stepsIn(name, schema.pattern) ?? stepsShown(name, parameter.value.description ?? schema.description);
      if (steps !== null) parameters.set(name, steps);
    }
  }
  if (parameters.size === 0) return null;
  const spelled = [...parameters].reduce(
    (whole, [name, steps]) =>
      whole.replace(`{${name}}`, () => steps.map((step) => ('text' in step ? step.text : `{${step.name}}`)).join('/')),
    path,
  );
  // Two parts of one name could not be told apart.
  const all = templateNames(spelled);
  if (new Set(all).size < all.length) return null;
  return { path: spelled, parameters, completed: (values) => completed(values, parameters) };
}

/** Of a pattern whose segments are each a text, or anything that is none: `projects/[^/]+/things/[^/]+`. */
function stepsIn(name: string, pattern: unknown): readonly Step[] | null {
  if (typeof pattern !== 'string' || !pattern.includes('/')) return null;
  const segments =
    pattern
      .replace(/^\^|\$$/g, '')
      .replaceAll('\\/', '/')
      .match(/(?:\[[^\]]*\]|[^/[\]])+/g) ?? [];
  return stepsOf(name, segments, (segment) => /^[A-Za-z][\w-]*$/.test(segment));
}

/** A plural, and what stands for one of them: `projects/{project}`, `projects/PROJECT_ID`, `projects/*`. */
const shownPair = String.raw`[a-z][A-Za-z]*s/(?:\{[^{}/]+\}|\*|[A-Z][A-Z\d_]*|<[^<>/]+>|\[[A-Z\d_]+\])`;
const shownPath = new RegExp(String.raw`(?<![\w/])${shownPair}(?:/${shownPair})*(?![\w/])`);

/** What is a resource name by what it is called (AIP-122): another parameter may say in passing what else it may be, as `heads/BRANCH`. */
const wholeNames = /(?:^|\.)(?:name|parent|resource)$/;

/** Of a description that shows their form: `projects/{project}/things/{thing}`, `projects/PROJECT_ID`. */
function stepsShown(name: string, description: unknown): readonly Step[] | null {
  if (!wholeNames.test(name)) return null;
  const [shown] = (typeof description === 'string' && shownPath.exec(description)) || [];
  return shown === undefined ? null : stepsOf(name, shown.split('/'), (segment) => /^[a-z][A-Za-z]*s$/.test(segment));
}

function stepsOf(
  name: string,
  segments: readonly string[],
  isText: (segment: string) => boolean,
): readonly Step[] | null {
  const steps = segments.map((segment, index): Step => {
    if (isText(segment)) return { text: segment };
    const before = segments[index - 1];
    return { name: before !== undefined && isText(before) ? singular(before) : `${name}${index + 1}` };
  });
  const isMixed = steps.some((step) => 'text' in step) && steps.some((step) => 'name' in step);
  return steps.length > 1 && isMixed ? steps : null;
}

/** What a path calls one of several: `category` of `categories`. */
function singular(word: string): string {
  return word.replace(/ies$/, 'y').replace(/(?<=ss|x|ch|sh)es$|(?<!s)s$/, '');
}

function completed<Value>(
  values: Readonly<Record<string, Value>>,
  parameters: Spelling['parameters'],
): Readonly<Record<string, Value | string>> {
  const whole: Record<string, Value | string> = { ...values };
  for (const [name, steps] of parameters) {
    const said = whole[name];
    if (said === undefined) {
      const parts = steps.map((step) => ('text' in step ? step.text : whole[step.name]));
      if (!parts.includes(undefined)) whole[name] = parts.join('/');
      continue;
    }
    const named = steps.flatMap((step) => ('name' in step ? step.name : []));
    for (const [at, text] of partsOf(String(said), steps).entries()) whole[named[at] as string] ??= text;
  }
  return whole;
}

/** What a text has in the places that vary; all of it in the last one, as one segment, where it has another form. */
function partsOf(text: string, steps: readonly Step[]): readonly string[] {
  const parts = text.split('/');
  const varying = parts.filter((_, at) => 'name' in (steps[at] ?? {}));
  const isSo = parts.length === steps.length && steps.every((step, at) => !('text' in step) || step.text === parts[at]);
  if (isSo) return varying;
  const count = steps.filter((step) => 'name' in step).length;
  return Array.from({ length: count }, (_, at) => (at === count - 1 ? text.replaceAll('/', '~') : ''));
}

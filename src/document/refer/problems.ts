import type { Location, Problem } from '../../errors.js';
import { didYouMean, nearest } from '../../text/nearest.js';
import { parsePointer, pointerOf, valueAt } from '../../text/pointer.js';
import { describe, isObject, type Json, type JsonObject } from '../../text/value.js';
import type { DocumentProblem, Taken } from '../problems.js';
import { maximumBehind } from './chains.js';
import { type Kind, objectKinds } from './object-kinds.js';
import { type File, type Link, type Refusal, type Site, splitReference } from './reference.js';
import { segmentsOf } from './walk.js';

/** Suggestions cost a comparison with every name, so a document full of wrong references gets no more than this. */
const maximumSuggestions = 50;

/** What is not served where a reference leads to nothing. */
const takenWith: Partial<Record<Kind, Taken>> = {
  schema: 'schema',
  content: 'schema',
  mediaType: 'schema',
  response: 'response',
  responses: 'response',
  response2: 'response',
  responses2: 'response',
  parameter: 'operation',
  parameter2: 'operation',
  requestBody: 'operation',
  operation: 'operation',
  operation2: 'operation',
  pathItem: 'path',
  pathItem2: 'path',
  paths: 'path',
  paths2: 'path',
};

/** Where these kinds have a reference to nothing, they say nothing: of a schema anything is valid. */
const emptied: ReadonlySet<Kind> = new Set(['schema', 'content', 'responses', 'responses2', 'paths', 'paths2']);

/** What is wrong with references. A reference to nothing is named once, however often it is written. */
export class ReferenceProblems {
  /** Each finds its place when it is called. */
  readonly problems: (() => DocumentProblem)[] = [];
  #suggestions = 0;
  /** How often a reference to nothing is written, by its file and text. */
  readonly #written = new Map<string, number>();

  /** A file that was read and cannot be used. What refers to it leads to nothing. */
  fileUnusable(problems: readonly Problem[]): void {
    this.problems.push(
      ...problems.map((problem) => () => ({ id: 'file-unreadable', takes: 'nothing', ...problem }) as const),
    );
  }

  standsWhereNoneMay(site: Site): void {
    this.#remark(site, {
      id: 'reference-misplaced',
      takes: 'nothing',
      message: `A reference stands where the specification allows none, and was followed to ${describe(site.text)}`,
      expected: objectKinds[site.kind].title,
      remedy: 'Put there what it leads to.',
    });
  }

  isNoExample(site: Site): void {
    this.#remark(site, {
      id: 'example-reference',
      takes: 'nothing',
      message: `An example is a reference, and was read as what ${describe(site.text)} leads to`,
      expected: 'the example itself',
      remedy: 'Put there what it leads to, or refer to an Example Object in "examples".',
    });
  }

  notAReference(site: Site): void {
    this.#lost(site, {
      id: 'reference-invalid',
      message: 'A reference is not a URI reference',
      found: describe(site.text),
      remedy: 'Write "#/…", or the path of a file beside the document.',
    });
  }

  /** @param file the one that it leads into, where that was read */
  leadsNowhere(site: Site, file: File | undefined): void {
    const { path, fragment } = splitReference(site.text);
    this.#suggestions += 1;
    const place = file && this.#suggestions <= maximumSuggestions ? nearestPlace(file, fragment) : undefined;
    const problem = {
      message: `${describe(site.text)} leads to nothing`,
      expected: objectKinds[site.kind].title,
      remedy: didYouMean(place ? [path + place] : []) ?? 'Add what is missing, or correct the reference.',
    };
    if (site.member === '$ref') this.#lost(site, problem);
    else this.#remark(site, { id: 'discriminator-mapping', takes: 'nothing', ...problem });
  }

  leadsToRefused(site: Site, { message, remedy, forbidden }: Refusal): void {
    const meant = meantComponent(site);
    this.#lost(site, {
      id: forbidden ? 'reference-forbidden' : 'reference-dangling',
      message,
      found: describe(site.text),
      remedy: didYouMean(meant ? [meant] : []) ?? remedy,
    });
  }

  leadsToNoObject(site: Site, value: Json): void {
    this.#lost(site, {
      message: `${describe(site.text)} does not lead to ${objectKinds[site.kind].title}`,
      expected: 'an object',
      found: describe(value),
    });
  }

  leadsToAnother(site: Site, kind: Kind): void {
    this.#remark(site, {
      id: 'reference-kind',
      takes: 'nothing',
      message: `${describe(site.text)} leads to ${objectKinds[kind].title}, where ${objectKinds[site.kind].title} belongs`,
    });
  }

  leadsToItsSchema(site: Site): void {
    this.#remark(site, {
      id: 'reference-kind',
      takes: 'nothing',
      message: `${describe(site.text)} leads to a Schema Object, where ${objectKinds[site.kind].title} belongs, and was read as its schema`,
      remedy: 'Put the reference under "schema".',
    });
  }

  /** Reports references that lead only to references, back to themselves. */
  reportCircles(links: readonly Link[]): void {
    for (const { site } of circles(links)) {
      this.#lost(site, {
        id: 'reference-circular',
        message: `${describe(site.text)} leads back to itself, by references alone`,
        expected: objectKinds[site.kind].title,
        remedy: 'Let one of the references of the circle lead to a definition.',
      });
    }
  }

  /** Reports references behind which too many schemas of one value stand. */
  reportDepth(sites: readonly Site[]): void {
    for (const site of sites) {
      delete site.holder.$ref;
      this.#lost(site, {
        id: 'reference-depth',
        message: `Behind ${describe(site.text)} stand more than ${maximumBehind} schemas of one value, one leading to the next`,
        remedy: 'Say together what so many say.',
      });
    }
  }

  #remark(site: Site, problem: Omit<DocumentProblem, 'location'>): void {
    this.problems.push(() => ({ ...problem, location: locate(site) }));
  }

  /** Of a reference that leads nowhere, and so says nothing. */
  #lost(site: Site, problem: Problem & Partial<Pick<DocumentProblem, 'id'>>): void {
    if (emptied.has(site.kind)) delete site.holder.$ref;
    const key = `${site.file.uri} ${site.text}`;
    const before = this.#written.get(key) ?? 0;
    this.#written.set(key, before + 1);
    if (before > 0) return;
    const takes = takenWith[site.kind] ?? 'nothing';
    this.problems.push(() => {
      const times = this.#written.get(key) ?? 1;
      const found = times > 1 ? `${problem.found ?? 'it'}, ${times} times` : problem.found;
      return { id: 'reference-dangling', takes, ...problem, ...(found && { found }), location: locate(site) };
    });
  }
}

function locate(site: Site): Location {
  return site.file.source.locate([...segmentsOf(site.frame), ...site.steps]);
}

/** The nearest place that exists in a file to one that does not, as a fragment. */
function nearestPlace(file: File, fragment: string): string | undefined {
  const root = file.source.value;
  const segments = parsePointer(fragment.startsWith('/') ? fragment : `/${fragment}`);
  for (let index = 0; index < segments.length; index++) {
    const parent = valueAt(root, segments.slice(0, index));
    const name = segments[index] as string;
    if (isObject(parent) && !Object.hasOwn(parent, name)) {
      const [found] = nearest(name, Object.keys(parent), 1);
      if (found === undefined) return undefined;
      segments[index] = found;
    }
  }
  return valueAt(root, segments) === undefined ? undefined : `#${pointerOf(...segments)}`;
}

/** The component that a reference to a file means, where only `#/` was forgotten, or the whole way to it. */
function meantComponent({ file, text }: Site): string | undefined {
  const ways = [`/${text.replace(/^\/|#.*$/g, '')}`, `/components/schemas/${text}`, `/definitions/${text}`];
  const way = ways.find((pointer) => valueAt(file.source.value, parsePointer(pointer)) !== undefined);
  return way && `#${way}`;
}

/** One link of each circle of references that lead only to references. */
function circles(links: readonly Link[]): Link[] {
  const next = new Map<JsonObject, Link>();
  for (const link of links) {
    const { value } = link.target;
    if (link.site.member === '$ref' && isObject(value) && typeof value.$ref === 'string') {
      next.set(link.site.holder, link);
    }
  }
  const found: Link[] = [];
  const settled = new Set<JsonObject>();
  for (const start of next.keys()) {
    const path = new Set<JsonObject>();
    let holder: JsonObject | undefined = start;
    while (holder !== undefined && !settled.has(holder) && !path.has(holder)) {
      path.add(holder);
      const value: Json | undefined = next.get(holder)?.target.value;
      holder = isObject(value) && next.has(value) ? value : undefined;
    }
    if (holder !== undefined && path.has(holder)) found.push(next.get(holder) as Link);
    for (const seen of path) settled.add(seen);
  }
  return found;
}

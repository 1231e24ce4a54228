import type { Operation } from '../operation/index.js';
import { viewOf } from '../schema/view.js';
import { phraseOf } from '../text/words.js';
import { saysState } from './state-word.js';
import type { Counted, Resource } from './types.js';
import { singularsOf } from './words.js';

/** Things on account of which another one is kept. */
export interface Dependent {
  readonly resource: Resource;
  /** The member by which they name what is kept, or the list of such; null where they stand below it by their paths. */
  readonly by: readonly string[] | null;
  /** Those alone that are in a state (`active loans`); null: all. */
  readonly only: Counted['only'];
}

/** That an operation is refused for things that depend on what it is about. */
export interface KeptWhile {
  readonly status: number;
  readonly dependents: readonly Dependent[];
  /** Whether the document calls these by their own name, and not only as something: `in use`. */
  readonly isNamed: boolean;
}

/**
 * What a document says in plain words has to be gone before one thing can be deleted (`The post still has comments`, `in use`): in the
 * description of a refusal, or in that of the operation where it declares 409; null where it says nothing of that, or nobody knows which.
 * @param all the resources of the document
 */
export function keptWhile(operation: Operation, resource: Resource, all: readonly Resource[]): KeptWhile | null {
  const { responses, summary, description } = operation;
  const refusals = responses.filter(({ key }) => /^4(?:00|09|22|23)$/.test(key));
  const conflict = responses.some(({ key }) => key === '409');
  const said = [
    ...refusals.map((one) => ({ status: Number(one.key), sentences: sentencesIn(one.description) })),
    ...(conflict
      ? [{ status: 409, sentences: sentencesIn(summary, description).filter((one) => refuses.test(one)) }]
      : []),
  ];
  if (said.every(({ sentences }) => sentences.length === 0)) return null;
  const dependents = all.flatMap((one) => dependentsAmong(one, resource));
  for (const { status, sentences } of said) {
    const named = dependents.filter(({ resource: one }) => sentences.some((each) => speaksOf(each, one)));
    const meant = named.length > 0 || !sentences.some((each) => inUse.test(each)) ? named : dependents;
    if (meant.length > 0) return { status, dependents: meant, isNamed: named.length > 0 };
    const inStates = dependents.flatMap((one) => {
      const only = sentences.map((each) => stateSaid(each, one.resource, operation)).find((state) => state !== null);
      return only ? [{ ...one, only }] : [];
    });
    if (inStates.length > 0) return { status, dependents: inStates, isNamed: false };
  }
  return null;
}

const refuses =
  /\b(?:can ?not|can't|may not|must not|only|refused|rejected|fails|conflict|409|must be (?:empty|deleted|removed))\b/;

/** What something is said to be in, whatever depends on it. */
const inUse =
  /\b(?:in use|still (?:used|referenced)|not empty|non-empty|(?:has|have|with) (?:(?:any|still|existing|other) )*(?:children|dependents|dependen(?:t|cie)s?\b.*))/;

function sentencesIn(...texts: readonly unknown[]): readonly string[] {
  return texts.flatMap((text) => (typeof text === 'string' ? text.toLowerCase().split(/[.;\n]\s/) : []));
}

function dependentsAmong(one: Resource, kept: Resource): readonly Dependent[] {
  const place = one.scope.at(-1);
  if (one.isSingleton) return [];
  if (place?.resource === kept) return [{ resource: one, by: null, only: null }];
  return one.references
    .filter(({ resource }) => resource === kept)
    .map(({ member }) => ({ resource: one, by: member, only: null }));
}

/** What may stand between that something has, and what it has, without saying which of those. */
const any =
  '(?:(?:still|any|some|other|one|or|more|the|its|at|least|existing|dependent|associated|related|attached|linked|child|a|an) )*';
/** What may follow without saying which of those either: `posts with comments on hold` are not all that have comments. */
const end =
  '(?=$|(?:exist|remain|belong|depend|refer|reference|use|can|cannot|must|may|is|are|and|or|so|left|attached|assigned|below|under|there|yet|still|that still)s? ?)';

/** In which state things have to be that a sentence says there are: `has active loans`; null where it says none that they can be in. */
function stateSaid(sentence: string, resource: Resource, { document }: Operation): Counted['only'] {
  const word = new RegExp(` (?:has|have|having|with|contains?) ${any}(\\w+) ${nounsOf(resource.name)} `, 'u').exec(
    wordsIn(sentence),
  )?.[1];
  const view = viewOf(document);
  const names = word === undefined ? [] : [...view.members(view.certain(resource.schema)).keys()].filter(saysState);
  for (const member of names) {
    const value = resource.listed([member]).find((one) => typeof one === 'string' && phraseOf(one) === word);
    if (typeof value === 'string') return { member: [member], value };
  }
  return null;
}

const wordsIn = (sentence: string): string => ` ${sentence.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;

/** What things of a resource are called in a sentence. */
function nounsOf(name: string): string {
  const noun = phraseOf(name.split('.').at(-1) ?? '');
  return `(?:${[...new Set([noun, noun.split(' ').at(-1) ?? ''])].flatMap(singularsOf).join('|')})`;
}

/** Whether a sentence says that there are such things: `still has comments`, `with comments`, `comments exist`, `used by comments`. */
function speaksOf(sentence: string, { name }: Resource): boolean {
  const called = nounsOf(name);
  const words = wordsIn(sentence);
  return [
    ` (?:has|have|having|with|without|contains?|holds?|owns?|includes?|while|until) ${any}${called} ${end}`,
    ` (?:used|referenced|assigned|attached|linked|use|needed|required) (?:by|to|in|on) ${any}${called} ${end}`,
    ` ${called} (?:still |that )*(?:exist|remain|belong|depend|refer|reference|use)s? `,
    ` there (?:are|is) ${any}${called} (?=$|(?:to|of|for|on|in|at|under|below|left) )`,
    ` ${called} (?:are|is) (?:still )?(?:attached|assigned|linked|left|in it|there) `,
  ].some((pattern) => new RegExp(pattern, 'u').test(words));
}

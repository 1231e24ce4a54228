import type { Faker } from '@faker-js/faker';
import { type Draw, kindDraws } from './row.js';

/**
 * Plain words and sentences, as people write them who run something: Faker's own are Latin, or an adjective and a noun that
 * nobody would put together. In another language than English Faker's have to do.
 */
const nouns =
  'plan review campaign report update workshop survey guide budget roadmap newsletter checklist meeting release forecast summary invoice contract proposal schedule archive inventory handbook training audit request order'.split(
    ' ',
  );
const kinds =
  'Spring Summer Autumn Winter Annual Quarterly Monthly Weekly Customer Product Team Office Partner Sales Marketing Design Support Finance Launch Onboarding Regional Project'.split(
    ' ',
  );
const plain =
  'alpha north south east west central standard primary main basic premium classic daily weekly monthly general internal external public shared local global default custom draft final review support sales design research finance travel music sports books garden kitchen office studio school family health nature history science news video photo mobile web cloud data online retail europe asia america spring summer autumn winter morning evening silver gold green blue orange amber cedar maple willow harbor river bridge market station corner summit meadow forest island valley anchor beacon compass lantern orbit pixel signal spark'.split(
    ' ',
  );
const subjects = [
  'The team',
  'Our office in Berlin',
  'The new version',
  'This plan',
  'The customer',
  'Everyone on the project',
  'The support desk',
  'The first draft',
  'A member of the group',
  'The current owner',
  'The partner in Lisbon',
  'The latest order',
];
const predicates = [
  'was checked by two people',
  'covers the first quarter',
  'needs one more review',
  'is ready to be used',
  'answers most of the questions',
  'was moved to the archive',
  'replaces the old one',
  'starts with the next release',
  'helps new people to find their way',
  'arrived earlier than expected',
  'is shared with all members',
  'was paid in full',
  'works on phones and tablets',
  'explains the main steps',
];
const endings = [
  '',
  '',
  ' this week',
  ' since last month',
  ' and can be changed at any time',
  ' without further costs',
  ' in all regions',
  ' after the last meeting',
  ' before the end of the year',
  ', as agreed',
];

const pick = (faker: Faker, list: readonly string[]): string => faker.helpers.arrayElement(list);

function isEnglish(faker: Faker): boolean {
  return faker.getMetadata().code?.startsWith('en') === true;
}

export const word: Draw = (faker) => (isEnglish(faker) ? plainWord(faker) : faker.lorem.word());
kindDraws.add(word);

/** In ASCII, whatever the language: what addresses are made of. */
export function plainWord(faker: Faker): string {
  return pick(faker, plain);
}

export const slug: Draw = (faker) => `${pick(faker, kinds)}-${pick(faker, nouns)}`.toLowerCase();

/** `Spring campaign`. */
export const title: Draw = (faker) => {
  if (!isEnglish(faker)) return capitalized(faker.lorem.words({ min: 2, max: 4 }));
  return `${pick(faker, kinds)} ${pick(faker, nouns)}`;
};

export const sentence: Draw = (faker) =>
  isEnglish(faker)
    ? `${pick(faker, subjects)} ${pick(faker, predicates)}${pick(faker, endings)}.`
    : faker.lorem.sentence({ min: 4, max: 9 });

export const paragraph: Draw = (faker, context) =>
  Array.from({ length: faker.number.int({ min: 2, max: 3 }) }, () => sentence(faker, context)).join(' ');

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

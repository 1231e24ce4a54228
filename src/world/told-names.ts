import { afterNoun } from '../resource/index.js';

/** What is told of another thing beside its key. */
const toldNames =
  /^(?:id|name|title|slug|code|email|username|login|handle|full_?name|display_?name|sku|number|color|avatar(?:_?url)?)$/i;

/** What a thing is called in the names of members that say something of it: `department` of `department_id`; '' where it is an object. */
export function nounIn(member: readonly string[]): string {
  if (member.length > 1) return '';
  return (member[0] ?? '').replace(/[_-]?(?:id|Id|ID|key|Key|code|Code|uuid|slug)$/, '');
}

/** Whether a member says something of another thing. */
export function isTold(name: string, noun: string): boolean {
  return toldNames.test((noun === '' ? name : afterNoun(name, noun)) ?? '');
}

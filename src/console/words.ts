import type { Collection } from './payloads.js';

/** What made an answer, in the words of the page. */
const sources: Readonly<Record<string, string>> = {
  fake: 'made',
  example: 'example',
  case: 'case',
  own: 'own',
  handler: 'handler',
  state: 'rows',
  problem: 'refused',
  fault: 'fault',
  upstream: 'server',
  none: 'nothing',
};

export const sourceWord = (source: string): string => sources[source] ?? source;

/** The same as a sentence, for whoever asks why. */
const reasons: Readonly<Record<string, string>> = {
  fake: 'Nothing else was said of it, so the body was made from its schema.',
  example: 'The document has an example of this answer.',
  case: 'A case of the fixture file answers such requests, or was switched on.',
  own: 'Somebody has said what is to be answered: here, or a test.',
  handler: 'A function of yours has answered.',
  state: 'The rows of the mock were shown or changed: see Data.',
  problem: 'The mock has refused the request, as the server would.',
  fault: 'A fault was switched on.',
  upstream: 'The real server has answered.',
  none: 'There is no body.',
};

export const reasonFor = (source: string): string => reasons[source] ?? `It comes from ${source}.`;

/** `300 ms`, `1.5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${Math.round(milliseconds / 100) / 10} s`;
  return milliseconds < 10 ? `${Math.round(milliseconds * 10) / 10} ms` : `${Math.round(milliseconds)} ms`;
}

const numbers = new Intl.NumberFormat('en');
export const count = (number: number): string => numbers.format(number);

// Made once: to make one takes longer than to draw the line that it is for.
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' });
/** `14:03:22`. @param time RFC 3339 */
export const timeOfDay = (time: string): string => clock.format(new Date(time));

/** A collection as people call it: one that is nested, with the keys of what it is under. */
export function collectionWord({ name, resource }: Pick<Collection, 'name' | 'resource'>): string {
  if (name === resource) return name;
  const keys: readonly string[] = JSON.parse(name.slice(resource.length));
  return `${resource} of ${keys.join(' / ')}`;
}

/** What happens on the wire besides what is sent. */
const effects: Readonly<Record<string, string>> = {
  hang: 'nothing comes, ever',
  drip: 'the body drips',
  reset: 'the connection is reset',
  truncate: 'the body ends too early',
  length: 'with a wrong Content-Length',
  'body-always': 'with a body where none may be',
  chunked: 'in chunks',
  stream: 'as a stream',
};

export const effectWord = (effect: string): string => effects[effect] ?? effect;

import { remembering } from './words.js';

/** Consonants that are doubled before `-ed`. */
const doubled = new Set(
  'ship cancel stop submit permit plan ban unban drop skip pin unpin star unstar flag unflag'.split(' '),
);
const irregular: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    activate: ['active', 'activated'],
    begin: ['begun'],
    deactivate: ['inactive', 'deactivated'],
    freeze: ['frozen'],
    hide: ['hidden'],
    hold: ['held', 'on_hold'],
    lend: ['lent'],
    pay: ['paid'],
    read: ['read'],
    sell: ['sold'],
    send: ['sent'],
    withdraw: ['withdrawn'],
  }),
);

/** What a thing is called to which something was done: `closed` of `close`, `cancelled` and `canceled` of `cancel`. */
export const participlesOf: (verb: string) => readonly string[] = remembering((verb) => {
  const known = irregular.get(verb);
  if (known !== undefined) return known;
  if (verb.endsWith('e')) return [`${verb}d`];
  if (/[^aeiou]y$/.test(verb)) return [`${verb.slice(0, -1)}ied`];
  return doubled.has(verb) ? [`${verb}${verb.at(-1)}ed`, `${verb}ed`] : [`${verb}ed`];
});

/** What a thing does, or what is done to it, while it lasts: `following` of `follow`, `running` of `run`. */
export const gerundOf: (verb: string) => string = remembering((verb) => {
  if (/[^aeiou]e$/.test(verb)) return `${verb.slice(0, -1)}ing`;
  return doubled.has(verb) || verb === 'run' ? `${verb}${verb.at(-1)}ing` : `${verb}ing`;
});

/** What asks by yes or no whether something was done, around the word for it: `is_liked`, `viewer_has_liked`, `liked_by_me`. */
const asking =
  /^(?:(?:viewer|current user|user|you|i|me) )?(?:(?:is|has been|was|has|have|did) )?(?=.)|(?<=.) by (?:me|you|viewer|user|current user)$/g;

/** The word that a name asks for which is answered by yes or no: `liked` of `viewer has liked`. */
export const answeredWord: (words: string) => string = remembering((words) => words.replace(asking, ''));

/** What takes back what a verb does: `unlock`, `reopen`, `restore`; undefined where it takes nothing back. */
export function undoneBy(verb: string): readonly string[] | undefined {
  const own = takingBack.get(verb);
  if (own !== undefined) return own;
  const [, prefix, done] = /^(un|dis)(.{3,})$/.exec(verb) ?? [];
  if (done === undefined || (prefix === 'un' ? /^(?:der|ify|ite|iti)/.test(done) : !parted.has(done))) return undefined;
  return [done];
}

/** What `dis` takes back: to dispatch, to dismiss or to discharge takes nothing back. */
const parted = new Set(
  'able agree allow appear approve arm assemble associate claim connect embark engage enroll enrol honor like mount own qualify trust'.split(
    ' ',
  ),
);

const takingBack: ReadonlyMap<string, readonly string[]> = new Map([
  ['reopen', ['close', 'complete', 'resolve', 'finish']],
  ['open', ['close']],
  ['deactivate', ['activate']],
  ['disable', ['enable']],
  ['restore', ['archive', 'delete', 'trash', 'remove']],
  ['resume', ['pause', 'suspend']],
  ['reactivate', ['deactivate', 'suspend']],
]);

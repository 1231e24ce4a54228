import { isObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import type { Life } from './life.js';
import { shownBy } from './members.js';

/** Words that say that things are somebody's. */
const belonging =
  /\b(?:yours?|my|mine|own(?:s|ed|er|ers|ership)?|belong(?:s|ing)?|private|personal|tenants?|(?:caller|current|authenticated|logged[- ]in|signed[- ]in) ?(?:user|account)?)\b/i;

/** Members that say whose a thing is, or who has made it. */
const whose =
  /^(?:owner|user|author|account|tenant|creator|created by|workspace|organi[sz]ation|customer|member)(?: (?:id|uuid|name|key|email|user))*$/;

/**
 * Whether a document says that the things of a resource are somebody's: in words, by 403 to who reads one, or by a member that
 * says whose they are. What it says of nobody may be for all who have a credential.
 */
export function saysWhose(life: Life): boolean {
  const { resource, roles } = life;
  const operations = resource.roles.map((role) => life.operation(role));
  const [first] = operations;
  if (first === undefined) return false;
  if (operations.some(({ summary, description }) => belonging.test(`${summary} ${description}`))) return true;
  const { description } = isObject(first.document.root.info) ? first.document.root.info : {};
  const noun = phraseOf(resource.name.split('.').at(-1) ?? '');
  const sentences = typeof description === 'string' ? description.toLowerCase().split(/[.;\n]/) : [];
  if (sentences.some((sentence) => sentence.includes(noun) && belonging.test(sentence))) return true;
  const { read, list } = roles;
  if (read && life.operation(read).responses.some(({ key }) => key === '403')) return true;
  const shown = [read, list].flatMap((role) => (role === undefined ? [] : shownBy(life.operation(role), role)));
  return shown.some(({ name }) => whose.test(phraseOf(name)));
}

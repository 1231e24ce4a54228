import type { Json, JsonObject } from '../../text/value.js';
import { memberNamed } from './member-named.js';
import type { Rule } from './rule.js';
import { formsOf } from './states.js';

const progressNames =
  /^(?:progress|completion)(?: (?:percent|percentage|pct|rate))?$|^(?:percent|percentage|pct)(?: (?:complete|completed|done))$/;
const statusNames = /^(?:status|state|phase)$/;
const ended = /^(?:completed?|done|finished|succeeded)$/i;
const unstarted = /^(?:pending|queued|scheduled|todo|to_do|not[_ -]?started|draft|new|open)$/i;

/** What a thing may be called that has come to its end, best first. */
const ends = ['completed', 'complete', 'done', 'finished'].flatMap(formsOf);

/** A thing that somebody has brought to its end and that is called otherwise: it is called so from now on, where it can be. */
export function finished(before: JsonObject, row: JsonObject, isValid: (row: JsonObject) => boolean): JsonObject {
  const progress = memberNamed(row, progressNames, 'number');
  const status = memberNamed(row, statusNames, 'string');
  if (progress === undefined || status === undefined || row[status] !== before[status]) return row;
  const isAtEnd = row[progress] === 100 && before[progress] !== 100;
  const isOpen = isAtEnd && !ended.test(String(row[status])) && !isValid({ ...row, [status]: `no ${row[status]}` });
  const end = isOpen ? ends.find((one) => isValid({ ...row, [status]: one })) : undefined;
  return end === undefined ? row : { ...row, [status]: end };
}

/** What is completed has come to its end, and what has not begun has not come far. */
export const progresses: Rule = { names: [progressNames, statusNames], fewest: 2, apply: progressed };

function* progressed(object: JsonObject): Generator<JsonObject> {
  const progress = memberNamed(object, progressNames, 'number');
  const status = memberNamed(object, statusNames, 'string');
  if (progress === undefined || status === undefined) return;
  const said = String(object[status]);
  const held = object[progress] as Json;
  const all = Number(held) > 0 && Number(held) < 1 ? 1 : 100;
  const told = ended.test(said) ? all : unstarted.test(said) ? 0 : held;
  if (told !== held) yield { ...object, [progress]: told };
}

import type { Json, JsonObject } from '../../text/value.js';
import { memberNamed } from './member-named.js';
import type { Rule } from './rule.js';

const progressNames =
  /^(?:progress|completion)(?: (?:percent|percentage|pct|rate))?$|^(?:percent|percentage|pct)(?: (?:complete|completed|done))$/;
const statusNames = /^(?:status|state|phase)$/;
const ended = /^(?:completed?|done|finished|succeeded)$/i;
const unstarted = /^(?:pending|queued|scheduled|todo|to_do|not[_ -]?started|draft|new|open)$/i;

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

import { readAt } from '../resource/index.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { phraseOf } from '../text/words.js';

const averageNames =
  /^(?:average|avg|mean)(?: (?:rating|score|stars|review|grade))?$|^(?:rating|score|stars|review|grade) (?:average|avg|mean)$|^(?:rating|stars)$/;
const countNames = /^(?:(?:num|number of|total) )?(?:ratings?|reviews?)(?: count)?$/;
const valueNames = /^(?:stars|rating|score|grade)$/;

/** Where beside the number of ratings a row says how good they are on average; null where it does not. */
export function averageBeside(row: JsonObject, count: readonly string[]): readonly string[] | null {
  const around = count.slice(0, -1);
  const object = readAt(row, around);
  if (!countNames.test(phraseOf(count.at(-1) ?? '')) || object === undefined || !isObject(object)) return null;
  const name = Object.keys(object).find((one) => averageNames.test(phraseOf(one)) && one !== count.at(-1));
  const held = name === undefined ? undefined : object[name];
  return name !== undefined && (held === null || typeof held === 'number') ? [...around, name] : null;
}

/** What may be said of the average of some ratings, best first: nothing where there are none, or none says a number. */
export function averageOf(rows: readonly Json[]): readonly Json[] {
  const values = rows.flatMap((row) => {
    const inner = isObject(row) && isObject(row.attributes) ? { ...row.attributes, ...row } : row;
    const name = isObject(inner)
      ? Object.keys(inner).find((one) => typeof inner[one] === 'number' && valueNames.test(phraseOf(one)))
      : undefined;
    return name === undefined ? [] : [Number((inner as JsonObject)[name])];
  });
  if (rows.length === 0) return [null, 0];
  if (values.length < rows.length) return [];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [Math.round(mean * 10) / 10, Math.round(mean)];
}

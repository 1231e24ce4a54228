import type { Document } from '../../document/index.js';
import { child, pointerOf } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { cookiePairs } from '../parameter/cookies.js';
import { queryPairs } from '../parameter/pairs.js';
import { readParameter, type Source } from '../parameter/read.js';
import { parameterReader } from '../parameter/reader.js';
import type { NamedExample, Parameter } from '../types.js';

/**
 * The examples of a Parameter or Header Object that are given as they stand on the wire alone, with `serializedValue`
 * (OpenAPI 3.2, 4.19): read as its style says. What cannot be read so is none.
 * @param value the object as written
 */
export function serializedExamples(parameter: Parameter, value: JsonObject, document: Document): NamedExample[] {
  const named = child(value, 'examples');
  return Object.entries(isObject(named) ? named : {}).flatMap(([name, item]): NamedExample[] => {
    const found = document.resolve(item, parameter.pointer + pointerOf('examples', name));
    const text = child(found.value, 'serializedValue');
    const isData = ['dataValue', 'value'].some((member) => child(found.value, member) !== undefined);
    if (typeof text !== 'string' || isData) return [];
    const read = readParameter(parameterReader(parameter, document), sourceOf(parameter, text));
    if (!('value' in read) || read.violations.length > 0) return [];
    return [{ name, value: read.value as Json, pointer: found.pointer + pointerOf('serializedValue') }];
  });
}

/** In queries and cookies the name stands before the value. */
function sourceOf({ in: place, name }: Parameter, text: string): Source {
  const whole: Source = { get: () => [text], pairs: null, unclaimed: () => [] };
  if (place !== 'query' && place !== 'cookie') return whole;
  const pairs = place === 'query' ? queryPairs(`?${text.replace(/^\?/, '')}`) : cookiePairs(text);
  const others = [...pairs.byName.keys()].filter((each) => each !== name);
  if (!text.includes('=')) return whole;
  return { get: (asked) => pairs.byName.get(asked), pairs, unclaimed: () => others };
}

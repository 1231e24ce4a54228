import type { Faker } from '@faker-js/faker';
import type { Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { fakerFor } from '../draw.js';
import { commonName } from '../older-names.js';
import { Random } from '../random.js';
import { meaningOf, type Named } from './find.js';

interface Call {
  readonly name: string;
  readonly parameters: readonly Json[];
  readonly result: unknown;
}

/** A draw that goes several ways shows it in so many. */
const draws = 8;

/**
 * What a text member means as `x-faker`, which any Faker from 6 on understands; null where its name says nothing, or what no one
 * function makes.
 */
export function namedCall(named: Named): Json | null {
  const { string } = meaningOf(named);
  if (string === null) return null;
  const seen = new Map<string, Json>();
  for (let seed = 1; seed <= draws; seed++) {
    const calls: Call[] = [];
    const context = { owner: phraseOf(named.owner), image: () => '' };
    const text = string(observed(fakerFor(new Random(seed)), calls), context);
    const [call, ...others] = calls;
    const name = call && commonName(call.name);
    if (!call || others.length > 0 || name === undefined) return null;
    if (String(call.result).toLowerCase() !== text.toLowerCase()) return null;
    // What other functions take has changed since.
    const written = name === 'helpers.arrayElement' ? { [name]: [...call.parameters] } : name;
    seen.set(JSON.stringify(written), written);
  }
  const [only, ...others] = seen.values();
  return only === undefined || others.length > 0 ? null : only;
}

/** Faker, and what is asked of it. What its functions ask of each other is theirs. */
function observed(faker: Faker, calls: Call[]): Faker {
  const module = (holder: string, functions: object): object =>
    new Proxy(functions, {
      get(target, method) {
        const own: unknown = Reflect.get(target, method);
        if (typeof own !== 'function') return own;
        return (...parameters: Json[]) => {
          const result: unknown = Reflect.apply(own, target, parameters);
          calls.push({ name: `${holder}.${String(method)}`, parameters, result });
          return result;
        };
      },
    });
  return new Proxy(faker, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      return typeof own === 'object' && own !== null ? module(String(name), own) : own;
    },
  });
}

import { CounterproofError } from '../errors.js';
import type { Locale } from './draw.js';

/**
 * What Faker knows of a language: read when it is asked for, since each is large.
 * @param name as in `de` or `pt-BR`
 * @throws CounterproofError where Faker has none of this name
 */
export async function readLocale(name: string): Promise<Locale> {
  const file = name.replace('-', '_');
  const wanted = /^[a-z]{2,3}(_[A-Za-z]+)*$/.test(file) ? `@faker-js/faker/locale/${file}` : null;
  try {
    if (wanted !== null) return ((await import(/* @vite-ignore */ wanted)) as { faker: Locale }).faker;
  } catch {
    // Said below.
  }
  throw new CounterproofError('USAGE', [
    {
      message: `There is no locale ${JSON.stringify(name)}`,
      expected: 'one of https://fakerjs.dev/guide/localization, such as de, fr, ja or pt_BR',
    },
  ]);
}

import { expect, test } from 'vitest';
import { fromPrism } from './prism-spelling.js';

const spelled = (line: string) => fromPrism(line.split(' ')).join(' ');

test('a command line of Prism is read as it was meant there', () => {
  expect(spelled('-p 4010 openapi.yaml -d --errors --ignoreExamples')).toBe(
    '-p 4010 openapi.yaml -d --errors --ignore-examples',
  );
  expect(spelled('openapi.yaml -h 0.0.0.0 -m -v warn')).toBe('openapi.yaml --host 0.0.0.0 --quiet');
  expect(spelled('--verboseLevel=debug -h localhost openapi.yaml')).toBe('--host localhost openapi.yaml');
  expect(spelled('-d --json-schema-faker-fillProperties=false --cors=false openapi.yaml')).toBe(
    '-d --cors=false openapi.yaml',
  );
  expect(spelled('--multiprocess=false openapi.yaml --ignoreExamples=true')).toBe(
    'openapi.yaml --ignore-examples=true',
  );
});

test('a seed that is a text is always the same number', () => {
  const [, , , seed] = fromPrism(['--compat', 'prism', '--seed', 'abc']);
  expect(seed).toMatch(/^\d+$/);
  expect(fromPrism(['--seed=abc', '--compat=prism'])).toEqual(['--seed', seed, '--compat=prism']);
  expect(spelled('--compat prism --seed 7')).toBe('--compat prism --seed 7');
  expect(spelled('--seed abc')).toBe('--seed abc');
});

test('-h alone is help, and what is no level of a log is no value', () => {
  expect(spelled('-h')).toBe('-h');
  expect(spelled('openapi.yaml -h openapi.yaml')).toBe('openapi.yaml -h openapi.yaml');
  expect(spelled('-v openapi.yaml')).toBe('-v openapi.yaml');
  expect(spelled('openapi.yaml -- -h 0.0.0.0')).toBe('openapi.yaml -- -h 0.0.0.0');
});

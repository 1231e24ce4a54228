import type { Mock } from '../mock/index.js';
import { resultOf } from '../operation/index.js';
import { namedRequests } from './requests.js';

interface HttpFile {
  readonly text: string;
  readonly notes: readonly string[];
}

/** A `.http` file, as editors send it: a valid request of each operation, and one for each scripted case. */
export function httpFile(mock: Mock): HttpFile {
  return resultOf(writingHttpFile(mock));
}

export function* writingHttpFile(mock: Mock): Generator<null, HttpFile> {
  const { requests, baseUrl, variables, notes } = yield* namedRequests(mock, (name) => `{{${name}}}`);
  const head = [`@baseUrl = ${baseUrl}`, ...variables.map((name) => `@${name} = counterproof`)];
  const blocks = requests.map(({ name, operation, method, target, headers, body }) => {
    const summary = operation.summary === '' ? [] : [`# ${operation.summary.replaceAll(/\s+/g, ' ')}`];
    const fields = headers.map(([field, value]) => `${field}: ${value}`);
    return [
      `### ${name}`,
      ...summary,
      `${method} {{baseUrl}}${target}`,
      ...fields,
      ...(body === null ? [] : ['', body]),
    ];
  });
  return { text: `${[head, ...blocks].map((lines) => lines.join('\n')).join('\n\n')}\n`, notes };
}

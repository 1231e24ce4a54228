/** A request as it is sent. */
export interface SentRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
}

/** What a browser sets itself, or does not let a page set (Fetch, 2.2.2). */
const setByBrowser =
  /^(?:accept-(?:charset|encoding)|connection|content-length|cookie|date|dnt|expect|host|keep-alive|origin|referer|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/i;

/** The fields that a page can send. */
export const fieldsOf = ({ headers }: SentRequest): Record<string, string> =>
  Object.fromEntries(
    headers.filter(([name, value]) => !setByBrowser.test(name) && !(name === 'accept' && value === '*/*')),
  );

const literal = (value: unknown, indent = ''): string => JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);

/** JavaScript that sends a request. @param baseUrl where the mock is, without a slash at the end */
export function fetchSnippet(request: SentRequest, baseUrl: string): string {
  const fields = fieldsOf(request);
  const init = [
    ...(request.method === 'GET' ? [] : [`method: ${literal(request.method)}`]),
    ...(Object.keys(fields).length === 0 ? [] : [`headers: ${literal(fields, '  ')}`]),
    ...(request.body === null ? [] : [`body: ${bodyExpression(request.body, '  ')}`]),
  ];
  const more = init.length === 0 ? '' : `, {\n  ${init.join(',\n  ')},\n}`;
  return `const response = await fetch(${literal(baseUrl + request.target)}${more});\nconsole.log(response.status, await response.text());\n`;
}

/**
 * A test for `counterproof/playwright` in which a page's request is answered so.
 * @param operation its id
 * @param answer what was answered
 */
export function playwrightSnippet(
  request: SentRequest,
  operation: string | null,
  answer: { readonly status: number; readonly body: string } | null,
): string {
  const fields = fieldsOf(request);
  const options = [
    `method: ${literal(request.method)}`,
    ...(Object.keys(fields).length === 0 ? [] : [`headers: ${literal(fields, '    ')}`]),
    ...(request.body === null ? [] : [`data: ${literal(request.body)}`]),
  ];
  const use =
    operation === null || answer === null
      ? ''
      : `  await mock.use(${literal(operation)}, { status: ${answer.status}${bodyMember(answer.body)} });\n`;
  return `import { expect, test } from 'counterproof/playwright';

test(${literal(`${request.method} ${request.target.split('?')[0]}`)}, async ({ page, mock }) => {
${use}  await page.goto('/');
  const status = await page.evaluate(
    async ([target, init]) => (await fetch(target, init)).status,
    [${literal(request.target)}, { ${options.join(', ').replace('data:', 'body:')} }] as const,
  );
  expect(status).toBe(${answer?.status ?? 200});
${operation === null ? '' : `  expect(await mock.requests(${literal(operation)})).toHaveLength(1);\n`}});
`;
}

function bodyMember(body: string): string {
  try {
    return `, body: ${literal(JSON.parse(body), '  ')}`;
  } catch {
    return '';
  }
}

/** JSON is written as the object that it is. */
function bodyExpression(body: string, indent: string): string {
  try {
    const value = JSON.parse(body);
    return typeof value === 'object' && value !== null ? `JSON.stringify(${literal(value, indent)})` : literal(body);
  } catch {
    return literal(body);
  }
}

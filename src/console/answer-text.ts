import type { Active, Preview } from './payloads.js';

/** An answer as somebody types it. */
export interface AnswerText {
  readonly status: string;
  /** `Name: value`, a line each. */
  readonly headers: string;
  readonly body: string;
}

type Answer = NonNullable<Preview['answer']>;

const isJson = (contentType: string | null): boolean => /[/+]json\b/i.test(contentType ?? '');

/** What there is to begin with. */
export function textOfAnswer({ status, body }: Pick<Answer, 'status' | 'body'>): AnswerText {
  return { status: String(status), headers: '', body: indented(body) };
}

/** JSON as a person reads it; everything else as it was. */
export function indented(body: string): string {
  if (!/^\s*[[{]/.test(body)) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/**
 * What was typed, as it can be made active; or what is wrong with it, in a sentence.
 * @param contentType of the answer that there was: what is no JSON is one text
 */
export function readAnswer(
  { status, headers, body }: AnswerText,
  contentType: string | null,
  offContract: boolean,
): Active | string {
  if (!/^[2-5]\d\d$/.test(status)) return 'The status is a number from 200 to 599.';
  const fields: Record<string, string> = {};
  for (const line of headers.split('\n').filter((one) => one.trim() !== '')) {
    const [, name, value] = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined) return `${JSON.stringify(line)} is no header: write Name: value.`;
    fields[name] = value ?? '';
  }
  const active: Active = {
    status: Number(status),
    ...(headers.trim() !== '' && { headers: fields }),
    ...(offContract && { offContract }),
  };
  if (body.trim() === '') return active;
  if (contentType !== null && !isJson(contentType)) return { ...active, body };
  try {
    return { ...active, body: JSON.parse(body) };
  } catch (error) {
    return `The body is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

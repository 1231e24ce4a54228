import { isSecretName } from '../../text/private.js';
import { isObject } from '../../text/value.js';
import type { Answer, HttpRequest } from '../http.js';

/** In longer bodies, in bytes, nothing is looked for. */
const longest = 1024 * 1024;

/** The texts and numbers in a body of JSON or of a form that have the name of a secret, such as `password`. */
export function secretsInBody({ body, headers }: Pick<HttpRequest | Answer, 'body' | 'headers'>): readonly string[] {
  if (body === null || body.length > longest) return [];
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  if (/^application\/x-www-form-urlencoded/i.test(String(headers['content-type'] ?? ''))) {
    return [...new URLSearchParams(text)].flatMap(([name, value]) => (isSecretName(name) ? [value] : []));
  }
  try {
    return secretsInValue(JSON.parse(text));
  } catch {
    return [];
  }
}

/** Without a call for each level, of which there may be any number. */
function secretsInValue(root: unknown): string[] {
  const secrets: string[] = [];
  const waiting: { readonly value: unknown; readonly isSecret: boolean }[] = [{ value: root, isSecret: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, isSecret } = next;
    if ((typeof value === 'string' || typeof value === 'number') && isSecret) secrets.push(String(value));
    else if (Array.isArray(value)) for (const item of value) waiting.push({ value: item, isSecret });
    else if (isObject(value)) {
      for (const [name, member] of Object.entries(value)) waiting.push({ value: member, isSecret: isSecretName(name) });
    }
  }
  return secrets;
}

import { isSecretCookie, isSecretName } from '../../text/private.js';
import { isObject } from '../../text/value.js';
import type { Answer, HttpRequest } from '../http.js';
import { isJson, type MediaType, parseMediaType } from '../media-type.js';
import { BodyBudget, openBodyLimits } from './limits.js';
import { readParts } from './multipart.js';
import { parseXml, type XmlElement } from './xml/parse.js';

/** In longer bodies, in bytes, nothing is looked for. */
const longest = 1024 * 1024;

/** The texts and numbers in a body of JSON, XML or a form that have the name of a secret, such as `password`. */
export function secretsInBody({ body, headers }: Pick<HttpRequest | Answer, 'body' | 'headers'>): readonly string[] {
  if (body === null || body.length > longest) return [];
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return secretsIn(bytes, String(headers['content-type'] ?? 'application/json'));
}

type Fields = readonly (readonly [name: string, value: string | readonly string[]])[];

/** What an answer hands out that lets a client in later: the same of its body, and cookies that do (`secretCookies`). */
export function secretsHandedOut(fields: Fields, body: Answer['body']): readonly string[] {
  const type = fields.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const headers = type === undefined ? {} : { 'content-type': String(type) };
  return [...secretCookies(fields), ...secretsInBody({ body, headers })];
}

/** The values that Set-Cookie sets (RFC 6265, 4.1) and that are secrets: by their name, or since no script may read them. */
export function secretCookies(fields: Fields): readonly string[] {
  const cookies = fields.flatMap(([name, value]) => (name.toLowerCase() === 'set-cookie' ? value : []));
  return cookies.flatMap((cookie) => {
    const [pair = '', ...attributes] = cookie.split(';');
    const at = pair.indexOf('=');
    const value = pair.slice(at + 1).trim();
    const isHidden = attributes.some((attribute) => attribute.trim().toLowerCase() === 'httponly');
    return value !== '' && (isHidden || isSecretCookie(pair.slice(0, at).trim())) ? [value] : [];
  });
}

function secretsIn(bytes: Uint8Array, mediaType: string): readonly string[] {
  const text = new TextDecoder().decode(bytes);
  const type = parseMediaType(mediaType);
  try {
    if (type?.essence === 'application/x-www-form-urlencoded') {
      return [...new URLSearchParams(text)].flatMap(([name, value]) => (isSecretName(name) ? [value] : []));
    }
    if (type?.essence === 'multipart/form-data')
      return secretsInParts(bytes, type) ?? secretsInPieces(text, piecesOfParts);
    if (type !== null && /(?:^|\+)xml$/.test(type.subtype)) {
      const reading = parseXml(text, new BodyBudget(openBodyLimits));
      return reading.ok === true ? secretsInElement(reading.root) : secretsInPieces(text);
    }
    return secretsInValue(JSON.parse(text));
  } catch {
    return isJson(mediaType) ? secretsInPieces(text) : [];
  }
}

/** null where they cannot be told apart. */
function secretsInParts(bytes: Uint8Array, type: MediaType): string[] | null {
  const reading = readParts(bytes, type.parameters.get('boundary'), new BodyBudget(openBodyLimits));
  if (!reading.ok) return null;
  return reading.parts.flatMap(({ name, mediaType, bytes: content }) => {
    if (isSecretName(name)) return [new TextDecoder().decode(content)];
    // Parts of parts could be as deep as the body is long.
    return mediaType === null || /^multipart\//i.test(mediaType) ? [] : secretsIn(content, mediaType);
  });
}

function secretsInElement(root: XmlElement): string[] {
  const secrets: string[] = [];
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [name, value] of next.attributes) if (isSecretName(name)) secrets.push(value);
    for (const child of next.children) {
      if (typeof child !== 'string') waiting.push(child);
      else if (isSecretName(next.name) && child.trim() !== '') secrets.push(child.trim());
    }
  }
  return secrets;
}

/** A name and what stands behind it: in JSON, in an attribute, in an element, in a form. */
const pieces =
  /(?<![\w.-])([\w.-]{1,64})(?:["']?\s{0,20}[:=]\s{0,20}(?:"((?:[^"\\]|\\.){1,1000})|'([^'\n]{1,1000})|([\w.+/-]{1,1000}))|>([^<\n]{1,1000}))/g;
/** The same in parts: the first line of one. */
const piecesOfParts = /(?<!\w)name="([^"\n]{1,64})"[^\n]{0,200}\n(?:[^\r\n][^\n]{0,200}\n){0,8}\r?\n([^\r\n]{1,1000})/g;

/** The same of what was meant to be one of these and cannot be read: by name, as far as it goes. */
function secretsInPieces(text: string, pattern = pieces): string[] {
  return [...text.matchAll(pattern)].flatMap(([, name = '', ...values]) =>
    isSecretName(name) ? values.filter((value) => value !== undefined) : [],
  );
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

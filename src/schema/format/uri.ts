import { isIpv6 } from './ip.js';

// RFC 3986 and RFC 3987, component by component. Ajv's own expressions for URIs let through what no component may hold
// (brackets in a path, a port of letters), and it has none for IRIs.

/** RFC 3986, appendix B. */
const parts = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const scheme = /^[A-Za-z][A-Za-z0-9+.-]*$/;

const unreserved = "A-Za-z0-9\\-._~!$&'()*+,;=";
// RFC 3987, 2.2: what an IRI may hold besides.
const ucschar =
  '\\u{A0}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFEF}\\u{10000}-\\u{1FFFD}\\u{20000}-\\u{2FFFD}\\u{30000}-\\u{3FFFD}\\u{40000}-\\u{4FFFD}\\u{50000}-\\u{5FFFD}\\u{60000}-\\u{6FFFD}\\u{70000}-\\u{7FFFD}\\u{80000}-\\u{8FFFD}\\u{90000}-\\u{9FFFD}\\u{A0000}-\\u{AFFFD}\\u{B0000}-\\u{BFFFD}\\u{C0000}-\\u{CFFFD}\\u{D0000}-\\u{DFFFD}\\u{E1000}-\\u{EFFFD}';
const iprivate = '\\u{E000}-\\u{F8FF}\\u{F0000}-\\u{FFFFD}\\u{100000}-\\u{10FFFD}';

interface Grammar {
  readonly userinfo: RegExp;
  readonly host: RegExp;
  readonly path: RegExp;
  readonly query: RegExp;
  readonly fragment: RegExp;
}

const uriGrammar = grammar('', '');
const iriGrammar = grammar(ucschar, iprivate);

function grammar(more: string, inQuery: string): Grammar {
  const of = (characters: string) => new RegExp(`^(?:[${unreserved}${more}${characters}]|%[0-9A-Fa-f]{2})*$`, 'u');
  return { userinfo: of(':'), host: of(''), path: of(':@/'), query: of(`:@/?${inQuery}`), fragment: of(':@/?') };
}

export const isUri = (text: string): boolean => matches(text, uriGrammar, true);
export const isUriReference = (text: string): boolean => matches(text, uriGrammar, false);
export const isIri = (text: string): boolean => matches(text, iriGrammar, true);
export const isIriReference = (text: string): boolean => matches(text, iriGrammar, false);

function matches(text: string, rules: Grammar, absolute: boolean): boolean {
  const match = parts.exec(text);
  if (!match) return false;
  const [, schemeText, authority, path = '', query = '', fragment = ''] = match;
  if (schemeText === undefined ? absolute || hasColonFirst(path, authority) : !scheme.test(schemeText)) return false;
  return (
    rules.path.test(path) &&
    rules.query.test(query) &&
    rules.fragment.test(fragment) &&
    (authority === undefined ? true : isAuthority(authority, rules))
  );
}

/** A colon in the first segment of a relative path would be read as the end of a scheme (RFC 3986, 4.2). */
function hasColonFirst(path: string, authority: string | undefined): boolean {
  return authority === undefined && /^[^/]*:/.test(path);
}

function isAuthority(authority: string, rules: Grammar): boolean {
  const at = authority.indexOf('@');
  const rest = authority.slice(at + 1);
  const match = /^(\[[^\]]*\]|[^:]*)(?::([0-9]*))?$/.exec(rest);
  const host = match?.[1];
  return host !== undefined && rules.userinfo.test(authority.slice(0, Math.max(at, 0))) && isHost(host, rules);
}

function isHost(host: string, rules: Grammar): boolean {
  if (!host.startsWith('[')) return rules.host.test(host);
  const literal = host.slice(1, -1);
  return isIpv6(literal) || /^[Vv][0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+$/.test(literal);
}

/** RFC 6570, 2; an apostrophe is a literal (erratum 6937). */
const uriTemplate = new RegExp(
  [
    '^(?:',
    `[^\\u0000-\\u0020\\u007F-\\u009F"<>%\\\\^\`{|}]|%[0-9A-Fa-f]{2}|`,
    '\\{[+#./;?&=,!@|]?VARIABLE(?:,VARIABLE)*\\}',
    ')*$',
  ]
    .join('')
    .replaceAll('VARIABLE', '(?:NAME(?:\\.?NAME)*(?::[1-9][0-9]{0,3}|\\*)?)')
    .replaceAll('NAME', '(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})'),
  'u',
);

export function isUriTemplate(text: string): boolean {
  return uriTemplate.test(text);
}

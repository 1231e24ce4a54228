import { isHostname, isIdnHostname } from './host.js';
import { isIpv4, isIpv6 } from './ip.js';

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const dotString = new RegExp(`^${atom}(?:\\.${atom})*$`);
const quotedString = /^"(?:[ !#-[\]-~]|\\[ -~])*"$/;
// RFC 6531, 3.3: the same, with whatever is not ASCII.
const idnAtom = "(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|[^\\u0000-\\u007F])+";
const idnDotString = new RegExp(`^${idnAtom}(?:\\.${idnAtom})*$`, 'u');
const idnQuotedString = /^"(?:[ !#-[\]-~]|\P{ASCII}|\\[ -~])*"$/u;

/** A Mailbox of RFC 5321, 4.1.2. */
export function isEmail(text: string): boolean {
  return isMailbox(text, (local) => dotString.test(local) || quotedString.test(local), isHostname);
}

/** A Mailbox of RFC 6531, 3.3, whose domain need not be normalized. */
export function isIdnEmail(text: string): boolean {
  return isMailbox(
    text,
    (local) => idnDotString.test(local) || idnQuotedString.test(local),
    (domain) => isIdnHostname(domain.normalize('NFC')),
  );
}

function isMailbox(text: string, isLocal: (local: string) => boolean, isDomain: (domain: string) => boolean): boolean {
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  return at > 0 && isLocal(text.slice(0, at)) && (isDomain(domain) || isAddress(domain));
}

function isAddress(domain: string): boolean {
  const literal = /^\[(.*)\]$/s.exec(domain)?.[1];
  return literal !== undefined && (isIpv4(literal) || (/^IPv6:/i.test(literal) && isIpv6(literal.slice(5))));
}

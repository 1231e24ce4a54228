/** What a value is called that is a secret, in words of lower case. */
const secretNames =
  /(^|_)(pass(word|wd|phrase|code)?|pwd|secret|token|api_?key|access_?key|private_?key|credentials?|authorization|cookie|session(_?id)?|signature|otp|pin|cvv|cvc|ssn|csrf|xsrf|jwt)($|_)/;
/** What a value is called that says who a person is. */
const personalNames =
  /(^|_)(e?_?mail|phone|mobile|tel|fax|(first|last|given|family|full|middle|maiden|sur)_?name|surname|street(_?\d)?|address(_?line)?(_?\d)?|birth(_?day|_?date|date|day)?|dob|passport|iban|bic|tax_?id|card_?number|account_?number|ip(_?address)?)($|_)/;
const email = /[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/g;
/** A JSON Web Token, and keys with the prefixes of well-known services. */
const knownSecrets =
  /\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*|\b(?:sk|pk|rk|ghp|gho|ghs|xox[abp]|glpat|AKIA)[-_]?[A-Za-z0-9_-]{12,}/g;
/** What is long and looks thrown may be a secret; keys of rows are UUIDs, numbers and hexadecimal. */
const mayBeThrown = /^[A-Za-z0-9_+/=-]{24,}$/;
const isKey = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]+|\d+)$/i;
/** Bits for each character, above which a text is taken for thrown. */
const thrownEntropy = 3.8;

/** Whether what has this name is a secret, or says who a person is. */
export function isPrivateName(name: string): boolean {
  return isSecretName(name) || personalNames.test(wordsOf(name));
}

/** Whether what has this name is a secret. */
export function isSecretName(name: string): boolean {
  return secretNames.test(wordsOf(name));
}

/** Whether a cookie with this name lets its bearer in: frameworks write its words as one (`PHPSESSID`, `connect.sid`). */
export function isSecretCookie(name: string): boolean {
  return isSecretName(name) || /sess|sid$|auth|csrf|xsrf|token|jwt|remember/i.test(name);
}

function wordsOf(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[-.\s]/g, '_')
    .toLowerCase();
}

/** A text with something in the place of what is a secret, or an address of mail, by its looks. */
export function withoutPrivate(text: string, replaced: (found: string) => string): string {
  if (mayBeThrown.test(text) && !isKey.test(text) && entropyOf(text) > thrownEntropy) return replaced(text);
  return text.replace(email, replaced).replace(knownSecrets, replaced);
}

/** Shannon's, in bits for each character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let sum = 0;
  for (const count of counts.values()) sum -= (count / text.length) * Math.log2(count / text.length);
  return sum;
}

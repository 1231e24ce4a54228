/** What the expressions of other languages hold that ECMA-262 does not read, or reads as something else. */
const foreign = /\\[AzZhae]|\(\?[a-z]+\)|\(\?[a-z]*(?:-[a-z]+)?:|\(\?P|\(\?#|\[:\^?[a-z]+:\]/;

/**
 * An expression between its delimiters, with flags behind. By the letter nothing matches where an anchor stands inside of
 * a slash, so there it can mean nothing else.
 */
const delimited = /^\/(?<body>\^[\s\S]*|[\s\S]*[^\\]\$)\/(?<modifiers>[a-z]*)$/;

const tokens =
  /\(\?#[^)]*\)|\(\?(?<flags>[a-z]+)\)|\(\?(?<on>[a-z]*)(?:-(?<off>[a-z]+))?:|\(\?P=(?<again>\w+)\)|\(\?P?(?<name><[^>=!]+>)|(?<open>\((?:\?<?[=!])?)|(?<close>\))|(?<class>\[(?:\\[\s\S]|\[:\^?[a-z]+:\]|[^\]\\])*\])|(?<escape>\\(?:k<[^>]*>|[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[\s\S]))|(?<other>[\s\S])/gu;

const members =
  /(?<escape>\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[\s\S]))|\[:(?<posix>\^?[a-z]+):\]|(?<low>[^\\])-(?<high>[^\\])|(?<one>[\s\S])/gu;

const escapes: Readonly<Record<string, string>> = {
  '\\A': '^',
  '\\z': '$',
  '\\Z': '$',
  '\\h': '[ \\t]',
  '\\a': '\\x07',
  '\\e': '\\x1b',
};

const posixClasses: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  xdigit: '0-9a-fA-F',
  word: '\\w',
  punct: '!-\\/:-@\\[-`{-~',
  cntrl: '\\x00-\\x1f\\x7f',
  print: '\\x20-\\x7e',
  graph: '\\x21-\\x7e',
};

/** Flags in force: `i` ignores case, `s` lets a dot match the end of a line. */
interface Flags {
  readonly i: boolean;
  readonly s: boolean;
}

class Untranslatable extends Error {}

/**
 * A regular expression of PCRE, Python, Java, .NET, Ruby or Go in the words of ECMA-262: anchors (`\A`, `\z`, `\Z`), flags
 * (`(?i)`, `(?s)`), delimiters (`/^…$/i`), named groups of Python, comments and POSIX classes.
 *
 * @returns null where it holds nothing of that kind, or something that ECMA-262 cannot say
 */
export function ecmaPattern(pattern: string): string | null {
  const { body = pattern, modifiers } = delimited.exec(pattern)?.groups ?? {};
  if (modifiers === undefined && !foreign.test(pattern)) return null;
  try {
    // Whether all matches are sought, or one, says nothing of what matches.
    return translated(body, changed({ i: false, s: false }, modifiers?.replaceAll(/[gy]/g, '') ?? '', ''));
  } catch (error) {
    if (error instanceof Untranslatable) return null;
    throw error;
  }
}

function translated(pattern: string, whole: Flags): string {
  const outer: Flags[] = [];
  let flags = whole;
  let result = '';
  for (const { 0: token, groups = {} } of pattern.matchAll(tokens)) {
    if (groups.on !== undefined || groups.name !== undefined || groups.open !== undefined) outer.push(flags);
    if (groups.close !== undefined) flags = outer.pop() ?? flags;
    if (groups.flags !== undefined) flags = changed(flags, groups.flags, '');
    if (groups.on !== undefined) flags = changed(flags, groups.on, groups.off ?? '');
    result += translatedToken(token, groups, flags);
  }
  return result;
}

function translatedToken(token: string, groups: Readonly<Record<string, string>>, flags: Flags): string {
  if (groups.on !== undefined) return '(?:';
  if (groups.name !== undefined) return `(?${groups.name}`;
  if (groups.open !== undefined || groups.close !== undefined) return token;
  if (groups.again !== undefined) return `\\k<${groups.again}>`;
  if (groups.class !== undefined) return translatedClass(token, flags);
  if (groups.escape !== undefined) return translatedEscape(token, flags);
  if (groups.other === undefined) return '';
  if (token === '.' && flags.s) return '[\\s\\S]';
  return flags.i ? bothCases(token, (both) => `[${both}]`) : token;
}

function translatedEscape(token: string, { i }: Flags): string {
  if (i && /^\\(?:[1-9k]|[ux])/.test(token)) throw new Untranslatable();
  return Object.hasOwn(escapes, token) ? (escapes[token] as string) : token;
}

function changed(flags: Flags, on: string, off: string): Flags {
  // `u` asks for what holds here anyway.
  if (/[^isu]/.test(on + off)) throw new Untranslatable();
  return {
    i: (flags.i || on.includes('i')) && !off.includes('i'),
    s: (flags.s || on.includes('s')) && !off.includes('s'),
  };
}

function translatedClass(source: string, { i }: Flags): string {
  const start = source.startsWith('[^') ? '[^' : '[';
  let result = start;
  for (const { 0: member, groups = {} } of source.slice(start.length, -1).matchAll(members)) {
    const { posix, low, high, one } = groups;
    if (posix !== undefined) {
      if (!Object.hasOwn(posixClasses, posix)) throw new Untranslatable();
      result += i && /^(?:upper|lower)$/.test(posix) ? posixClasses.alpha : posixClasses[posix];
    } else if (i && one !== undefined) {
      result += bothCases(one, (both) => both);
    } else {
      result += member;
      if (i && low !== undefined && high !== undefined) result += otherCase(low, high);
    }
  }
  return `${result}]`;
}

function bothCases(character: string, write: (both: string) => string): string {
  const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
  return lower === upper || lower.length !== upper.length ? character : write(lower + upper);
}

/** The letters of a range of characters, in the other case. */
function otherCase(low: string, high: string): string {
  const part = (first: string, last: string, cased: (letter: string) => string) => {
    const [from, to] = [low > first ? low : first, high < last ? high : last];
    return from <= to ? `${cased(from)}-${cased(to)}` : '';
  };
  return part('a', 'z', (letter) => letter.toUpperCase()) + part('A', 'Z', (letter) => letter.toLowerCase());
}

import { type CharacterClass, classTest, type PatternNode } from './syntax.js';

/** The fewest characters that a match has. */
export function shortestMatch(node: PatternNode): number {
  switch (node.kind) {
    case 'text':
      return [...node.text].length;
    case 'class':
      return 1;
    case 'sequence':
      return node.nodes.reduce((sum, inner) => sum + shortestMatch(inner), 0);
    case 'either':
      return node.options.reduce((least, one) => Math.min(least, shortestMatch(one)), Number.POSITIVE_INFINITY);
    case 'repeat':
      return node.minimum === 0 ? 0 : node.minimum * shortestMatch(node.node);
    case 'group':
      return shortestMatch(node.node);
    default:
      return 0;
  }
}

/** Alternatives of one character each, of which no two have one in common, as the class that they are; else null. */
export function asClass({ options }: Extract<PatternNode, { kind: 'either' }>): CharacterClass | null {
  const texts = new Set<string>();
  const classes: CharacterClass[] = [];
  for (const option of options) {
    if (option.kind === 'class') classes.push(option);
    else if (option.kind === 'text' && option.text.length === 1 && !texts.has(option.text)) texts.add(option.text);
    else return null;
  }
  const [first] = classes;
  if (classes.length > 1 || (first && [...texts].some((text) => classTest(first)(text.charCodeAt(0))))) return null;
  const escaped = [...texts].map((text) => `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const source = `(?:${[...escaped, ...classes.map(({ source }) => source)].join('|')})`;
  return { kind: 'class', source, flags: first?.flags ?? '' };
}

/** More steps than this are not told apart. */
const mostSteps = 1e12;

/**
 * How many steps a backtracking matcher takes at most to look for a match in a text of a length.
 *
 * Such a matcher tries the ways in which each part can match from one place, and for each of them what comes after. So
 * the ways of a sequence are the product of the ways of its parts, and a repetition has those of each number of rounds.
 */
export function backtrackingSteps(node: PatternNode, length: number): number {
  const { steps } = measure(node, length);
  return isAnchored(node) ? steps + length : steps * (length + 1);
}

/** From one place: in how many ways a part can match, and the steps to try them all. */
interface Measure {
  readonly ways: number;
  readonly steps: number;
}

function measure(node: PatternNode, length: number): Measure {
  switch (node.kind) {
    case 'text':
      return { ways: 1, steps: Math.min(node.text.length, length + 1) };
    case 'class':
    case 'edge':
      return { ways: 1, steps: 1 };
    case 'again':
      return { ways: 1, steps: length + 1 };
    case 'look':
      // Once it has been decided, it is not tried in another way.
      return { ways: 1, steps: measure(node.node, length).steps };
    case 'group':
      return measure(node.node, length);
    case 'either': {
      if (asClass(node)) return { ways: 1, steps: node.options.length };
      const options = node.options.map((option) => measure(option, length));
      return options.reduce(({ ways, steps }, one) => ({ ways: ways + one.ways, steps: steps + one.steps + 1 }));
    }
    case 'sequence':
      return node.nodes.map((inner) => measure(inner, length)).reduce(followed, { ways: 1, steps: 1 });
    case 'repeat': {
      const body = measure(node.node, length);
      // A round beyond the minimum that takes nothing is not tried.
      const rounds = Math.min(node.maximum, length + 1 + (shortestMatch(node.node) > 0 ? 0 : node.minimum));
      return repeated(body, Math.min(node.minimum, rounds), rounds);
    }
  }
}

function followed(before: Measure, after: Measure): Measure {
  return { ways: before.ways * after.ways, steps: before.steps + before.ways * after.steps };
}

function repeated(body: Measure, minimum: number, maximum: number): Measure {
  if (body.ways === 1) return { ways: maximum - minimum + 1, steps: (body.steps + 1) * maximum + 1 };
  let all: Measure = { ways: 1, steps: 1 };
  let ways = minimum === 0 ? 1 : 0;
  for (let count = 1; count <= maximum; count++) {
    all = followed(all, body);
    if (count >= minimum) ways += all.ways;
    if (all.steps > mostSteps) return { ways: Number.POSITIVE_INFINITY, steps: Number.POSITIVE_INFINITY };
  }
  return { ways, steps: all.steps };
}

/** Whether it can only match from the beginning of a text. */
function isAnchored(node: PatternNode): boolean {
  switch (node.kind) {
    case 'edge':
      return node.at === 'start' && !node.everyLine;
    case 'group':
      return isAnchored(node.node);
    case 'either':
      return node.options.every(isAnchored);
    case 'sequence':
      return node.nodes.slice(0, 1).some(isAnchored);
    default:
      return false;
  }
}

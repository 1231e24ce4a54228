import { compilePattern } from '../../schema/keywords.js';
import type { Random } from '../random.js';
import { type PatternNode, parsePattern } from './pattern-syntax.js';

export interface Lengths {
  readonly minimum: number;
  readonly maximum: number;
}

const attempts = 80;
/** The attempts at a long text are fewer, so that they take no longer together. */
const mostWritten = 200_000;
/** Longer than this, a text for a pattern is not written. */
const longest = 1_000_000;

/**
 * A text that matches a pattern, of a length between bounds, for the patterns that json-schema-faker gets
 * wrong: escapes by code, Unicode properties, lookaheads, back references, lengths. null: none was found.
 */
export function sampleOf(pattern: string, random: Random, lengths: Lengths): string | null {
  const expression = compilePattern(pattern);
  const node = expression && parsePattern(pattern);
  const least = node ? shortest(node) : 0;
  if (!node || Math.max(least, lengths.minimum) > longest) return null;
  const most = Math.min(lengths.maximum, Math.max(lengths.minimum, least + 12));
  const affordable = Math.max(2, Math.min(attempts, mostWritten / Math.max(least, lengths.minimum, 1)));
  for (let attempt = 0; attempt < affordable; attempt++) {
    const stream = random.child(attempt);
    const wanted =
      attempt % 3 === 2 ? lengths.minimum : stream.integer(Math.max(lengths.minimum, least), Math.max(most, least));
    const writer = new Writer(stream, Math.max(0, wanted - least));
    const text = fitted(withAheads(writer.write(node), writer, stream), lengths, pattern);
    const length = [...text].length;
    if (length >= lengths.minimum && length <= lengths.maximum && expression.test(text)) return text;
  }
  return null;
}

/** The least number of characters that a text for a node can have. */
export function shortest(node: PatternNode): number {
  switch (node.kind) {
    case 'text':
      return [...node.text].length;
    case 'class':
      return 1;
    case 'sequence':
      return node.nodes.reduce((sum, inner) => sum + shortest(inner), 0);
    case 'either':
      return Math.min(...node.options.map(shortest));
    case 'repeat':
      return node.minimum === 0 ? 0 : node.minimum * shortest(node.node);
    case 'group':
      return shortest(node.node);
    case 'again':
    case 'ahead':
      return 0;
  }
}

/** What json-schema-faker can do with a pattern: it writes repetitions up to five times more than needed. */
export function isModest(pattern: string): boolean {
  const node = parsePattern(pattern);
  return node === null || longestDrawn(node) <= 5000;
}

function longestDrawn(node: PatternNode): number {
  switch (node.kind) {
    case 'sequence':
      return node.nodes.reduce((sum, inner) => sum + longestDrawn(inner), 0);
    case 'either':
      return Math.max(...node.options.map(longestDrawn));
    case 'repeat':
      return (Math.min(node.maximum, node.minimum + 5) || 0) * longestDrawn(node.node);
    case 'group':
    case 'ahead':
      return longestDrawn(node.node);
    default:
      return shortest(node);
  }
}

/** Whether to test a text that does not match may take for ever: a repetition without limit in another one. */
export function isExplosive(pattern: string): boolean {
  const node = parsePattern(pattern);
  return node !== null && starHeight(node) > 1;
}

function starHeight(node: PatternNode): number {
  switch (node.kind) {
    case 'sequence':
      return Math.max(0, ...node.nodes.map(starHeight));
    case 'either':
      return Math.max(...node.options.map(starHeight));
    case 'repeat':
      return starHeight(node.node) + (node.maximum > 20 ? 1 : 0);
    case 'group':
    case 'ahead':
      return starHeight(node.node);
    default:
      return 0;
  }
}

class Writer {
  readonly aheads: string[] = [];
  private readonly groups = new Map<string, string>();

  constructor(
    private readonly random: Random,
    /** Characters still to be added to the shortest text. */
    private spare: number,
  ) {}

  write(node: PatternNode): string {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'class':
        return this.random.pick(node.characters);
      case 'sequence':
        return node.nodes.map((inner) => this.write(inner)).join('');
      case 'either': {
        const option = this.random.pick(node.options);
        this.spare -= shortest(option) - shortest(node);
        return this.write(option);
      }
      case 'repeat':
        return this.repeat(node);
      case 'group': {
        const text = this.write(node.node);
        for (const name of node.names) this.groups.set(name, text);
        return text;
      }
      case 'again':
        return this.groups.get(node.name) ?? '';
      case 'ahead':
        this.aheads.push(new Writer(this.random, 0).write(node.node));
        return '';
    }
  }

  private repeat({ node, minimum, maximum }: Extract<PatternNode, { kind: 'repeat' }>): string {
    const pieces: string[] = [];
    for (let count = 0; count < minimum; count++) pieces.push(this.write(node));
    const each = Math.max(1, shortest(node));
    const share = this.random.chance(0.5) ? this.spare : this.random.integer(0, Math.max(0, this.spare));
    const more = Math.min(maximum - minimum, Math.floor(share / each));
    for (let count = 0; count < more && this.spare > 0; count++) {
      this.spare -= each;
      pieces.push(this.write(node));
    }
    return pieces.join('');
  }
}

/** Puts what the lookaheads ask for somewhere into the text. */
function withAheads(text: string, writer: Writer, random: Random): string {
  let result = text;
  for (const ahead of writer.aheads) {
    const room = result.length - ahead.length;
    const at = random.integer(0, Math.max(0, room));
    result = result.slice(0, at) + ahead + result.slice(at + ahead.length);
  }
  return result;
}

/** A pattern without an anchor matches anywhere in a text, so that the rest may be anything. */
function fitted(text: string, { minimum }: Lengths, pattern: string): string {
  const missing = minimum - [...text].length;
  if (missing <= 0) return text;
  return pattern.endsWith('$') && !pattern.endsWith('\\$') ? 'a'.repeat(missing) + text : text + 'a'.repeat(missing);
}

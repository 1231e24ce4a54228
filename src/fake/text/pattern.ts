import { compilePattern } from '../../schema/pattern/pattern.js';
import type { PatternNode } from '../../schema/pattern/syntax.js';
import { shortestMatch } from '../../schema/pattern/work.js';
import type { Random } from '../random.js';
import { charactersOf } from './character-class.js';

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
  const node = expression?.node;
  const least = node ? shortestMatch(node) : 0;
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

/** What json-schema-faker can do with a pattern: it writes repetitions up to five times more than needed. */
export function isModest(pattern: string): boolean {
  const node = compilePattern(pattern)?.node ?? null;
  return node === null || longestDrawn(node) <= 5000;
}

function longestDrawn(node: PatternNode): number {
  switch (node.kind) {
    case 'sequence':
      return node.nodes.reduce((sum, inner) => sum + longestDrawn(inner), 0);
    case 'either':
      return node.options.reduce((most, one) => Math.max(most, longestDrawn(one)), 0);
    case 'repeat':
      return (Math.min(node.maximum, node.minimum + 5) || 0) * longestDrawn(node.node);
    case 'group':
      return longestDrawn(node.node);
    case 'look':
      return node.ahead && node.holds ? longestDrawn(node.node) : 0;
    default:
      return shortestMatch(node);
  }
}

class Writer {
  readonly aheads: string[] = [];
  private readonly groups = new Map<number, string>();

  constructor(
    private readonly random: Random,
    /** Characters still to be added to the shortest text. */
    private spare: number,
  ) {}

  write(node: PatternNode): string {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'class': {
        const characters = charactersOf(node);
        return characters.length === 0 ? '' : this.random.pick(characters);
      }
      case 'sequence':
        return node.nodes.map((inner) => this.write(inner)).join('');
      case 'either': {
        const option = this.random.pick(node.options);
        this.spare -= shortestMatch(option) - shortestMatch(node);
        return this.write(option);
      }
      case 'repeat':
        return this.repeat(node);
      case 'group': {
        const text = this.write(node.node);
        if (node.index !== null) this.groups.set(node.index, text);
        return text;
      }
      case 'again':
        return node.indexes.map((index) => this.groups.get(index) ?? '').join('');
      case 'look':
        if (node.ahead && node.holds) this.aheads.push(new Writer(this.random, 0).write(node.node));
        return '';
      case 'edge':
        return '';
    }
  }

  private repeat({ node, minimum, maximum }: Extract<PatternNode, { kind: 'repeat' }>): string {
    const pieces: string[] = [];
    for (let count = 0; count < minimum; count++) pieces.push(this.write(node));
    const each = Math.max(1, shortestMatch(node));
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

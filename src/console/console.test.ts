import fc from 'fast-check';
import type { VNode } from 'preact';
import { describe, expect, test } from 'vitest';
import { choose, isChosen, nameOf, withOption } from './active.js';
import { readEvents } from './events.js';
import { emptyJournal, merge, mostHeld, wanted } from './journal.js';
import { Markdown } from './markdown.js';
import type { Exchange } from './payloads.js';
import { documentLink, operationLink, parseRoute } from './route.js';
import { collectionWord } from './words.js';

const exchange = (number: number, more: Partial<Exchange> = {}): Exchange =>
  ({
    number,
    method: 'GET',
    target: '/word',
    status: 200,
    operation: 'word',
    source: 'fake',
    name: null,
    violations: [],
    ...more,
  }) as Exchange;

describe('what is active', () => {
  test('keeps its delay when something else is chosen, and its probability among faults', () => {
    const late = withOption({ fault: 'reset' }, { delay: 300 });
    expect(choose(late, { status: 422 })).toEqual({ status: 422, delay: 300 });
    const rare = withOption(late, { probability: 0.2 });
    expect(choose(rare, { fault: 'hang' })).toEqual({ fault: 'hang', delay: 300, probability: 0.2 });
    expect(choose(rare, { example: 'x' })).toEqual({ example: 'x', delay: 300 });
  });

  test('is nothing any more when its last option is taken away', () => {
    expect(withOption({ delay: 300 }, { delay: 0 })).toBeNull();
    expect(withOption(null, { delay: 0 })).toBeNull();
    expect(withOption(null, { delay: 300 })).toEqual({ delay: 300 });
  });

  test('has a name that says all of it', () => {
    expect(nameOf({ fault: 'reset', probability: 0.2, delay: 300 })).toBe('reset 20 % +300 ms');
    expect(nameOf({ status: 422 })).toBe('status 422');
    expect(isChosen({ status: 422 }, { status: 422 })).toBe(true);
    expect(isChosen({ example: '422' }, { status: 422 })).toBe(false);
  });
});

describe('server-sent events', () => {
  test('are the same, however the bytes are cut', async () => {
    const text = ': here\n\nevent: journal\ndata: {"a":"ä€😀"}\n\nevent: active\ndata: {}\n\ndata: plain\n\n: bye\n\n';
    const bytes = new TextEncoder().encode(text);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 8 }), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const stream = new ReadableStream<Uint8Array>({
          start(controller) {
            for (const [index, place] of places.entries()) controller.enqueue(bytes.slice(place, places[index + 1]));
            controller.close();
          },
        });
        const read = [];
        for await (const event of readEvents(stream)) read.push(event);
        expect(read).toEqual([
          { name: 'journal', data: '{"a":"ä€😀"}' },
          { name: 'active', data: '{}' },
          { name: 'message', data: 'plain' },
        ]);
      }),
    );
  });
});

describe('the journal', () => {
  test('is the same, in whatever order and however often its parts come', () => {
    const part = fc.record({ from: fc.integer({ min: 1, max: 40 }), count: fc.integer({ min: 0, max: 20 }) });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const last = 60;
        const numbers = new Set<number>();
        let state = { ...emptyJournal, last };
        for (const { from, count } of parts) {
          const exchanges = Array.from({ length: count }, (_, index) => exchange(from + index));
          for (const { number } of exchanges) numbers.add(number);
          state = merge(state, { exchanges, last, since: 0, dropped: 0 });
        }
        expect(state.exchanges.map(({ number }) => number)).toEqual([...numbers].sort((a, b) => a - b));
      }),
    );
  });

  test('is bounded, lets go of what the mock dropped, and begins anew with another mock', () => {
    const many = Array.from({ length: mostHeld + 50 }, (_, index) => exchange(index + 1));
    const full = merge(emptyJournal, { exchanges: many, last: mostHeld + 50, since: 0, dropped: 0 });
    expect(full.exchanges).toHaveLength(mostHeld);
    expect(full.exchanges.at(-1)?.number).toBe(mostHeld + 50);
    expect(merge(full, { exchanges: [], last: mostHeld + 50, since: 0, dropped: mostHeld + 50 }).exchanges).toEqual([]);
    const anew = merge(full, { exchanges: [exchange(1)], last: 1, since: 0, dropped: 0 });
    expect(anew.exchanges.map(({ number }) => number)).toEqual([1]);
  });

  test('is filtered by text, status and operation, newest first', () => {
    const violations = [{ message: 'must be a word' }] as unknown as Exchange['violations'];
    const all = [
      exchange(1),
      exchange(2, { status: 422, violations }),
      exchange(3, { operation: 'other', target: '/Other' }),
    ];
    const numbers = (filter: Partial<Parameters<typeof wanted>[1]>) =>
      wanted(all, { text: '', status: '', operation: null, ...filter }).map(({ number }) => number);
    expect(numbers({})).toEqual([3, 2, 1]);
    expect(numbers({ text: 'be word' })).toEqual([2]);
    expect(numbers({ text: 'OTHER' })).toEqual([3]);
    expect(numbers({ status: '2' })).toEqual([3, 1]);
    expect(numbers({ status: 'violations' })).toEqual([2]);
    expect(numbers({ operation: 'word' })).toEqual([2, 1]);
  });
});

test('a nested collection is called by what it is under, and not by its key', () => {
  expect(collectionWord({ name: 'owners', resource: 'owners' })).toBe('owners');
  expect(collectionWord({ name: 'owner dogs ["7","a b"]', resource: 'owner dogs' })).toBe('owner dogs of 7 / a b');
});

describe('links within the console', () => {
  test('lead to the operation or line that they were made of, whatever its name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.integer({ min: 1, max: 1e6 }), (name, line) => {
        expect(parseRoute(operationLink(name))).toEqual({ kind: 'panes', operation: name });
        expect(parseRoute(documentLink({ file: name, line }))).toEqual({ kind: 'document', file: name, line });
      }),
    );
  });

  test('that nobody has made lead nowhere bad', () => {
    expect(parseRoute('#/operation/%zz')).toEqual({ kind: 'panes', operation: '%zz' });
    expect(parseRoute('#/document')).toEqual({ kind: 'document', file: null, line: null });
    expect(parseRoute('')).toEqual({ kind: 'panes', operation: null });
  });
});

describe('a description', () => {
  /** All elements in a tree, with what they are made of. */
  function elements(node: unknown): VNode<Record<string, unknown>>[] {
    if (Array.isArray(node)) return node.flatMap(elements);
    if (typeof node !== 'object' || node === null) return [];
    const vnode = node as VNode<Record<string, unknown>>;
    return [vnode, ...elements(vnode.props.children)];
  }
  const render = (text: string) => elements(Markdown({ text }));
  const tags = (text: string) => render(text).map(({ type }) => type);

  test('has its paragraphs, lists, code, emphasis and links', () => {
    expect(tags('One\ntwo\n\n- a\n- `b`\n\n# Head\n**x** [y](https://example.org)\n\n```\n# no\n```')).toEqual([
      'div',
      'p',
      'ul',
      'li',
      'li',
      'code',
      'p',
      'p',
      'strong',
      'a',
      'pre',
    ]);
  });

  test('links to nothing but http and https, and never is markup', () => {
    const hostile = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) [y](data:text/html,x) <script>1</script>';
    expect(tags(hostile)).toEqual(['div', 'p']);
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { type, props } of render(text)) {
          expect(props).not.toHaveProperty('dangerouslySetInnerHTML');
          if (type === 'a') expect(String(props.href)).toMatch(/^https?:/i);
        }
      }),
    );
  });

  test.each(['[', '*', '`', '**a', '[a](', '- ', '# ', '```\n', '[[['])('of very many %j takes no time', (piece) => {
    render(piece.repeat(1_000_000 / piece.length));
  });
});

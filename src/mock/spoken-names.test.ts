import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, list, object, ref, text } from './library/document.js';

const get = (shown: object) => ({ get: { responses: { 200: answer(shown as never) } } });

test('a text that is called as things are has what one of these is called', () => {
  const Label = object({ id: text, name: text });
  const Category = object({ id: text, slug: text });
  const Card = object({ id: text, labels: list(text), category: text, note: text });
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Cards', version: '1' },
    components: { schemas: { Label, Category, Card } },
    paths: {
      '/labels': get(list(ref('Label'))),
      '/categories': get(list(ref('Category'))),
      '/notes': get(list(ref('Label'))),
      '/cards': get(list(ref('Card'))),
    },
  });
  const names = (path: string, name: string) => read('GET', path).map((one: Record<string, string>) => one[name]);
  const cards: { labels: string[]; category: string; note: string }[] = read('GET', '/cards');
  expect(names('/labels', 'name')).toEqual(expect.arrayContaining(cards.flatMap(({ labels }) => labels)));
  expect(names('/categories', 'slug')).toEqual(expect.arrayContaining(cards.map(({ category }) => category)));
  expect(cards.every(({ labels }) => new Set(labels).size === labels.length)).toBe(true);
  expect(names('/notes', 'name')).not.toContain(cards[0]?.note);
});

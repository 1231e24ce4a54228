import { expect, it } from 'vitest';
import type { ListRole } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import type { Row } from '../row.js';
import { inOrder } from './order.js';

const resource = { listed: () => [], writesNumbers: () => false };
const role = { query: [{ role: 'order', parameter: 'sort', within: [] }], resource } as unknown as ListRole;
const rows = [{ listPrice: 20 }, { listPrice: 3 }, { listPrice: 100 }].map((value) => ({ value }) as unknown as Row);
const pricesBy = (sort: string): Json[] =>
  inOrder(role, { sort }, rows).map(({ value }) => (value as { listPrice: Json }).listPrice);

it.each(['listPrice', 'list_price', 'listprice', 'LIST-PRICE', 'listprice:asc'])('%s names the member', (sort) => {
  expect(pricesBy(sort)).toEqual([3, 20, 100]);
});

it.each(['-listprice', 'listprice desc', 'listPrice:descending'])('%s falls', (sort) => {
  expect(pricesBy(sort)).toEqual([100, 20, 3]);
});

it('sorts by what the first row lacks, which comes last', () => {
  const some = [{ name: 'new' }, ...[20, 3].map((listPrice) => ({ listPrice }))].map(
    (value) => ({ value }) as unknown as Row,
  );
  const sorted = inOrder(role, { sort: 'listPrice' }, some).map(({ value }) => value);
  expect(sorted).toEqual([{ listPrice: 3 }, { listPrice: 20 }, { name: 'new' }]);
});

it('leaves the rows as they are where no member has the name', () => {
  expect(pricesBy('age')).toEqual([20, 3, 100]);
});

it.each([
  ['descending', true, [100, 20, 3]],
  ['desc', 'true', [100, 20, 3]],
  ['descending', false, [3, 20, 100]],
  ['reverse', true, [100, 20, 3]],
  ['ascending', true, [3, 20, 100]],
  ['isAscending', 'false', [100, 20, 3]],
  ['direction', -1, [100, 20, 3]],
  ['direction', 'asc', [3, 20, 100]],
])('%s=%s says which way', (parameter, value, prices) => {
  const directed = {
    ...role,
    query: [...role.query, { role: 'direction', parameter, within: [] }],
  } as unknown as ListRole;
  const sorted = inOrder(directed, { sort: 'listPrice', [parameter]: value }, rows);
  expect(sorted.map((row) => (row.value as { listPrice: Json }).listPrice)).toEqual(prices);
});

it('sorts what can be only a few values by the places that these have in the document', () => {
  const listed = { ...role, resource: { ...resource, listed: () => ['low', 'medium', 'high'] } } as unknown as ListRole;
  const some = ['high', 'low', 'medium', 'high'].map((priority) => ({ value: { priority } }) as unknown as Row);
  const by = (sort: string) =>
    inOrder(listed, { sort }, some).map(({ value }) => (value as { priority: Json }).priority);
  expect(by('priority')).toEqual(['low', 'medium', 'high', 'high']);
  expect(by('-priority')).toEqual(['high', 'high', 'medium', 'low']);
});

it('sorts values as texts where one stands among them that the document does not list, as an example may have it', () => {
  const listed = { ...role, resource: { ...resource, listed: () => ['low', 'medium', 'high'] } } as unknown as ListRole;
  const some = ['high', 'low', 'Low', 'medium', 'urgent'].map(
    (priority) => ({ value: { priority } }) as unknown as Row,
  );
  const sorted = inOrder(listed, { sort: 'priority' }, some).map(
    ({ value }) => (value as { priority: string }).priority,
  );
  expect(sorted).toEqual(['Low', 'high', 'low', 'medium', 'urgent']);
});

it('sorts what the document calls numbers by their values, and what is none behind them', () => {
  const some = ['70', '9', '693', 'none', '66'].map((number) => ({ value: { number } }) as unknown as Row);
  const by = (writesNumbers: boolean) => {
    const asked = { ...role, resource: { ...resource, writesNumbers: () => writesNumbers } } as unknown as ListRole;
    return inOrder(asked, { sort: 'number' }, some).map(({ value }) => (value as { number: Json }).number);
  };
  expect(by(true)).toEqual(['9', '66', '70', '693', 'none']);
  expect(by(false)).toEqual(['66', '693', '70', '9', 'none']);
});

it('sorts resource objects by the type that their attributes have, since their own is the same for all', () => {
  const some = ['share', 'file', 'folder'].map(
    (type) => ({ value: { type: 'x', attributes: { type } } }) as unknown as Row,
  );
  const by = inOrder(role, { sort: 'type' }, some).map(
    ({ value }) => (value as { attributes: { type: Json } }).attributes.type,
  );
  expect(by).toEqual(['file', 'folder', 'share']);
});

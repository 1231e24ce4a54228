import type { Header, Operation } from '../operation/types.js';
import { isObject } from '../text/value.js';
import { withHeader } from './body.js';
import type { Fault, Site } from './types.js';

/** The family of wrong response headers. */
export const headerFaults: readonly Fault[] = [
  {
    id: 'header-dropped',
    family: 'headers',
    summary: 'leaves out a required response header',
    generated: true,
    caughtBy: ['response-headers'],
    unfit: (operation) => (headersOf(operation, isRequired).length === 0 ? 'no response header is required' : null),
    sites: (operation) => sites(headersOf(operation, isRequired), 'required'),
    spoil(answer, context) {
      const header = chosen(context.declared(answer).response?.headers ?? [], isRequired, context.site, 'required');
      return header ? withHeader(answer, header.name, null) : null;
    },
  },
  {
    id: 'header-wrong-type',
    family: 'headers',
    summary: 'sends a word in a response header that holds a number or a boolean',
    caughtBy: ['response-headers'],
    unfit: (operation) => (headersOf(operation, hasPlainType).length === 0 ? 'no response header is typed' : null),
    sites: (operation) => sites(headersOf(operation, hasPlainType), 'schema'),
    spoil(answer, context) {
      const header = chosen(context.declared(answer).response?.headers ?? [], hasPlainType, context.site, 'schema');
      return header ? withHeader(answer, header.name, 'many') : null;
    },
  },
  {
    id: 'header-allow-dropped',
    family: 'headers',
    summary: 'answers 405 without Allow',
    caughtBy: ['method-not-allowed'],
    unfit: () => null,
    spoil: (answer) => (answer.status === 405 ? withHeader(answer, 'Allow', null) : null),
  },
];

function headersOf(operation: Operation, wanted: (header: Header) => boolean): Header[] {
  return operation.responses.flatMap(({ headers }) => headers).filter(wanted);
}

function isRequired({ required, name }: Header): boolean {
  return required && name.toLowerCase() !== 'content-type';
}

function hasPlainType({ schema }: Header): boolean {
  const value = schema?.value;
  return (
    isObject(value as never) && ['integer', 'number', 'boolean'].includes(String((value as { type?: unknown }).type))
  );
}

function sites(headers: readonly Header[], keyword: string): Site[] {
  return headers.map(({ pointer }) => ({ pointer: `${pointer}/${keyword}`, keyword }));
}

function chosen(
  headers: readonly Header[],
  wanted: (header: Header) => boolean,
  site: string | null,
  keyword: string,
): Header | undefined {
  return headers.find((header) => wanted(header) && (site === null || site === `${header.pointer}/${keyword}`));
}

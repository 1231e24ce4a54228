import { type Document, type ServedExchange, withoutCredentials } from '../index.js';

/** What is shown of a request that came with a query: a client that asks the same again is told of in the same words. */
type Request = NonNullable<ServedExchange['request']>;
const shown = new WeakMap<Request, { readonly document: Document; readonly request: Request }>();

/** An exchange as a log shows it: where the document has a credential in the query, its value is left out. */
export function withoutKeys(exchange: ServedExchange, document: Document): ServedExchange {
  const { request } = exchange;
  if (!request?.target.includes('?')) return exchange;
  let known = shown.get(request);
  if (known?.document !== document) {
    known = { document, request: withoutCredentials(request, document, '***') };
    shown.set(request, known);
  }
  return { ...exchange, request: known.request };
}

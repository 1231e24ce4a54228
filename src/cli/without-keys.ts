import { type Document, type ServedExchange, withoutCredentials } from '../index.js';

/** An exchange as a log shows it: where the document has a credential in the query, its value is left out. */
export function withoutKeys(exchange: ServedExchange, document: Document): ServedExchange {
  const { request } = exchange;
  return request?.target.includes('?')
    ? { ...exchange, request: withoutCredentials(request, document, '***') }
    : exchange;
}

import { didYouMeanClause } from '../text/nearest.js';
import { type Draft, type Exchange, emptyDraft } from './context.js';
import { refuse } from './refusal.js';

/** The answer where no operation matches: 405 with what is allowed, 204 to OPTIONS, or 404 with the nearest path. */
export function unmatched(exchange: Exchange): Draft {
  const { request, match, path } = exchange;
  const method = request.method.toUpperCase();
  if (match.kind === 'method-not-allowed') {
    const Allow = [...new Set([...match.allow, 'OPTIONS'])].join(', ');
    if (method === 'OPTIONS') return { ...emptyDraft, status: 204, headers: { Allow } };
    const detail = `${match.path} has no ${method}, it has ${match.allow.join(', ')}`;
    return refuse(exchange, { status: 405, detail, headers: { Allow } });
  }
  if (method === 'OPTIONS' && request.target === '*') return { ...emptyDraft, status: 204 };
  const near = match.kind === 'not-found' && match.nearest !== null ? [match.nearest] : [];
  return refuse(exchange, { status: 404, detail: `The document has no path ${path}${didYouMeanClause(near)}` });
}

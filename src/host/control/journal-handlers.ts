import { type Answer, checkRequest, contentTypeOf } from '../../operation/index.js';
import type { Control } from './control.js';
import { common, done, type Handler, json, problem } from './control-answer.js';
import { showExchange } from './show.js';
import { streamJournal } from './stream.js';

/** What the API has to say of the requests of a session: one of them, pages of them, and each as it comes. */
export function journalHandlers({ mock }: Control): Readonly<Record<string, Handler>> {
  return {
    getExchange({ values, session, baseUrl }) {
      const number = Number(values.path.number);
      const [entry] = session.journal.read({ after: number - 1, wanted: (one) => one.number === number });
      if (entry === undefined) return problem(404, `The journal holds no request ${number}`);
      const { operations } = mock();
      const { request, answer } = entry;
      const match = operations.match(request.method, request.target, request.headers);
      const parts =
        match.kind === 'operation'
          ? checkRequest(operations.compile(match.entry), request, match.pathParameters).values
          : null;
      const when = parts && { path: parts.path, query: parts.query };
      return json({ ...showExchange(entry, mock(), baseUrl, mostBytes), mediaType: mediaTypeIn(answer), when });
    },
    getJournal({ values, session, baseUrl }) {
      const {
        operation,
        after = 0,
        limit = 100,
      } = values.query as { operation?: string; after?: number; limit?: number };
      const wanted =
        operation === undefined
          ? {}
          : { wanted: (entry: { answer: { operationId: string | null } }) => entry.answer.operationId === operation };
      const { journal } = session;
      const entries = journal.read({ after, limit, ...wanted });
      return json({
        exchanges: entries.map((entry) => showExchange(entry, mock(), baseUrl)),
        last: journal.last,
        since: journal.since,
        dropped: journal.last - journal.length,
      });
    },
    clearJournal({ session }) {
      session.clearJournal();
      return done;
    },
    streamJournal: ({ session, baseUrl }) => ({
      status: 200,
      headers: { ...common, 'Content-Type': 'text/event-stream' },
      body: '',
      stream: streamJournal(session, mock, baseUrl),
    }),
  };
}

/** More of one body is cut, in bytes. */
const mostBytes = 2_000_000;

const mediaTypeIn = (answer: Answer): string | null => contentTypeOf(answer).split(';')[0]?.trim() || null;

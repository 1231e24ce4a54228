import type { Rows, RowsWrite } from '../../mock/index.js';
import { didYouMeanClause, nearest } from '../../text/nearest.js';
import { resultInSlices } from '../../text/slices.js';
import type { Json } from '../../text/value.js';
import type { Control } from './control.js';
import { type Call, type ControlAnswer, done, type Handler, json, problem } from './control-answer.js';
import { showViolations } from './show.js';

/** What the API has to say of rows: they are shown, checked, and changed by hand. */
export function rowHandlers({ mock, change }: Control): Readonly<Record<string, Handler>> {
  const rows = (): Rows => mock().rows;
  const nameIn = ({ values }: Call): string => String(values.path.collection);

  function unknown(call: Call): ControlAnswer {
    const name = nameIn(call);
    const known = rows()
      .collections(call.session.state)
      .map((one) => one.name);
    const detail = `There is no collection ${JSON.stringify(name)}${didYouMeanClause(nearest(name, known))}`;
    return problem(404, detail);
  }

  async function write(call: Call, key: string | null, row: Json | null): Promise<RowsWrite | ControlAnswer> {
    const { session } = call;
    let outcome: RowsWrite | ControlAnswer = problem(409, 'The state is larger than is kept');
    await change(session, () => {
      const written = rows().write(nameIn(call), key, row, session.state, session.seed);
      const next = written.ok ? session.state.with(written.changes) : null;
      if (!written.ok || next !== null) outcome = written;
      return written.ok && next !== null ? { change: { kind: 'rows', changes: written.changes }, next } : null;
    });
    return outcome;
  }

  function answerTo(call: Call, written: RowsWrite | ControlAnswer, answer: (key: string) => ControlAnswer) {
    if (!('ok' in written)) return written;
    if (written.ok) return answer(written.key);
    if (written.reason !== 'missing') return problem(written.reason === 'invalid' ? 422 : 409, written.detail);
    const isCollection = rows().page(nameIn(call), call.session.state, call.session.seed, { offset: 0, limit: 0 });
    return isCollection === null ? unknown(call) : problem(404, written.detail);
  }

  const sentRow = ({ values }: Call): Json => (values.body as { row: Json }).row;
  const keyIn = ({ values }: Call): string => String(values.query.key);

  const handlers: Readonly<Record<string, Handler>> = {
    async listCollections({ session }) {
      return json({ collections: await resultInSlices(rows().findingCollections(session.state)) });
    },
    listRows(call) {
      const { session, values } = call;
      const query = values.query as { offset?: number; limit?: number; search?: string; onlyChanged?: boolean };
      const { offset = 0, limit = 25, search, onlyChanged } = query;
      const page = rows().page(nameIn(call), session.state, session.seed, { offset, limit, search, onlyChanged });
      return page === null ? unknown(call) : json(page);
    },
    draftRow(call) {
      const { state, seed } = call.session;
      const name = nameIn(call);
      if (rows().page(name, state, seed, { offset: 0, limit: 0 }) === null) return unknown(call);
      return json({ row: rows().draft(name, state, seed) ?? null });
    },
    checkRow(call) {
      const { state, seed } = call.session;
      const violations = rows().violations(nameIn(call), sentRow(call), state, seed);
      if (violations === null) return unknown(call);
      const { document } = mock().operations;
      return json({ violations: showViolations(violations, document) });
    },
    async addRow(call) {
      return answerTo(call, await write(call, null, sentRow(call)), (key) => ({ ...json({ key }), status: 201 }));
    },
    putRow: async (call) => answerTo(call, await write(call, keyIn(call), sentRow(call)), () => done),
    deleteRow: async (call) => answerTo(call, await write(call, keyIn(call), null), () => done),
  };
  // None of them finds the things of a large document in one go, before all else has.
  const whenReady = (handler: Handler): Handler => {
    return (call) =>
      mock()
        .ready()
        .then(() => handler(call));
  };
  return Object.fromEntries(Object.entries(handlers).map(([id, handler]) => [id, whenReady(handler)]));
}

import { formatDocumentProblem, problemsLine } from '../../document/index.js';
import { State, type StateSnapshot, webhookRequest } from '../../mock/index.js';
import {
  checkRequest,
  checkResponse,
  checkSecurity,
  type HttpRequest,
  type HttpResponse,
  type Operations,
  pathOf,
} from '../../operation/index.js';
import { didYouMeanClause, nearest } from '../../text/nearest.js';
import { isObject } from '../../text/value.js';
import { type Active, type ActiveInput, operationNamed, readActive } from './active.js';
import { type CaseKeeper, saveCase } from './cases.js';
import type { Control } from './control.js';
import {
  type Call,
  type ControlAnswer,
  done,
  type Handler,
  json,
  largeJson,
  problem,
  problemHeaders,
} from './control-answer.js';
import { showCoverage } from './coverage.js';
import { type GuardOptions, refusalOf } from './guard.js';
import { journalHandlers } from './journal-handlers.js';
import { type Drafts, previewAnswer } from './preview.js';
import { rowHandlers } from './rows.js';
import { sessionNameOf } from './sessions.js';
import { showEntry, showOperation } from './show.js';
import { StoreUnavailable } from './store.js';

/** Sends a webhook: what a host can do that has a network. */
export interface WebhookSender {
  /** Why an address may not be sent to, as a sentence without its period; null where it may. */
  addressProblem(address: string): string | null;
  /** @throws Error where nobody answers */
  send(request: HttpRequest, address: string): Promise<HttpResponse>;
}

export interface ControlApiOptions extends GuardOptions {
  /** Absent where none can be sent. */
  readonly webhooks?: WebhookSender;
  readonly drafts: () => Promise<Drafts>;
  /** Absent where no case can be kept. */
  readonly cases?: CaseKeeper | undefined;
  readonly control: Control;
  /** `spec/counterproof-control.yaml`, which requests are checked against. */
  readonly description: Operations;
  /** Everything before `/health`: `/__counterproof/api`. */
  readonly basePath: string;
  readonly version: string;
  /** The files of the document, as they were written. */
  readonly files: () => Promise<readonly { readonly name: string; readonly text: string }[]>;
}

/** The control API as a function of requests, and of whether they came over TLS. */
export function createControlApi(
  options: ControlApiOptions,
): (request: HttpRequest, isSecure?: boolean) => Promise<ControlAnswer> {
  const { control, description, basePath } = options;
  const handlers = handlersOf(options);

  return async function handle(request, isSecure = false) {
    // 1. Who may ask at all.
    const refused = refusalOf(request, options);
    if (refused !== null) return problem(refused.status, refused.detail);
    // 2. What is asked, as the description has it.
    const target = request.target.slice(basePath.length) || '/';
    const match = description.match(request.method, target);
    if (match.kind === 'not-found') return problem(404, `The control API has no ${pathOf(target)}`);
    if (match.kind === 'method-not-allowed') {
      const allow = match.allow.join(', ');
      return { ...problem(405, `It has ${allow}`), headers: { ...problemHeaders, Allow: allow } };
    }
    const operation = description.compile(match.entry);
    const { values, violations } = checkRequest(operation, request, match.pathParameters);
    const wrong = [...checkSecurity(operation, request), ...violations];
    if (wrong.length > 0) {
      const status = wrong.some(({ in: where }) => where === 'content-type') ? 415 : 422;
      return problem(status, wrong.map(({ message }) => message).join('; '));
    }
    // 3. Do it.
    const session = control.sessions.get(sessionNameOf(request.headers));
    // The guard has seen to it that this Host is the mock's own.
    const baseUrl = `${isSecure ? 'https' : 'http'}://${String(request.headers.host)}`;
    try {
      await control.refresh(session);
      const handler = handlers[match.entry.id];
      return (await handler?.({ values, session, baseUrl })) ?? problem(404, `${match.entry.id} is not there`);
    } catch (error) {
      if (error instanceof StoreUnavailable) return problem(503, error.message);
      throw error;
    }
  };
}

function handlersOf(options: ControlApiOptions): Readonly<Record<string, Handler>> {
  const { control, version, files, webhooks } = options;
  const { mock, sessions } = control;
  const operationOf = ({ values }: Call) => mock().operations.find(String(values.path.operationId));

  return {
    getHealth({ session }) {
      const { operations } = mock();
      const { info: written } = operations.document.root;
      const info = isObject(written) ? written : {};
      return json({
        status: 'ok',
        version,
        title: String(info.title ?? ''),
        description: String(info.description ?? ''),
        documentVersion: String(info.version ?? ''),
        document: operations.document.name,
        problems: problemsOf(operations),
        operations: operations.entries.length,
        session: session.name,
        seed: session.seed,
      });
    },
    listOperations({ session }) {
      const { entries, document } = mock().operations;
      return largeJson({ operations: entries.map((entry) => showEntry(entry, session, document)) });
    },
    listWebhooks() {
      const all = mock().operations.webhooks;
      return json({ webhooks: all.map(({ id, method, summary }) => ({ id, method, summary })) });
    },
    async sendWebhook({ values, session }) {
      const { operations } = mock();
      const entry = operations.webhooks.find(({ id }) => id === values.path.webhook);
      if (entry === undefined) return problem(404, `The document has no webhook ${values.path.webhook}`);
      const { to } = values.body as { to: string };
      const made = webhookRequest(operations, entry, session.seed);
      const reason = webhooks === undefined ? 'This host sends no webhooks' : webhooks.addressProblem(to);
      if (reason !== null || webhooks === undefined) return problem(409, `${reason}`);
      if (!made.ok) return problem(409, made.message);
      try {
        const response = await webhooks.send(made.request, to);
        const violations = checkResponse(operations.compile(entry), response);
        return json({ status: response.status, violations: violations.map(({ message }) => message) });
      } catch (error) {
        return problem(409, `Nobody answers at ${to}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    getOperation(call) {
      const entry = operationOf(call);
      return entry === undefined ? unknownOperation(call, control) : json(showOperation(entry, mock(), call.session));
    },
    getActive(call) {
      const entry = operationOf(call);
      return entry === undefined ? unknownOperation(call, control) : json({ active: call.session.active(entry.id) });
    },
    async setActive(call) {
      const entry = operationOf(call);
      if (entry === undefined) return unknownOperation(call, control);
      try {
        const active = readActive(mock(), entry, call.values.body as ActiveInput);
        await control.change(call.session, () => ({ change: { kind: 'active', operationId: entry.id, active } }));
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        return problem(409, error.message);
      }
      return done;
    },
    async resetActive(call) {
      const entry = operationOf(call);
      if (entry === undefined) return unknownOperation(call, control);
      await control.change(call.session, () => ({ change: { kind: 'active', operationId: entry.id, active: null } }));
      return done;
    },
    async previewAnswer(call) {
      const entry = operationOf(call);
      return entry === undefined
        ? unknownOperation(call, control)
        : previewAnswer(call, mock(), entry, await options.drafts());
    },
    saveCase(call) {
      const entry = operationOf(call);
      return entry === undefined ? unknownOperation(call, control) : saveCase(call, mock(), entry, options.cases);
    },
    getAllActive: ({ session }) => json({ active: Object.fromEntries(session.allActive) }),
    async setAllActive({ values, session }) {
      const { active: wanted } = values.body as { active: Record<string, ActiveInput> };
      const { operations } = mock();
      let read: (readonly [string, Active])[];
      try {
        read = Object.entries(wanted).map(([name, active]) => {
          const entry = operationNamed(operations, name);
          return [entry.id, readActive(mock(), entry, active)];
        });
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        return problem(409, error.message);
      }
      const next = new Map(read);
      for (const operationId of new Set([...session.allActive.keys(), ...next.keys()])) {
        const active = next.get(operationId) ?? null;
        await control.change(session, () => ({ change: { kind: 'active', operationId, active } }));
      }
      return done;
    },
    getCoverage: async ({ session }) => largeJson({ operations: await showCoverage(session, mock()) }),
    async reset({ session }) {
      await control.change(session, () => ({ change: { kind: 'reset' } }));
      return done;
    },
    getState: ({ session }) => json(session.state),
    async setState({ values, session }) {
      const state = State.from(values.body);
      if (typeof state === 'string') return problem(422, state);
      await control.change(session, () => ({
        change: { kind: 'state', state: values.body as unknown as StateSnapshot },
        next: state,
      }));
      return done;
    },
    getSeed: ({ session }) => json({ seed: session.seed }),
    async setSeed({ values, session }) {
      await control.change(session, () => ({ change: { kind: 'seed', seed: (values.body as { seed: number }).seed } }));
      return done;
    },
    listSessions: () =>
      json({
        sessions: sessions.all().map(({ name, journal, activeCount }) => ({
          name,
          exchanges: journal.last,
          active: activeCount,
        })),
      }),
    async getDocument() {
      const { root, problems } = mock().operations.document;
      const shown = problems.map(({ location = null, ...problem }) => ({
        id: problem.id,
        message: formatDocumentProblem(problem),
        location,
      }));
      return largeJson({ files: await files(), tree: root, problems: shown });
    },
    ...journalHandlers(control),
    ...rowHandlers(control),
  };
}

/** In one line; null where nothing is known to be wrong. */
function problemsOf({ document: { problems, leftOut }, entries }: Operations): string | null {
  return problems.length === 0
    ? null
    : problemsLine({ problems, leftOut, operations: entries.length + leftOut.length });
}

function unknownOperation({ values }: Call, { mock }: Control): ControlAnswer {
  const asked = String(values.path.operationId);
  const ids = mock().operations.entries.map(({ id }) => id);
  return problem(404, `There is no operation "${asked}"${didYouMeanClause(nearest(asked, ids))}`);
}

import type { HttpRequest, Operation } from '../../operation/index.js';
import { isCall, readAt, setAt } from '../../resource/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { headerValues } from '../checks/received.js';
import { rowIn } from '../life/answers.js';
import type { RunState } from '../run/state.js';
import type { Sending } from '../run/target-watch.js';
import type { ContractCase } from '../types.js';
import { type Condition, conditionOf } from './condition.js';
import { sentBody, withSentBody } from './sent-body.js';
import { askStep } from './step.js';

/** A change of a thing in the state that it has now: others would rightly be refused. What a case itself breaks stays broken. */
export async function withCurrentState<Sent extends Sending>(state: RunState, sending: Sent): Promise<Sent> {
  const { operation, case: contractCase } = sending;
  const { request } = contractCase;
  const condition = conditionOf(state, operation);
  if (condition === null || request.method !== operation.method) return sending;
  const current = await lookAt(state, operation, request);
  if (current === null) return sending;
  const tagged = condition.byTag ? withTag(contractCase, current.tag) : request;
  const whole = current.row === null ? tagged : withVersions(sending, tagged, condition, current.row);
  return whole === request ? sending : { ...sending, case: { ...contractCase, request: whole } };
}

function withTag({ request, varies, expectation }: ContractCase, tag: string | undefined): HttpRequest {
  const isBroken = expectation !== 'accepted' && varies.in === 'header' && varies.name?.toLowerCase() === 'if-match';
  if (tag === undefined || isBroken || request.headers['if-match'] === undefined) return request;
  return { ...request, headers: { ...request.headers, 'if-match': tag } };
}

function withVersions(
  sending: Sending,
  request: HttpRequest,
  { versions, path }: Condition,
  row: JsonObject,
): HttpRequest {
  const { aspect, expectation, varies } = sending.case;
  const sent = aspect === 'hostile' ? null : sentBody(sending.operation, request);
  const own = sent && readAt(sent.value, path);
  if (sent === null || !isObject(own)) return request;
  const open = versions.filter(
    (name) =>
      typeof own[name] === typeof row[name] &&
      own[name] !== row[name] &&
      (expectation === 'accepted' || varies.name !== name),
  );
  if (open.length === 0) return request;
  const now: JsonObject = { ...own, ...Object.fromEntries(open.map((name) => [name, row[name] as Json])) };
  return withSentBody(sending.operation, request, sent, setAt(sent.value, path, now)) ?? request;
}

/** The thing that a request is about, as it is now; null where nobody can look. */
async function lookAt(state: RunState, operation: Operation, request: HttpRequest) {
  const resource = state.things.resources.roleOf(operation.id)?.resource;
  const reads = resource?.roles.filter(({ kind }) => kind === 'read') ?? [];
  const read = reads.find(({ entry }) => entry.path === operation.path) ?? reads[0];
  const said = state.things.pathValues(request);
  if (read === undefined || said === null) return null;
  const thing = isCall(operation.path) ? state.things.named({ operation, request }) : undefined;
  const path = thing ? state.things.pathTo(read.entry, thing) : said;
  const name = 'look which state it has';
  const looked = await askStep(state, { entry: read.entry, path, name, title: name, expectation: 'survived' });
  if (looked?.exchange.received.status !== 200) return null;
  return { tag: headerValues(looked.exchange.received, 'etag')[0], row: rowIn(looked.exchange, read) };
}

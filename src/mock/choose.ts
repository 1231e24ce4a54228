import { type Refinement, requestView, type ScriptedAnswer } from '../fixture/index.js';
import { type Operation, type Response, responseFor } from '../operation/index.js';
import { didYouMeanClause, nearest } from '../text/nearest.js';
import type { Exchange } from './context.js';
import { type ScriptedStep, stepOf } from './sequence.js';
import { invalidStatus, successOf } from './status.js';

/** What will be answered, before its body is made. */
export type Choice =
  | { readonly kind: 'case'; readonly case: ScriptedStep }
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly response: Response | null;
      /** The name of an example of the document, or null. */
      readonly example: string | null;
    }
  /** What was asked for does not exist. */
  | { readonly kind: 'impossible'; readonly detail: string };

/**
 * Which answer it is, for a request that is valid or is to be taken as valid.
 * @param valid false for one that is only taken as valid: no case for invalid requests answers it by itself
 */
export function choose(exchange: Exchange, operation: Operation, valid: boolean): Choice {
  const { preference } = exchange;
  if (preference.example !== undefined) return chooseByName(exchange, operation, preference.example, preference.status);
  if (preference.status !== undefined) return chooseByStatus(exchange, operation, preference.status);
  const scripted = matchingCase(exchange, operation, ({ status }) => valid || status < 400);
  return scripted === null ? usualOf(operation) : { kind: 'case', case: scripted };
}

const usual = new WeakMap<Operation, Choice>();

/** The answer where nothing else is asked for. */
function usualOf(operation: Operation): Choice {
  const known = usual.get(operation) ?? { kind: 'response', ...successOf(operation), example: null };
  usual.set(operation, known);
  return known;
}

/** The first scripted case, in the order of the file, that answers this request by itself. */
export function matchingCase(
  exchange: Exchange,
  operation: Operation,
  eligible: (answer: ScriptedAnswer) => boolean,
): ScriptedStep | null {
  const { fixtures } = exchange.setup;
  const { cases } = fixtures.for(operation.id);
  if (cases.length === 0) return null;
  const candidates = cases.filter(({ request }) => request !== null);
  if (candidates.length === 0 || exchange.values === null) return null;
  const view = requestView(exchange.request, exchange.values, operation.method, operation);
  for (const scripted of candidates) {
    if (scripted.steps.length === 0 && !eligible(scripted)) continue;
    if (scripted.request?.accepts(view) !== true) continue;
    const step = stepOf(exchange.state, operation, scripted, false);
    if (step !== null && eligible(step.answer)) return step;
  }
  return null;
}

const none: readonly Refinement[] = [];

/** The refinements of a response that hold for this request. */
export function matchingRefinements(
  exchange: Exchange,
  operation: Operation,
  response: Response,
): readonly Refinement[] {
  const { fixtures } = exchange.setup;
  const { refinements } = fixtures.for(operation.id);
  if (refinements.length === 0) return none;
  const candidates = refinements.filter(({ status }) => status === response.key);
  if (candidates.length === 0 || exchange.values === null) return [];
  const view = requestView(exchange.request, exchange.values, operation.method, operation);
  return candidates.filter(({ request }) => request === null || request.accepts(view));
}

function chooseByName(exchange: Exchange, operation: Operation, name: string, status: number | undefined): Choice {
  const { cases } = exchange.setup.fixtures.for(operation.id);
  const scripted = cases.find((each) => each.name === name && (status === undefined || each.status === status));
  const step = scripted && stepOf(exchange.state, operation, scripted, true);
  if (step) return { kind: 'case', case: step };
  for (const response of responsesInOrder(operation, status)) {
    if (exampleNames(response).includes(name)) {
      return { kind: 'response', status: status ?? numberOf(response, operation), response, example: name };
    }
  }
  const elsewhere = cases.find((each) => each.name === name);
  if (elsewhere !== undefined) {
    return { kind: 'impossible', detail: `The case ${quote(name)} has status ${elsewhere.status} and not ${status}` };
  }
  const known = [...cases.map((each) => each.name), ...operation.responses.flatMap(exampleNames)];
  const hint = didYouMeanClause(nearest(name, known)) || `: ${knownNames(known)}`;
  const where = status === undefined ? '' : ` with status ${status}`;
  return { kind: 'impossible', detail: `${operation.id} has no example or case named ${quote(name)}${where}${hint}` };
}

function chooseByStatus({ asked, setup }: Exchange, operation: Operation, status: number): Choice {
  const response = responseFor(operation, status);
  // Any that a host wants, also where the document has none; a request asks for what is declared.
  const isFree = response !== undefined || asked.status === undefined;
  if (isFree && status >= 200) return { kind: 'response', status, response: response ?? null, example: null };
  const { cases } = setup.fixtures.for(operation.id);
  const declared = operation.responses.map(({ key }) => key).join(', ') || 'none';
  const scripted = cases.filter((each) => each.status === status).map((each) => quote(each.name));
  const hint = scripted.length > 0 ? `; Prefer: example=NAME gives it as ${scripted.join(' or ')}` : '';
  return {
    kind: 'impossible',
    detail: `${operation.id} declares no response ${status}, it declares ${declared}${hint}`,
  };
}

/** The success response first, then as the document has them. */
function responsesInOrder(operation: Operation, status: number | undefined): readonly Response[] {
  if (status !== undefined) {
    const response = responseFor(operation, status);
    return response === undefined ? [] : [response];
  }
  const { response } = successOf(operation);
  return response === null ? operation.responses : [response, ...operation.responses];
}

function numberOf(response: Response, operation: Operation): number {
  if (/^\d{3}$/.test(response.key)) return Number(response.key);
  if (/^4XX$/i.test(response.key)) return invalidStatus(operation);
  return /^[2-5]XX$/i.test(response.key) ? Number(response.key[0]) * 100 : successOf(operation).status;
}

function exampleNames(response: Response): string[] {
  return response.content.flatMap(({ examples }) => examples.map(({ name }) => name)).filter((name) => name !== '');
}

function knownNames(known: readonly string[]): string {
  return known.length > 0 ? `there are ${known.slice(0, 12).map(quote).join(', ')}` : 'it has none at all';
}

function quote(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 99)}…` : name);
}

import { contentHash } from '../derive/content-hash.js';
import type { Exchange, RunCheck } from '../types.js';
import { statusClass } from './received.js';

interface Answers {
  readonly pointer: string;
  /** Requests that were answered, by id: a case that is sent twice counts once. */
  readonly cases: Set<string>;
  readonly bodies: Set<string>;
}

/**
 * Different values of a required parameter that all give the same bytes: perhaps the implementation ignores it.
 * The document cannot say so, hence information only.
 */
export function createAnswersDiffer(): RunCheck {
  const operations = new Map<string, { base: string | null; readonly parameters: Map<string, Answers> }>();
  return {
    id: 'answers-differ',
    concern: 'hygiene',
    summary: 'different values of a required parameter do not all give the same bytes (information)',
    observe(exchange) {
      const { case: contractCase, operation, received } = exchange;
      if (!isAnswerToRead(exchange)) return false;
      let state = operations.get(operation.id);
      if (!state) {
        state = { base: null, parameters: new Map() };
        operations.set(operation.id, state);
      }
      const { varies } = contractCase;
      if (varies.in === null) {
        if (contractCase.aspect === 'accepted') state.base = contentHash(received.body);
        return false;
      }
      const parameter = operation.parameters.find(({ name, in: place }) => name === varies.name && place === varies.in);
      if (!parameter?.required) return false;
      const key = `${parameter.in} ${parameter.name}`;
      let answers = state.parameters.get(key);
      if (!answers) {
        answers = { pointer: parameter.pointer, cases: new Set(), bodies: new Set() };
        state.parameters.set(key, answers);
      }
      answers.cases.add(contractCase.id);
      answers.bodies.add(contentHash(received.body));
      return true;
    },
    finish() {
      return [...operations].flatMap(([operationId, { base, parameters }]) =>
        [...parameters].flatMap(([name, { pointer, cases, bodies }]) => {
          const values = cases.size + (base === null ? 0 : 1);
          if (base !== null) bodies.add(base);
          if (values < 2 || bodies.size > 1) return [];
          return [
            {
              severity: 'information' as const,
              operationId,
              message: `The answer does not depend on the ${name} parameter`,
              expected: 'answers that differ for different values',
              received: `the same bytes for ${values} values`,
              pointer,
            },
          ];
        }),
      );
    },
  };
}

/** Only reading can be compared: what a change answers is often the same for all. */
function isAnswerToRead(exchange: Exchange): boolean {
  const { case: contractCase, operation, received } = exchange;
  if (contractCase.expectation !== 'accepted' || operation.method !== 'GET' || exchange.request.method !== 'GET')
    return false;
  return received.status !== null && statusClass(received.status) === 2 && received.body.length > 0;
}

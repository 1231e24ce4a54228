import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { createMock, type MockAnswer, State } from '../index.js';

/** A mock of a document that remembers, and is asked one thing after the other, with JSON where something is sent. */
export function asking(document: JsonObject) {
  const mock = createMock({ operations: createOperations(documentFromObject(document)) });
  let state = State.empty;
  const ask = (method: string, target: string, sent?: JsonObject, fields?: Record<string, string>): MockAnswer => {
    const body = sent === undefined ? null : new TextEncoder().encode(JSON.stringify(sent));
    const headers = { ...(sent !== undefined && { 'content-type': 'application/json' }), ...fields };
    const answer = mock.answer({ method, target, headers, body }, undefined, state);
    state = answer.next?.state ?? state;
    return answer;
  };
  const askBytes = (method: string, target: string, body: Uint8Array, type: string): MockAnswer => {
    const answer = mock.answer({ method, target, headers: { 'content-type': type }, body }, undefined, state);
    state = answer.next?.state ?? state;
    return answer;
  };
  return {
    ask,
    /** The answer to bytes of a media type. */
    askBytes,
    /** What it says in JSON. */
    readBytes: (...asked: Parameters<typeof askBytes>) => JSON.parse(String(askBytes(...asked).body)),
    /** What the body of the answer says; null where there is none. */
    read: (...asked: Parameters<typeof ask>) => {
      const { body } = ask(...asked);
      return body === '' || body === null ? null : JSON.parse(String(body));
    },
    /** As if nothing had happened. */
    reset() {
      state = State.empty;
    },
    /** As it is written to a file, and read again. */
    restart() {
      const kept = State.from(JSON.parse(JSON.stringify(state)));
      if (!(kept instanceof State)) throw new Error(kept);
      state = kept;
    },
  };
}

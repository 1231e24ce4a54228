import { createDocument } from '../../../document/document.js';
import { readLocale } from '../../../fake/locale.js';
import { faultProblem } from '../../../fault/index.js';
import { fixturesFromSource, noFixtures } from '../../../fixture/index.js';
import { createMock, type Mock, problemsOf, type ReadPart, State, type StateSnapshot } from '../../../mock/index.js';
import { createOperations } from '../../../operation/index.js';
import { doubleOf } from '../../../text/integers.js';
import { parsePointer, valueAt } from '../../../text/pointer.js';
import { isObject, type JsonObject } from '../../../text/value.js';
import type { FromThread, ToThread } from './messages.js';
import { addPiece } from './pieces.js';
import { namesPlace, Places } from './places.js';

/**
 * The mock of a document as a thread beside has it, which is told of both by messages.
 * @param send takes what it says
 * @returns what is to be given the messages, one after the other
 */
export function createThread(send: (message: FromThread) => void): (message: ToThread) => Promise<void> {
  const root: JsonObject = {};
  const places = new Places();
  const { locate } = places;
  const elsewhere = new Map<JsonObject, string>();
  const states = new Map<number, State>();
  let collections: StateSnapshot['collections'][number][] = [];
  let mock: Mock | null = null;
  let read: readonly ReadPart[] | null = null;

  async function open({ name, declaredVersion, fixtures, options, integers }: Extract<ToThread, { kind: 'open' }>) {
    integers.map(doubleOf);
    const document = createDocument({
      name,
      declaredVersion,
      root,
      problems: () => [],
      leftOut: [],
      locate,
      elsewhere,
    });
    const operations = createOperations(document);
    const source = fixtures && { ...fixtures, problems: [], warnings: [], locate };
    const { locale, ...rest } = options;
    mock = createMock({
      ...rest,
      operations,
      onRead: (parts) => {
        read = parts;
      },
      // The other thread has read them without a problem.
      fixtures: source ? fixturesFromSource(source, operations, { faultProblem, isChecked: true }) : noFixtures(),
      ...(locale !== undefined && { locale: await readLocale(locale) }),
    });
    send({ kind: 'opened' });
  }

  function answer({ id, request, preference, after, forget }: Extract<ToThread, { kind: 'ask' }>): void {
    if (mock === null) throw new Error('Nothing can be asked before the document is there');
    const state = after === null ? State.from({ version: 1, collections }) : states.get(after);
    if (!(state instanceof State)) throw new Error(state ?? 'The state is not known any more');
    collections = [];
    if (forget !== null) states.delete(forget);
    read = null;
    const began = performance.now();
    const { next, ...given } = mock.answer(request, preference, state);
    const milliseconds = performance.now() - began;
    if (typeof given.body === 'string' && namesPlace(given.body)) {
      send({ kind: 'placed', id });
      return;
    }
    if (next !== undefined) states.set(id, next.state);
    const { effect } = given;
    const isStream = effect?.kind === 'stream';
    const sent = isStream ? { ...given, effect: { ...effect, more: undefined as never } } : given;
    send({ kind: 'answered', id, answer: sent, changes: next?.changes ?? null, read, milliseconds });
  }

  async function look(): Promise<void> {
    if (mock === null) throw new Error('Nothing can be looked at before the document is there');
    for await (const problem of problemsOf(mock.operations)) {
      send({ kind: 'problem', problem, pointers: places.pointersIn(problem.message) });
    }
    send({ kind: 'looked' });
  }

  return async (message) => {
    switch (message.kind) {
      case 'piece': {
        addPiece(root, message);
        for (const [pointer, target] of Object.entries(message.elsewhere)) {
          const holder = valueAt(root, parsePointer(pointer));
          if (isObject(holder)) elsewhere.set(holder, target);
        }
        return;
      }
      case 'open':
        return open(message);
      case 'look':
        return look();
      case 'state':
        collections.push(message.collection);
        return;
      case 'ask':
        answer(message);
    }
  };
}

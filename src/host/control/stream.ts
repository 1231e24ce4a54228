import type { Mock } from '../../mock/index.js';
import type { JournalEntry } from './journal.js';
import type { Session } from './session.js';
import { showExchange } from './show.js';

/** Exchanges that come within this time go out together, in milliseconds. */
const pause = 100;
/** More than this in one pause are counted and not sent: nobody could read them. */
const most = 50;
/** A comment now and then tells a proxy that the stream is alive, in milliseconds. */
const heartbeat = 15_000;

/** Exchanges as they are sent, with where the mock was for the client: the same text for all that follow a session. */
const written = new WeakMap<JournalEntry, { readonly baseUrl: string; readonly text: string }>();

function write(entry: JournalEntry, mock: Mock, baseUrl: string): string {
  const known = written.get(entry);
  if (known?.baseUrl === baseUrl) return known.text;
  const text = JSON.stringify(showExchange(entry, mock, baseUrl));
  written.set(entry, { baseUrl, text });
  return text;
}

/**
 * What never ends by itself: `send` gives false where the client does not keep up and nothing was taken.
 * @returns what ends it
 */
export type Stream = (send: (text: string) => boolean) => () => void;

/**
 * The journal of a session as server-sent events (WHATWG HTML, 9.2).
 * @param baseUrl where the mock is, without a slash at the end
 */
export function streamJournal(session: Session, mock: () => Mock, baseUrl: string): Stream {
  return (send) => {
    let waiting: JournalEntry[] = [];
    let cleared = false;
    /** Names of further events that are to be told once. */
    let changes = new Set<'active' | 'state' | 'document'>();
    let timer: ReturnType<typeof setTimeout> | null = null;

    const flush = () => {
      timer = null;
      const text = [...[...changes].map((name) => event(name, '{}')), ...journalEvents()].join('');
      if (send(text)) {
        changes = new Set();
        waiting = [];
        cleared = false;
      } else timer = setTimeout(flush, pause);
    };
    const journalEvents = () => {
      if (waiting.length === 0 && !cleared) return [];
      const shown = waiting.slice(-most);
      const exchanges = shown.map((entry) => write(entry, mock(), baseUrl)).join(',');
      const { last, length, since } = session.journal;
      const counts = `"last":${last},"since":${since},"dropped":${last - length}`;
      return [event('journal', `{"exchanges":[${exchanges}],${counts}}`)];
    };
    const end = session.listen((told) => {
      if (told.kind === 'exchange') waiting.push(told.entry);
      else if (told.kind === 'cleared') {
        waiting = [];
        cleared = true;
      } else changes.add(told.kind);
      if (waiting.length > most * 2) waiting = waiting.slice(-most);
      timer ??= setTimeout(flush, pause);
    });
    const beat = setInterval(() => send(': here\n\n'), heartbeat);
    send(': here\n\n');
    return () => {
      end();
      clearInterval(beat);
      if (timer !== null) clearTimeout(timer);
    };
  };
}

/** JSON has no line breaks of its own, so one line of data holds it. */
const event = (name: string, json: string) => `event: ${name}\ndata: ${json}\n\n`;

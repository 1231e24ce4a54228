import { useEffect, useRef, useState } from 'preact/hooks';
import type { JournalState } from '../journal.js';

/** So often is looked whether there is something to say, in milliseconds. */
const quiet = 5000;

/** Tells a screen reader of new requests, politely, and of many together in one sentence. */
export function Announcer({ journal }: { journal: JournalState }) {
  const [said, setSaid] = useState('');
  const latest = useRef(journal);
  latest.current = journal;

  useEffect(() => {
    // What was there before the console was opened is no news.
    let told: number | null = null;
    const timer = setInterval(() => {
      const { last, exchanges } = latest.current;
      const count = last - (told ?? last);
      const newest = exchanges.at(-1);
      told = last;
      if (count <= 0 || newest === undefined) return;
      const what = `${newest.method} ${newest.target.split('?')[0]}, ${newest.status}`;
      setSaid(count === 1 ? `New request: ${what}` : `${count} new requests, the last: ${what}`);
    }, quiet);
    return () => clearInterval(timer);
  }, []);

  return (
    <p class="visually-hidden" role="status">
      {said}
    </p>
  );
}

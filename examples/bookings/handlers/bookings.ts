import type { Handlers, HandlerTools } from 'counterproof';

/** Who is logged in, and how often an export was looked at. */
interface Remembered {
  readonly tokens?: Readonly<Record<string, string>>;
  readonly looks?: Readonly<Record<string, number>>;
}

const remembered = ({ state }: Pick<HandlerTools, 'state'>): Remembered => state;

export default {
  // A login with a token.
  login(context) {
    const { name, password } = context.body as { name: string; password: string };
    if (password === 'wrong') return { status: 401, body: { message: 'The password is wrong' } };
    const token = `token-of-${name}`;
    return { body: { token }, state: { tokens: { [token]: name } } };
  },

  // Everything else needs it: this is asked first. One token that is always valid is there for tools.
  '*'(context) {
    if (context.operation === 'login') return undefined;
    const token = String(context.header.authorization).replace(/^Bearer /i, '');
    const isKnown = token === 'demo' || remembered(context).tokens?.[token] !== undefined;
    return isKnown ? undefined : { status: 401, body: { message: 'Log in first' } };
  },

  // A rule: no room is booked twice on a day.
  book({ body, rows }) {
    const { room, day } = body as { room: string; day: string };
    const isTaken = rows('bookings').some((booking) => booking.room === room && booking.day === day);
    return isTaken ? { status: 409, body: { message: `${room} is taken on ${day}` } } : undefined;
  },

  // A job that is done when it is looked at for the third time.
  getExport(context) {
    const id = Number(context.path.id);
    const looks = (remembered(context).looks?.[id] ?? 0) + 1;
    return { body: { id, state: looks < 3 ? 'running' : 'done' }, state: { looks: { [id]: looks } } };
  },
} satisfies Handlers;

import type { Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';

/** A point in time, and how it is written. */
export interface Instant {
  readonly time: number;
  readonly form: 'date' | 'date-time' | 'seconds' | 'milliseconds';
  readonly written: string;
}

const dateTime = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:[Zz]|[+-]\d\d:?\d\d)?$/;

/** @param isAny whether a number counts whose name does not say that it is a date */
export function readInstant(name: string, value: Json | undefined, isAny = false): Instant | null {
  if (typeof value === 'string') return readText(value);
  if (typeof value !== 'number' || !Number.isInteger(value)) return null;
  if (!isAny && !epochNames.test(phraseOf(name))) return null;
  const isSeconds = value > 3e8 && value < 5e9;
  if (isSeconds) return { time: value * 1000, form: 'seconds', written: '' };
  return value > 3e11 && value < 5e12 ? { time: value, form: 'milliseconds', written: '' } : null;
}

const epochNames = /\b(at|on|date|time|timestamp|created|updated|modified|expires|expiry|ms|epoch)\b/;

function readText(written: string): Instant | null {
  const form = /^\d{4}-\d\d-\d\d$/.test(written) ? 'date' : dateTime.test(written) ? 'date-time' : null;
  if (form === null) return null;
  const isZoned = form === 'date' || /(?:[Zz]|[+-]\d\d:?\d\d)$/.test(written);
  const time = Date.parse(isZoned ? written : `${written}Z`);
  return Number.isNaN(time) ? null : { time, form, written };
}

const dayMilliseconds = 86_400_000;

/** An instant in the form of another one. A date is that day, or the next where it would be before `earliest`. */
export function writeInstant({ form, written }: Instant, time: number, earliest = Number.NEGATIVE_INFINITY): Json {
  if (form === 'milliseconds') return time;
  if (form === 'seconds') return Math.ceil(time / 1000);
  const whole = new Date(time).toISOString();
  if (form === 'date') {
    const day = whole.slice(0, 10);
    return Date.parse(day) < earliest ? new Date(time + dayMilliseconds).toISOString().slice(0, 10) : day;
  }
  const fraction = /\.\d+/.exec(written)?.[0] ?? '';
  const zone = /[Zz]$/.exec(written)?.[0] ?? (/[+-]\d\d(:?)\d\d$/.exec(written) ? '+00:00' : '');
  const text =
    whole.slice(0, 19) +
    (fraction === '' ? '' : whole.slice(19, 23).padEnd(fraction.length, '0').slice(0, fraction.length));
  return `${written.charAt(10) === ' ' ? text.replace('T', ' ') : text}${zone}`;
}

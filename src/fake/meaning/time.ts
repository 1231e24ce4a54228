import type { Faker } from '@faker-js/faker';
import type { Meaning, Moment } from './row.js';

/** Days from the present, one stretch after the other: so what happens later in the life of a thing is later. */
const years = 365;

/** Moments, days, and parts of them. */
export const time: readonly Meaning[] = [
  {
    words: /\bexp(iry|iration)? month$/,
    integer: [1, 12],
    string: (faker) => twoDigits(faker.number.int({ min: 1, max: 12 })),
  },
  { words: /\bmonth( of \w+)?$/, integer: [1, 12], string: (faker) => faker.date.month() },
  {
    words: /\b(exp(iry|iration)?|valid (to|until|thru|through)) year$/,
    integer: [1, 5],
    isYearsAhead: true,
    string: (faker) => String(faker.defaultRefDate().getUTCFullYear() + faker.number.int({ min: 1, max: 5 })),
  },
  { words: /\b((birth|born) ?year|year of birth)$/, integer: [1950, 2005] },
  { words: /\byear( of \w+)?$/, integer: [1995, 2024] },
  { words: /\b(week ?day|day of (the )?week)$/, integer: [0, 6], string: (faker) => faker.date.weekday() },
  {
    words: /\bday( of (the )?\w+)?$/,
    integer: [1, 28],
    string: (faker) => textOf(instantIn(faker, anyMoment), { isDay: true }),
  },
  { words: /\bhours?( of day)?$/, integer: [0, 23] },
  { words: /\b(minutes?|seconds?)$/, integer: [0, 59] },
  { words: /\btime ?zone( name| id)?$|\btz$/, string: (faker) => faker.location.timeZone() },
  {
    words: /\b(utc|gmt|time ?zone) offset$/,
    integer: [-12, 12],
    string: (faker) => faker.helpers.arrayElement(['+00:00', '+01:00', '-05:00', '+09:00']),
  },
  {
    words: /\b(birth ?(day|date)|date of birth|dob|born( on)?)$/,
    moment: { from: -60 * years, to: -19 * years, isDay: true },
  },
  {
    words:
      /\b(expir\w*|due|deadline|valid (to|until|through|thru)|not after|until|renew\w*|next( \w+)?|scheduled( \w+)?|planned( \w+)?|eta|estimated( \w+)?|maturity|trial end|resets?|release|retry after)( (at|on|date|time|day|timestamp|ts|ms))*$/,
    moment: { from: 1, to: 180 },
  },
  {
    words:
      /\b(created|creation|registered|registration|joined|signed up|opened|added|founded|inserted|first \w+|submitted|ordered|issued|dated|invoice)( (at|on|date|time|timestamp|ts|ms|datetime|utc))*$/,
    moment: { from: -365, to: -200 },
  },
  {
    words:
      /\b(started|starts?|begins?|beginning|began|effective|activated|opening|from|since|approved|accepted|published|sent|not before|valid from|shipped|departure|check ?in|committed|authored)( (at|on|date|time|timestamp|ts|ms|datetime|utc))*$/,
    moment: { from: -199, to: -120 },
  },
  {
    words:
      /\b(ended|ends?|ending|finish(ed|es)?|completed|completion|closed|closing|merged|resolved|processed|paid|delivered|stopped|arrival|check ?out|to|received|captured|settled)( (at|on|date|time|timestamp|ts|ms|datetime|utc))*$/,
    moment: { from: -119, to: -60 },
  },
  {
    words:
      /\b(updated?|modified|modification|changed?|edited|pushed|synced|refreshed|last( \w+)+|latest( \w+)?|seen|accessed|used|viewed|reviewed|verified|confirmed)( (at|on|date|time|timestamp|ts|ms|datetime|utc))*$/,
    moment: { from: -59, to: -15 },
  },
  {
    words:
      /\b(deleted|deletion|removed|archived|cancell?ed|revoked|deactivated|suspended|blocked|terminated|expunged|withdrawn)( (at|on|date|time|timestamp|ts|ms|datetime|utc))*$/,
    moment: { from: -14, to: -1 },
  },
  { words: /\b(dates?( of \w+)?|days)$/, moment: { from: -365, to: -1, isDay: true } },
  {
    words:
      /\b(timestamp|date ?time|instant|(?<!lat|long|expires |what )at|(?<!response |elapsed |run |total |wait |lead |up)time)$/,
    moment: { from: -365, to: -1 },
  },
  { words: /\bon$/, beside: /\bby$|\bdate\b/, moment: { from: -365, to: -1, isDay: true } },
];

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** Some time of which nothing is known. */
export const anyMoment: Moment = { from: -365, to: -1 };

/** A moment in a stretch of days around the present, in whole seconds. */
export function instantIn(faker: Faker, { from, to }: Moment): Date {
  const second = faker.number.int({ min: from * 24 * 3600, max: to * 24 * 3600 });
  return new Date(faker.defaultRefDate().getTime() + second * 1000);
}

/** RFC 3339 without fractions of a second, which is what servers mostly send; or the day alone. */
export function textOf(instant: Date, { isDay = false }: Partial<Moment> = {}): string {
  const text = instant.toISOString();
  return isDay ? text.slice(0, 10) : `${text.slice(0, 19)}Z`;
}

import type { Format } from 'ajv/dist/2020.js';
import { isHostname, isIdnHostname } from './format/host.js';
import { isIpv4, isIpv6 } from './format/ip.js';
import { isIri, isIriReference, isUri, isUriReference, isUriTemplate } from './format/uri.js';

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const dotString = new RegExp(`^${atom}(?:\\.${atom})*$`);
const quotedString = /^"(?:[ !#-[\]-~]|\\[ -~])*"$/;
// RFC 6531, 3.3: the same, with whatever is not ASCII.
const idnAtom = "(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|[^\\u0000-\\u007F])+";
const idnDotString = new RegExp(`^${idnAtom}(?:\\.${idnAtom})*$`, 'u');
const idnQuotedString = /^"(?:[ !#-[\]-~]|\P{ASCII}|\\[ -~])*"$/u;

/** A Mailbox of RFC 5321, 4.1.2. */
function isEmail(text: string): boolean {
  return isMailbox(text, (local) => dotString.test(local) || quotedString.test(local), isHostname);
}

/** A Mailbox of RFC 6531, 3.3, whose domain need not be normalized. */
function isIdnEmail(text: string): boolean {
  return isMailbox(
    text,
    (local) => idnDotString.test(local) || idnQuotedString.test(local),
    (domain) => isIdnHostname(domain.normalize('NFC')),
  );
}

function isMailbox(text: string, isLocal: (local: string) => boolean, isDomain: (domain: string) => boolean): boolean {
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  return at > 0 && isLocal(text.slice(0, at)) && (isDomain(domain) || isAddress(domain));
}

function isAddress(domain: string): boolean {
  const literal = /^\[(.*)\]$/s.exec(domain)?.[1];
  return literal !== undefined && (isIpv4(literal) || (/^IPv6:/i.test(literal) && isIpv6(literal.slice(5))));
}

// RFC 3339, 5.6 and appendix A. Ajv's own formats take an offset without minutes, hour 24, a space for the T and any order of
// duration units, and round 59.999999999999999 seconds up to 60.

const date = String.raw`\d{4}-\d\d-\d\d`;
const time = String.raw`\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)`;
const datePattern = new RegExp(`^${date}$`);
const timePattern = new RegExp(`^${time}$`);
const dateTimePattern = new RegExp(`^${date}[Tt]${time}$`);

const durationTime = 'T(?:\\d+H(?:\\d+M(?:\\d+S)?)?|\\d+M(?:\\d+S)?|\\d+S)';
const durationDate = '(?:\\d+Y(?:\\d+M(?:\\d+D)?)?|\\d+M(?:\\d+D)?|\\d+D)';
const durationPattern = new RegExp(`^P(?:\\d+W|${durationDate}(?:${durationTime})?|${durationTime})$`);

/** `full-date`: a day that the calendar has. */
function isDate(text: string): boolean {
  return datePattern.test(text) && isDay(text);
}

/** `full-time`: with an offset; a leap second only where UTC can have one. */
function isTime(text: string): boolean {
  return timePattern.test(text) && isMoment(text, 0);
}

function isDateTime(text: string): boolean {
  return dateTimePattern.test(text) && isDay(text) && isMoment(text, 'YYYY-MM-DDT'.length);
}

// Rows have dates, and are judged with each change: so digits are read where they stand, without a list of matches.

function isDay(text: string): boolean {
  const [year, month, day] = [twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8)];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** @param at where the hour stands */
function isMoment(text: string, at: number): boolean {
  const [hour, minute, second] = [twoDigits(text, at), twoDigits(text, at + 3), twoDigits(text, at + 6)];
  const hasOffset = text.at(-3) === ':';
  const offsetHour = hasOffset ? twoDigits(text, text.length - 5) : 0;
  const offsetMinute = hasOffset ? twoDigits(text, text.length - 2) : 0;
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return false;
  if (second < 60) return true;
  const offset = (text.at(-6) === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute);
  return (hour * 60 + minute - offset + 2 * 1440) % 1440 === 1439;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

function isDuration(text: string): boolean {
  return durationPattern.test(text);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const number = (validate: (value: number) => boolean): Format => ({ type: 'number', validate });

/**
 * `format` is asserted (JSON Schema Validation, 7.2.2), for the formats that JSON Schema 2020-12 (7.3) and OpenAPI 3.1
 * (4.4) define. One that is not here is an annotation, as both have it.
 */
export const formats: Readonly<Record<string, Format>> = {
  // These two as in ajv-formats 3.0.1 (MIT): RFC 6901, 3 and draft-bhutton-relative-json-pointer-00, 3.
  'json-pointer': /^(?:\/(?:[^~/]|~0|~1)*)*$/,
  'relative-json-pointer': /^(?:0|[1-9][0-9]*)(?:#|(?:\/(?:[^~/]|~0|~1)*)*)$/,
  date: isDate,
  time: isTime,
  'date-time': isDateTime,
  duration: isDuration,
  email: isEmail,
  'idn-email': isIdnEmail,
  hostname: isHostname,
  'idn-hostname': isIdnHostname,
  ipv4: isIpv4,
  ipv6: isIpv6,
  uri: isUri,
  'uri-reference': isUriReference,
  iri: isIri,
  'iri-reference': isIriReference,
  'uri-template': isUriTemplate,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  regex: isRegularExpression,
  // OpenAPI's, for numbers. 2^63 stands for 2^63 - 1 (`doubleOf`).
  int32: number((value) => Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31),
  int64: number((value) => Number.isInteger(value) && value >= -(2 ** 63) && value <= 2 ** 63),
  float: true,
  double: true,
  // OpenAPI's, for strings. `binary` and `password` say nothing that could be checked.
  byte: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  binary: true,
  password: true,
};

/** ECMA-262 with the flag `u` (JSON Schema Core, 6.4). */
function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

import type { Format } from 'ajv/dist/2020.js';
import { isDate, isDateTime, isDuration, isTime } from './format/date-time.js';
import { isEmail, isIdnEmail } from './format/email.js';
import { isHostname, isIdnHostname } from './format/host.js';
import { isIpv4, isIpv6 } from './format/ip.js';
import { isIri, isIriReference, isUri, isUriReference, isUriTemplate } from './format/uri.js';

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
  // OpenAPI's, for numbers. An int64 beyond 2^53 has lost its last digits in JSON.parse, and is let pass.
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

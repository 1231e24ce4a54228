import type { Flag } from './flag.js';
import { duration, faultWithProbability, fromOneTo, fromZeroTo, size, text } from './kinds.js';

/** What `mock` serves, where, and to whom. */
export const serveFlags = {
  port: {
    commands: ['mock'],
    short: 'p',
    kind: fromZeroTo(65_535),
    value: 'PORT',
    otherwise: 'that of the loopback server that the document names, or else 4010',
    help: 'port to listen on; 0 takes any free one',
  },
  host: {
    commands: ['mock'],
    kind: text,
    value: 'ADDRESS',
    otherwise: '127.0.0.1 and, where there is one, ::1',
    help: 'address to listen on; 0.0.0.0 for all of this machine',
  },
  'api-key': {
    commands: ['mock'],
    kind: text,
    value: 'VALUE',
    env: 'COUNTERPROOF_API_KEY',
    otherwise: 'any that is not empty will do',
    help: 'the credential to demand where the document demands one',
  },
  cors: {
    commands: ['mock'],
    default: true,
    help: 'send no CORS headers and answer no preflight',
  },
  errors: {
    commands: ['mock'],
    default: false,
    help: 'answer 500 where no body fits the document, and show no example that does not fit',
  },
  'stream-items': {
    commands: ['mock'],
    kind: fromOneTo(10_000),
    value: 'N',
    otherwise: '3, or as many as the document allows',
    help: 'items of a stream that is made: events, lines of JSON, parts',
  },
  'stream-interval': {
    commands: ['mock'],
    kind: duration,
    value: 'DURATION',
    otherwise: 'none, and 1s with --stream-endless',
    help: 'pause between two items of a stream',
  },
  'stream-endless': {
    commands: ['mock'],
    default: false,
    help: 'send items of a stream for as long as the client listens',
  },
  watch: {
    commands: ['mock'],
    otherwise: 'on at a terminal',
    help: 'read document and fixtures again when they change',
  },
  console: {
    commands: ['mock'],
    default: true,
    help: 'serve neither the console under /__counterproof/ nor its API',
  },
  'control-token': {
    commands: ['mock'],
    kind: text,
    value: 'VALUE',
    env: 'COUNTERPROOF_CONTROL_TOKEN',
    otherwise: 'none is needed on this machine; with a --host that others reach one is made and printed',
    help: 'what a client of the console and its API has to know',
  },
  'open-control': {
    commands: ['mock'],
    default: false,
    help: 'let everybody who reaches the mock use the console and its API, without a token',
  },
  'max-body': {
    commands: ['mock'],
    kind: size,
    value: 'SIZE',
    otherwise: '10MiB',
    help: 'longest body of a request; a longer one is answered with 413',
  },
  'max-header': {
    commands: ['mock'],
    kind: size,
    value: 'SIZE',
    otherwise: '16KiB',
    help: 'longest head of a request; a longer one is answered with 431',
  },
  'request-timeout': {
    commands: ['mock'],
    kind: duration,
    value: 'DURATION',
    otherwise: '2m',
    help: 'how long a request may take to arrive; then it is answered with 408',
  },
  fault: {
    commands: ['mock'],
    kind: faultWithProbability,
    value: 'ID[:PROBABILITY]',
    many: true,
    help: 'fault that operations show, always or with a probability such as 0.2, which follows the seed; may be repeated',
  },
} as const satisfies Record<string, Flag>;

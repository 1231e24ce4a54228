import { expect, test } from 'vitest';
import { type Command, commands } from './commands.js';
import { commandHelp, overview } from './help.js';

test('counterproof --help lists the commands', () => {
  expect(overview()).toMatchInlineSnapshot(`
    "One OpenAPI document, two prints: a mock that answers as the server would, and a contract suite that
    proves any implementation against it.

    Usage: counterproof COMMAND [flags]

    Commands:
      mock [document…]           answer as the server of a document would
      proxy DOCUMENT UPSTREAM    pass requests on to a real server, and judge both sides
      check [document]           say whether an implementation keeps a document
      merge FILE…                join the reports of shards into one
      report FILE                show a JSON report as a page, or in another format
      prove [document]           prove that the suite catches what it should, and nothing else
      lint [document]            list what is wrong with a document
      diff OLD NEW               say what has changed in a document, and what of it breaks
      changelog OLD NEW          tell what has changed in a document, for its readers
      suggest DOCUMENT           write an overlay that makes a document true of recorded traffic
      resources [document…]      show the lists, things and keys that a document speaks of
      faults [document]          list the faults that a mock can show
      webhook [document] [NAME]  list the webhooks of a document, or send one
      init [document]            begin: write a fixture file, a script and a workflow
      import DOCUMENT FILE.har   make scripted cases of an HTTP Archive
      export [document…]         write a document with its scripted cases as examples, or requests for
                                 other tools
      types [document…]          write the types of a document, for tests and handlers in TypeScript
      schema [document]          write the JSON Schema of fixture files of a document, for editors
      build [document…]          write the mock as one file, for workers and strict pages
      completion SHELL           let a shell complete commands and flags

    counterproof COMMAND --help tells more of each."
  `);
});

test('counterproof mock --help tells all of it', () => {
  expect(commandHelp('mock')).toMatchInlineSnapshot(`
    "Usage: counterproof mock [document…] [flags]

    Serves a mock of an OpenAPI document (3.2, 3.1, 3.0 or 2.0; YAML, JSON, or a Markdown page that
    holds one). Without one it serves the openapi.* or swagger.* of this folder, or else the one that is
    built in, of the OpenHands installations API; "-" reads standard input, and an address is fetched.
    Several documents are served as one, each under the base paths of its servers.

    Flags:
      -p, --port PORT               port to listen on; 0 takes any free one (default: that of the
                                    loopback server that the document names, or else 4010)
      --host ADDRESS                address to listen on; 0.0.0.0 for all of this machine (default:
                                    127.0.0.1 and, where there is one, ::1)
      --tls-cert FILE               certificate in PEM: listen over TLS, with HTTP/2 for clients that
                                    offer it (default: HTTP/1.1 without TLS)
      --tls-key FILE                private key of the certificate, in PEM
      --api-key VALUE               the credential to demand where the document demands one (or
                                    $COUNTERPROOF_API_KEY; default: any that is not empty will do)
      --no-cors                     send no CORS headers and answer no preflight
      --errors                      answer 500 where no body fits the document, and show no example that
                                    does not fit
      -d, --dynamic                 make every body from its schema, even where an example stands
      --ignore-examples             make bodies as if the document had no examples of whole bodies
      --compat NAME                 answer as another mock does: prism, with its choice of answers, its
                                    samples, problems and preferences
      --replay FILE                 answer as a target did: a report of check or proxy as JSON, an HTTP
                                    Archive, or a record of scripted cases
      --allow-callbacks HOST        host to which the callbacks of an operation that was called are
                                    sent, such as localhost:9000; may be repeated (default: callbacks
                                    are not sent)
      --stream-items N              items of a stream that is made: events, lines of JSON, parts
                                    (default: 3, or as many as the document allows)
      --stream-interval DURATION    pause between two items of a stream (default: none, and 1s with
                                    --stream-endless)
      --stream-endless              send items of a stream for as long as the client listens
      --rows NUMBER                 rows of each collection, before anything happens (default: 25, and
                                    12 where rows are large)
      --unknown-ids ANSWER          what an id gets that no row has: made, which is a row of its own, or
                                    404 (default: made)
      --state FILE|URL, --no-state  what keeps what requests change: a file, or a Redis
                                    (redis://HOST:PORT) that several mocks share; or remember nothing
                                    (default: it is forgotten when the mock ends)
      --state-expiry DURATION       how long a Redis keeps a session that nobody uses, a day at most
                                    (default: 24h)
      --workers NUMBER              processes that answer, with one state; one that ends is replaced
                                    (default: 1)
      --locale NAME                 language of made-up names, addresses and words, such as de, fr or
                                    pt-BR (default: English)
      --now MOMENT                  the present: made-up moments lie before it, or after it where the
                                    name says so (expires, due) (default: 2025-01-15T09:30:00Z: no clock
                                    is asked, so that the same request gets the same bytes on any day)
      --optional SHARE              how likely a member is that may be left out, from 0 to 1 (default: 1
                                    near the root of a body, less inside)
      --[no-]watch                  read document and fixtures again when they change (default: on at a
                                    terminal)
      --no-console                  serve neither the console under /__counterproof/ nor its API
      --control-token VALUE         what a client of the console and its API has to know (or
                                    $COUNTERPROOF_CONTROL_TOKEN; default: none is needed on this
                                    machine; with a --host that others reach one is made and printed)
      --open-control                let everybody who reaches the mock use the console and its API,
                                    without a token
      --max-body SIZE               longest body of a request; a longer one is answered with 413
                                    (default: 10MiB)
      --max-header SIZE             longest head of a request; a longer one is answered with 431
                                    (default: 16KiB)
      --max-depth NUMBER            levels of objects and arrays, or of elements, in the body of a
                                    request; more are answered with 413 (default: 256)
      --max-members NUMBER          members, items, fields and elements in the body of a request; more
                                    are answered with 413 (default: 100000)
      --max-parts NUMBER            parts of a multipart body of a request; more are answered with 413
                                    (default: 1000)
      --request-timeout DURATION    how long a request may take to arrive; then it is answered with 408
                                    (default: 2m)
      --fault ID[:PROBABILITY]      fault that operations show, always or with a probability such as
                                    0.2, which follows the seed; may be repeated
      --config FILE, --no-config    file that says what is always the same; or read none (default: the
                                    nearest counterproof.config.ts, .js, .mjs or .json, up to the root
                                    of the project)
      --seed NUMBER                 makes all generated data; the same seed gives the same answers
                                    (default: 1)
      --fixtures FILE               scripted cases and refinements; "none" for none (default: for
                                    api.yaml, the first of: api.fixtures.yaml, fixtures/api.yaml,
                                    ../fixtures/api.yaml)
      --overlay FILE                OpenAPI Overlay (1.0 or 1.1) to apply to the document first; may be
                                    repeated
      --prefix [DOCUMENT=]PATH      where a document is served, such as users.yaml=/users; may be
                                    repeated (default: the base paths of its servers)
      --handlers PATH               file or folder of functions that answer operations; "none" for none
                                    (default: the folder handlers beside the fixture file, where its
                                    files import counterproof)
      --root FOLDER                 folder that no reference of the document may leave (default: the
                                    nearest around the document with .git or package.json, or else the
                                    current one)
      --allow-remote HOST           host from which references may be fetched; may be repeated
      --max-document SIZE           most that is read of a document with all that it refers to, such as
                                    80MB; in bytes without a unit (default: 64MiB)
      --open                        open the console in the browser
      -q, --quiet                   print no line for each request
      --json                        print one JSON object a line
      -h, --help                    print help and end
      -v, --version                 print the version and end

    Examples:
      counterproof mock
      counterproof mock users.yaml orders.yaml --prefix orders.yaml=/shop
      counterproof mock openapi.yaml --port 8080 --seed 7
      curl -H 'Prefer: code=422' http://localhost:3000/api/user/installations"
  `);
});

test('help fits a terminal of 100 columns', () => {
  for (const text of [overview(), ...Object.keys(commands).map(commandHelp)]) {
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
  }
});

test.each(Object.entries<Command>(commands))('the code of %s is there', async (_, { load }) => {
  expect((await load()).run).toBeTypeOf('function');
});

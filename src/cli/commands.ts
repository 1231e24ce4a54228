import type { Command } from './command.js';

export type { Command } from './command.js';

/** All commands, in the order in which help lists them. */
export const commands = {
  mock: {
    summary: 'answer as the server of a document would',
    argument: '[document…]',
    maximum: 100,
    unnamed: 'tells',
    description:
      'Serves a mock of an OpenAPI document (3.2, 3.1, 3.0 or 2.0; YAML, JSON, or a Markdown page that holds one). ' +
      'Without one it serves the openapi.* or swagger.* of this folder, or else the one that is built in, of the OpenHands ' +
      'installations API; "-" reads standard input, and an address is fetched. Several documents are served as one, each under the ' +
      'base paths of its servers.',
    examples: [
      'counterproof mock',
      'counterproof mock users.yaml orders.yaml --prefix orders.yaml=/shop',
      'counterproof mock openapi.yaml --port 8080 --seed 7',
      "curl -H 'Prefer: code=422' http://localhost:3000/api/user/installations",
    ],
    load: () => import('./mock.js'),
  },
  proxy: {
    summary: 'pass requests on to a real server, and judge both sides',
    argument: 'DOCUMENT UPSTREAM',
    maximum: 2,
    unnamed: 'tells',
    description:
      'Passes requests on to a real server as they come, and its answers back, and holds both against an OpenAPI document: ' +
      'in the log, in the console, and when it is ended as a report. Exit code 0: kept; 1: broken; 2: nothing was judged.',
    examples: [
      'counterproof proxy openapi.yaml http://localhost:3000',
      'counterproof proxy openapi.yaml https://staging.example.com/v1 --errors',
      "counterproof proxy openapi.yaml http://localhost:3000 --mock-missing --except 'POST /orders*'",
      'counterproof proxy openapi.yaml http://localhost:3000 --report html=traffic.html',
    ],
    load: () => import('./proxy.js'),
  },
  check: {
    summary: 'say whether an implementation keeps a document',
    argument: '[document]',
    maximum: 1,
    unnamed: 'built-in',
    description:
      'Derives requests from an OpenAPI document, sends them to a target, and holds every answer against the ' +
      'document. Exit code 0: kept; 1: broken; 2: could not run.',
    examples: [
      'counterproof check --target http://localhost:3000',
      'counterproof check openapi.yaml -t https://staging.example.com/v1 --auth ApiKey="$KEY"',
      'counterproof check openapi.yaml -t http://localhost:8080 -r html=report.html -r junit=junit.xml',
      "counterproof check openapi.yaml -t http://localhost:8080 --operation 'GET /users*'",
    ],
    load: () => import('./check.js'),
  },
  merge: {
    summary: 'join the reports of shards into one',
    argument: 'FILE…',
    maximum: 1000,
    description:
      'Joins JSON reports of check, such as those of shards on several machines, into one result, prints it, and ' +
      'writes it in any format. The exit code is that of check.',
    examples: [
      'counterproof merge shard-1.json shard-2.json --report html=report.html',
      'counterproof merge reports/*.json --baseline main.json',
    ],
    load: () => import('./merge.js'),
  },
  report: {
    summary: 'show a JSON report as a page, or in another format',
    argument: 'FILE',
    maximum: 1,
    description:
      'Shows a JSON report of check or prove in any format: by default as one HTML page beside it, whose name it prints.',
    examples: [
      'counterproof report result.json --open',
      'counterproof report result.json --report markdown=comment.md',
    ],
    load: () => import('./report.js'),
  },
  prove: {
    summary: 'prove that the suite catches what it should, and nothing else',
    argument: '[document]',
    maximum: 1,
    unnamed: 'built-in',
    description:
      'Runs the contract suite against the mock with each fault of the catalogue, and with each harmless variant. ' +
      'Exit code 0: every fault that applies is caught and nothing right is accused; 1: not so; 2: could not run.',
    examples: [
      'counterproof prove',
      'counterproof prove openapi.yaml --report html=proof.html',
      "counterproof prove openapi.yaml --operation 'GET /users*'",
    ],
    load: () => import('./prove.js'),
  },
  lint: {
    summary: 'list what is wrong with a document',
    argument: '[document]',
    maximum: 1,
    description:
      'Lists every problem of an OpenAPI document, each with its place, what it takes away, and its id. ' +
      'Exit code 0: none, or all are ignored; 1: some; 2: it cannot be read.',
    examples: [
      'counterproof lint openapi.yaml',
      'counterproof lint openapi.yaml --ignore path-query --ignore media-type',
      'counterproof lint openapi.yaml --format sarif > lint.sarif',
    ],
    load: () => import('./lint.js'),
  },
  diff: {
    summary: 'say what has changed in a document, and what of it breaks',
    argument: 'OLD NEW',
    maximum: 2,
    description:
      'Holds what clients may send by the old document against the new one, and what servers may answer by the new one ' +
      'against the old one. Each breaking change comes with a request or an answer that shows it. Exit code 0: nothing ' +
      'breaks; 1: something does; 2: a document cannot be read.',
    examples: [
      'counterproof diff old.yaml new.yaml',
      'counterproof diff old.yaml new.yaml --format markdown > comment.md',
      'counterproof diff old.yaml new.yaml --format github',
    ],
    load: () => import('./diff.js'),
  },
  changelog: {
    summary: 'tell what has changed in a document, for its readers',
    argument: 'OLD NEW',
    maximum: 2,
    description:
      'Writes in Markdown what has changed from one document to another, by operation, what breaks first. The exit code is 0 ' +
      'whatever has changed; 2: a document cannot be read.',
    examples: ['counterproof changelog old.yaml new.yaml'],
    load: () => import('./changelog.js'),
  },
  suggest: {
    summary: 'write an overlay that makes a document true of recorded traffic',
    argument: 'DOCUMENT',
    maximum: 1,
    description:
      'Writes an OpenAPI Overlay with what a document does not say of recorded traffic, an HTTP Archive of a browser or of ' +
      '`proxy --record FILE.har`: statuses, media types, parameters, and wider schemas, each with how often it was seen. ' +
      '`check --suggest FILE` and `proxy --suggest FILE` do the same of what they see.',
    examples: [
      'counterproof suggest openapi.yaml --from traffic.har',
      'counterproof suggest openapi.yaml --from traffic.har --out mend.overlay.yaml',
    ],
    load: () => import('./suggest.js'),
  },
  resources: {
    summary: 'show the lists, things and keys that a document speaks of',
    argument: '[document…]',
    maximum: 100,
    description:
      'Shows what is inferred from paths and schemas: each kind of thing with its list, item path, key and parent, what ' +
      'each operation and query parameter does with it, and why; then the operations that are about none, and why. ' +
      '`resources:` in the fixture file corrects it.',
    examples: ['counterproof resources openapi.yaml', 'counterproof resources openapi.yaml --format json'],
    load: () => import('./resources.js'),
  },
  faults: {
    summary: 'list the faults that a mock can show',
    argument: '[document]',
    maximum: 1,
    unnamed: 'none',
    description:
      'Lists the catalogue of faults: what `Prefer: fault=ID` and `mock --fault ID` take. With a document, says for ' +
      'each in how many of its operations it can show.',
    examples: ['counterproof faults', 'counterproof faults openapi.yaml', 'counterproof mock --fault hang:0.1'],
    load: () => import('./faults.js'),
  },
  webhook: {
    summary: 'list the webhooks of a document, or send one',
    argument: '[document] [NAME]',
    maximum: 2,
    description:
      'Sends a webhook of an OpenAPI document, with a valid body and the declared header fields, to an address of this ' +
      'machine, and holds the answer against the document. Without --to, lists the webhooks. Exit code 0: the answer is ' +
      'as declared; 1: not so; 2: nobody answers.',
    examples: [
      'counterproof webhook openapi.yaml',
      'counterproof webhook openapi.yaml newPet --to http://localhost:3000/hooks',
    ],
    load: () => import('./webhook.js'),
  },
  init: {
    summary: 'begin: write a fixture file, a script and a workflow',
    argument: '[document]',
    maximum: 1,
    description:
      'Writes what a project begins with: a fixture file beside the document, the script "mock" in package.json, and a workflow that ' +
      'holds the server against the document. Asks nothing, overwrites nothing, and says what to do next.',
    examples: ['counterproof init', 'counterproof init api/openapi.yaml'],
    load: () => import('./init.js'),
  },
  import: {
    summary: 'make scripted cases of an HTTP Archive',
    argument: 'DOCUMENT FILE.har',
    maximum: 2,
    description:
      'Makes a fixture file of what a browser has exported (its network tools: "Save all as HAR"): a scripted case for each ' +
      'operation and situation. Secrets and what says who a person is are replaced.',
    examples: [
      'counterproof import openapi.yaml traffic.har --out openapi.fixtures.yaml',
      'counterproof import openapi.yaml traffic.har',
    ],
    load: () => import('./import.js'),
  },
  export: {
    summary: 'write a document with its scripted cases as examples, or requests for other tools',
    argument: '[document…]',
    maximum: 100,
    description:
      'Writes the document as one file with its scripted cases and made-up answers as OpenAPI examples, for any tool that reads ' +
      'OpenAPI; or requests of each operation: --to http for editors, --to bruno as a collection, --to k6 as a load script.',
    examples: [
      'counterproof export openapi.yaml --out with-examples.yaml',
      'counterproof export openapi.yaml --to http --out requests.http',
      'counterproof export openapi.yaml --to k6 --out load.js',
    ],
    load: () => import('./export.js'),
  },
  types: {
    summary: 'write the types of a document, for tests and handlers in TypeScript',
    argument: '[document…]',
    maximum: 100,
    description:
      'Writes a declaration file of TypeScript: with it the names of operations and cases, requests and answers are checked in ' +
      'handlers and wherever a test speaks of them. It exports a type for each schema of the document.',
    examples: ['counterproof types openapi.yaml --out openapi.d.ts', 'counterproof types openapi.yaml'],
    load: () => import('./types.js'),
  },
  schema: {
    summary: 'write the JSON Schema of fixture files of a document, for editors',
    argument: '[document]',
    maximum: 1,
    description:
      'Writes a JSON Schema for the fixture file of this document: with it an editor completes and checks operations, paths, ' +
      'parameters, statuses and bodies. Says which line tells the editor so.',
    examples: [
      'counterproof schema openapi.yaml --out openapi.fixtures.schema.json',
      'counterproof schema openapi.yaml',
    ],
    load: () => import('./schema.js'),
  },
  build: {
    summary: 'write the mock as one file, for workers and strict pages',
    argument: '[document…]',
    maximum: 100,
    description:
      'Writes a module that holds document, fixtures and compiled validators. It imports nothing, reads no file and ' +
      'makes no code from strings: for workers, for MSW, for a page with a strict Content-Security-Policy.',
    examples: ['counterproof build openapi.yaml --out mock.js', 'counterproof build openapi.yaml -o mock.js --seed 7'],
    load: () => import('./build.js'),
  },
  completion: {
    summary: 'let a shell complete commands and flags',
    argument: 'SHELL',
    // Words of a line that is being written, which what it prints asks about.
    maximum: 1000,
    description:
      'Prints what bash, zsh or fish needs to complete commands, flags and their values, operations of your document among them. Its ' +
      'first lines say where it goes.',
    examples: ['eval "$(counterproof completion bash)"', 'source <(counterproof completion zsh)'],
    load: () => import('./completion.js'),
  },
} as const satisfies Record<string, Command>;

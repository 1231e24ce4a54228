import {
  type Credentials,
  checkTable,
  createCredentials,
  credentialsFromEnvironment,
  parseHeader,
  type RunOptions,
  readWorkflows,
  schemeNames,
  selectAspects,
  selectChecks,
  selectOperations,
  type Workflow,
} from '../contract/index.js';
import { CounterproofError, type Operations } from '../index.js';
import { whyUnread } from '../text/file-failure.js';
import { parseJson } from '../text/integers.js';
import { didYouMeanClause, nearest } from '../text/nearest.js';
import { readUserFile } from '../text/user-file.js';
import type { Json } from '../text/value.js';
import { type Arguments, usage } from './arguments.js';
import type { Subject } from './subject.js';

/** What the suite is asked to do, but for where to send it. */
export type SuiteOptions = Omit<RunOptions, 'send' | 'target'> & { readonly timeout: number };

/**
 * The flags of `check` as options of a run.
 * @throws CounterproofError USAGE where an operation or check is named that does not exist
 */
export function suiteOptions({ operations, fixtures }: Subject, flags: Arguments<'check'>['flags']): SuiteOptions {
  const { seed, strict, operation, check, aspect, shard, concurrency, rate, timeout = 10_000, set } = flags;
  const maxCases = flags['max-cases'];
  // A wrong name is told before anything is sent, or even connected.
  selectOperations(operations.entries, operation);
  selectChecks(checkTable, check);
  const aspects = selectAspects(aspect);
  const names = set.map(([name]) => name);
  if (names.length > 0) knowParameters(operations, names);
  const workflows = flags.workflow.flatMap(workflowsFrom);
  knowInputs(
    workflows,
    flags.input.map(([name]) => name),
  );
  return {
    operations,
    seed,
    strict,
    operation,
    check,
    ...(aspect.length > 0 && { aspects }),
    concurrency,
    timeout,
    maxAnswer: flags['max-answer'],
    values: Object.fromEntries(set.map(([name, value]) => [name, jsonOrText(value)])),
    ...(fixtures !== undefined && { fixtures }),
    ...(shard !== undefined && { shard }),
    ...(rate !== undefined && { rate }),
    ...(workflows.length > 0 && { workflows }),
    inputs: Object.fromEntries(flags.input.map(([name, value]) => [name, jsonOrText(value)])),
    ...(flags.settle !== undefined && { settle: flags.settle }),
    ...(flags.auth2.length > 0 && { secondUser: secondUserFrom(operations, flags) }),
    ...(flags.budget !== undefined && { budget: { ...flags.budget, ...orderFrom(flags.order) } }),
    ...(maxCases !== undefined && { maxCases }),
  };
}

/** @throws CounterproofError USAGE for a name that no operation has: the value would go nowhere, and nothing would say so */
function knowParameters(operations: Operations, names: readonly string[]): void {
  const known = new Set<string>();
  for (const entry of operations.entries) for (const { name } of operations.compile(entry).parameters) known.add(name);
  const problems = names
    .filter((name) => !known.has(name))
    .map((name) => {
      const meant = nearest(name, [...known], 1);
      const paste = meant.map((near) => `: --set ${near}=…`).join('');
      return { message: `--set ${name}: no operation has a parameter of that name${didYouMeanClause(meant)}${paste}` };
    });
  if (problems.length > 0) throw new CounterproofError('USAGE', problems);
}

/** @throws CounterproofError USAGE for a name that no workflow asks for */
function knowInputs(workflows: readonly Workflow[], names: readonly string[]): void {
  const known = workflows.flatMap(({ inputNames }) => inputNames ?? []);
  // Where one does not say what it takes, it may take anything.
  if (workflows.some(({ inputNames }) => inputNames === null)) return;
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => {
      if (workflows.length === 0) return { message: `--input ${name}: it is for a workflow: pass --workflow FILE` };
      const meant = nearest(name, known, 1);
      const paste = meant.map((near) => `: --input ${near}=…`).join('');
      return { message: `--input ${name}: no workflow has an input of that name${didYouMeanClause(meant)}${paste}` };
    });
  if (problems.length > 0) throw new CounterproofError('USAGE', problems);
}

/** @throws CounterproofError USAGE where the file is not one that `prove --order` wrote */
function orderFrom(file: string | undefined): { readonly worths?: Record<string, number> } {
  if (file === undefined) return {};
  try {
    const { worths } = JSON.parse(readUserFile(file)) as { worths?: Record<string, number> };
    if (typeof worths === 'object' && worths !== null) return { worths };
  } catch (error) {
    throw usage('check', `--order ${file} cannot be read: ${whyUnread(error)}`);
  }
  throw usage('check', `--order ${file} is not a file that "counterproof prove --order" wrote`);
}

/** What the user gave on the command line, and else in the environment. */
export function credentialsFrom(
  { document }: Operations,
  flags: Pick<Arguments<'check'>['flags'], 'auth' | 'header'>,
  environment: Readonly<Record<string, string | undefined>>,
): Credentials {
  const { auth, headers } = credentialsFromEnvironment(document, environment);
  const fields = flags.header.map((text) => {
    const field = parseHeader(text);
    if (field === undefined) throw usage('check', "--header expects a header field, such as 'Name: value'");
    return field;
  });
  const given = new Set(fields.map(([name]) => name.toLowerCase()));
  return createCredentials(
    {
      auth: { ...auth, ...Object.fromEntries(flags.auth) },
      headers: [...headers.filter(([name]) => !given.has(name.toLowerCase())), ...fields],
    },
    schemeNames(document),
  );
}

/** @throws CounterproofError where the file cannot be read, or is no Arazzo document */
function workflowsFrom(file: string): readonly Workflow[] {
  let text: string;
  try {
    text = readUserFile(file);
  } catch (error) {
    throw usage('check', `--workflow ${file} cannot be read: ${whyUnread(error)}`);
  }
  return readWorkflows(file, text);
}

/** @throws CounterproofError USAGE where it is the first one: then whatever that has made is rightly shown to it */
function secondUserFrom(
  { document }: Operations,
  { auth, auth2 }: Pick<Arguments<'check'>['flags'], 'auth' | 'auth2'>,
): Credentials {
  const first = new Map(auth);
  const [same] = auth2.every(([name, value]) => first.get(name) === value) ? auth2 : [];
  if (same !== undefined)
    throw usage('check', `--auth2 ${same[0]}=… is the credential of --auth: a second user has one of its own`);
  return createCredentials({ auth: Object.fromEntries(auth2) }, schemeNames(document));
}

function jsonOrText(value: string): Json {
  try {
    return parseJson(value) as Json;
  } catch {
    return value;
  }
}

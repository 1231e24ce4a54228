import { dirname, join, relative, resolve } from 'node:path';
import type { FullConfig, Reporter, TestCase, TestResult } from 'playwright/types/testReporter';
import { readDocument } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { replaceFileSync } from '../../text/replaced-file.js';
import { type CoverageOfTest, coverageAttachment, goalOf, mergeCoverage, type OperationGoal } from './coverage.js';
import { type CoverageReport, compare, summarize } from './coverage-report.js';

export interface ReporterOptions {
  /** Where the JSON report goes, relative to the config (`counterproof-coverage.json` in the folder of test results). */
  readonly outputFile?: string;
}

/**
 * Says what of each document the tests of all workers have exercised together. In the config of Playwright:
 * `reporter: [['list'], ['counterproof/playwright-reporter']]`.
 */
export default class CoverageReporter implements Reporter {
  readonly #options: ReporterOptions;
  readonly #documents = new Map<string, CoverageOfTest>();
  #config: FullConfig | null = null;

  constructor(options: ReporterOptions = {}) {
    this.#options = options;
  }

  printsToStdio(): boolean {
    // Not the only voice: the config's other reporter lists the tests.
    return false;
  }

  onBegin(config: FullConfig): void {
    this.#config = config;
  }

  onTestEnd(_test: TestCase, { attachments }: TestResult): void {
    for (const { name, body } of attachments) {
      if (name !== coverageAttachment || body === undefined) continue;
      const coverage = JSON.parse(body.toString('utf8')) as CoverageOfTest;
      const key = coverage.file ?? coverage.document;
      const known = this.#documents.get(key);
      const operations =
        known === undefined ? coverage.operations : mergeCoverage(known.operations, coverage.operations);
      this.#documents.set(key, { ...coverage, operations });
    }
  }

  async onEnd(): Promise<void> {
    const reports: CoverageReport[] = [];
    for (const coverage of this.#documents.values()) reports.push(compare(coverage, await goalFor(coverage)));
    if (reports.length === 0) return;
    const file = this.#outputFile();
    replaceFileSync(file, `${JSON.stringify({ documents: reports }, null, 2)}\n`);
    process.stdout.write(`\n${reports.map(summarize).join('\n')}\n  All of it: ${relative('', file)}\n`);
  }

  #outputFile(): string {
    const { configFile, rootDir, projects } = this.#config ?? {};
    const folder = configFile === undefined ? (rootDir ?? '') : dirname(configFile);
    const { outputFile } = this.#options;
    if (outputFile !== undefined) return resolve(folder, outputFile);
    return join(projects?.[0]?.outputDir ?? folder, 'counterproof-coverage.json');
  }
}

async function goalFor({ file, document, goal }: CoverageOfTest): Promise<Readonly<Record<string, OperationGoal>>> {
  if (goal !== undefined || file === null) return goal ?? {};
  return goalOf(createOperations(await readDocument(file, { name: document })));
}

import { createOperations, type Operations, readDocument } from '../index.js';
import { Evidence, suggestionText } from '../suggest/index.js';
import { whyUnwritten } from '../text/file-failure.js';
import { replaceFileSync } from '../text/replaced-file.js';
import { usage } from './arguments.js';
import { hostOf, standardInput } from './document-file.js';
import type { Source } from './subject.js';
import type { Terminal } from './terminal.js';

/** What is seen while a command runs, for `--suggest FILE`. */
/** What the evidence is about, as the command line says it. */
type Subject = Pick<Source, 'document' | 'allowRemote' | 'overlays' | 'root' | 'maxDocument'>;

export interface Suggestion {
  readonly evidence: Evidence;
  /** Writes the overlay, if there is one, and says what it mends. */
  finish(terminal: Terminal): Promise<void>;
}

export function openSuggestion(
  command: 'check' | 'proxy' | 'suggest',
  file: string | undefined,
  operations: Operations,
  source: Subject,
): Suggestion {
  const evidence = new Evidence(operations);
  return {
    evidence,
    async finish({ out, error }) {
      const text = await suggestionText(evidence, file ?? '');
      if (text === null) {
        error('Nothing to suggest: what was seen is in the document');
        return;
      }
      if (file === undefined) out(text.trimEnd());
      else {
        try {
          replaceFileSync(file, text);
        } catch (failure) {
          throw usage(command, `${file} cannot be written: ${whyUnwritten(failure)}`);
        }
      }
      error(await outcomeOf(evidence, text, source, file ?? 'it'));
    },
  };
}

/** How many answers fit the document with the overlay that did not before. */
async function outcomeOf(
  evidence: Evidence,
  text: string,
  { document, allowRemote, overlays, root, maxDocument }: Subject,
  file: string,
): Promise<string> {
  // What came on standard input is gone.
  const { files = [] } = evidence.operations.document;
  const [given] = [document ?? []].flat();
  const source = files[0] ?? (given === standardInput ? undefined : given);
  if (source === undefined) return `${file} says what the document does not`;
  const mended = await readDocument(source, {
    allowRemote: [...hostOf(source), ...allowRemote],
    overlays: [...overlays, text],
    maxDocumentBytes: maxDocument,
    ...(root !== undefined && { root }),
  });
  const { left, of } = evidence.leftBy(createOperations(mended));
  const mends = `${(of - left).toLocaleString('en')} of ${of.toLocaleString('en')} answers that did not fit`;
  return `${file}: with it the document allows ${mends}`;
}

import type { Problem } from '../../errors.js';
import { type UnreadableText, yamlProblem } from './source.js';

/** One error often brings others after it; nobody reads more than these. */
const maximumErrors = 50;

/**
 * All errors of a text that is not YAML. js-yaml, which is faster, stops at the first; `yaml` goes on, and is
 * loaded for this alone.
 */
export async function allProblems({ problems, yaml }: UnreadableText): Promise<readonly Problem[]> {
  if (yaml === undefined) return problems;
  const { parseDocument } = await import('yaml');
  try {
    const { errors } = parseDocument(yaml.text, { prettyErrors: false, logLevel: 'silent' });
    const all = errors
      .slice(0, maximumErrors)
      .map(({ message, pos }) => yamlProblem({ message, offset: pos[0] }, yaml.text, yaml.place));
    return all.length > 0 ? all : problems;
  } catch (error) {
    // It reads by recursion, and so has nothing to say of text that is nested too deep for js-yaml.
    if (error instanceof RangeError) return problems;
    throw error;
  }
}

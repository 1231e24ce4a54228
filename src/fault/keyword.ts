import type { Operation } from '../operation/types.js';
import { breaking } from '../schema/breaking.js';
import { type Assertion, isVacuous } from '../schema/keywords.js';
import type { ValueNode } from '../schema/outlook.js';
import type { Json, JsonObject } from '../text/value.js';
import { nodesOf, readContents, replaced, spoilBody, succeeds, successes } from './body.js';
import { perOperation, sitesOf } from './sites.js';
import type { Family, Fault, FaultContext, Site } from './types.js';

/** A fault that breaks one keyword of the declared schema, somewhere in a successful body. */
export function keywordFault(
  id: string,
  family: Family,
  summary: string,
  keywords: readonly Assertion[],
  narrow: {
    /** The schemas that it is about; all that have the keyword by default. */
    readonly schema?: (schema: JsonObject, keyword: string) => boolean;
    /** What it needs, for the reason why it does not apply; the keywords by default. */
    readonly what?: string;
    /** What stands in place of the value; what breaks the keyword by default. */
    readonly value?: (value: Json, limit: Json, schema: JsonObject) => readonly Json[];
    /** Which of several places is struck when none is named; drawn by the seed by default. */
    readonly last?: true;
  } = {},
): Fault {
  const sites = perOperation((operation: Operation): readonly Site[] =>
    readContents(successes(operation))
      .flatMap(({ schema }) => sitesOf(operation.document, schema.pointer, keywords))
      .filter(({ schema = {}, keyword }) => isStruck(schema, keyword as Assertion)),
  );

  return {
    id,
    family,
    summary,
    generated: true,
    caughtBy: ['response-schema'],
    unfit: (operation) =>
      sites(operation).length === 0 ? `no successful body has ${narrow.what ?? keywords.join(' or ')}` : null,
    sites,
    spoil(answer, context) {
      if (!succeeds(answer)) return null;
      return spoilBody(answer, context, function* (body, schema) {
        for (const { node, keyword } of targets(nodesOf(body, schema, context), context)) {
          const limit = node.schema[keyword] ?? null;
          const broken = narrow.value ?? breaking[keyword];
          for (const value of broken(node.value, limit, node.schema)) yield replaced(body, node.path, value);
        }
      });
    },
  };

  function isStruck(schema: JsonObject, keyword: Assertion): boolean {
    if (narrow.schema) return narrow.schema(schema, keyword);
    return narrow.value !== undefined || !isVacuous(keyword, schema[keyword] ?? null);
  }

  function targets(nodes: readonly ValueNode[], context: FaultContext): { node: ValueNode; keyword: Assertion }[] {
    const found = nodes.flatMap((node) =>
      keywords
        .filter((keyword) => Object.hasOwn(node.schema, keyword) && isStruck(node.schema, keyword))
        .filter((keyword) => context.site === null || context.site === `${node.pointer}/${keyword}`)
        .map((keyword) => ({ node, keyword })),
    );
    if (narrow.last) return found.reverse();
    const from = Math.floor(context.random() * found.length);
    return [...found.slice(from), ...found.slice(0, from)];
  }
}

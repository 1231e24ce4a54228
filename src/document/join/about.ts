import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Renaming } from './names.js';
import type { Part } from './part.js';

/** The Info Object of several documents. */
export function joinInfo(parts: readonly Part[]): JsonObject {
  const all = parts.map(({ document, root }) => {
    const { title, version, description } = isObject(root.info) ? root.info : {};
    return { title: title ?? document.name, version, description };
  });
  const [first] = all;
  const [titles, versions] = [all.map(({ title }) => title), all.map(({ version }) => version)];
  const isOneTitle = new Set(titles).size === 1;
  const isOneVersion = new Set(versions).size === 1;
  const described = all.flatMap(({ title, description }) =>
    typeof description === 'string' ? `## ${title}\n\n${description}` : [],
  );
  return {
    title: isOneTitle ? (first?.title ?? '') : titles.join(' and '),
    version: (isOneVersion ? first?.version : versions.filter((version) => version !== undefined).join(' and ')) ?? '',
    ...(described.length > 0 && { description: described.join('\n\n') }),
  };
}

/** The tags of all, and how they are grouped. */
export function joinTags(parts: readonly Part[], renamings: readonly Renaming[]): JsonObject {
  const tags = parts.flatMap((part, index) => tagsOf(part, renamings[index]?.tags ?? new Map()));
  const groups = parts.flatMap(({ root }, index) => groupsOf(root['x-tagGroups'], renamings[index]?.tags ?? new Map()));
  return { ...(tags.length > 0 && { tags }), ...(groups.length > 0 && { 'x-tagGroups': groups }) };
}

/** A tag that others have too is nested under one of its document (Tag Object; OpenAPI 3.2, 4.22). */
function tagsOf({ root, label }: Part, renamed: ReadonlyMap<string, string>): Json[] {
  const tags = (Array.isArray(root.tags) ? root.tags : []).filter(isObject).map((tag): JsonObject => {
    const { summary, 'x-displayName': display, parent } = tag;
    const name = renamed.get(String(tag.name));
    return {
      ...tag,
      ...(name !== undefined && { name, summary: summary ?? display ?? tag.name ?? name, parent: label }),
      ...(typeof parent === 'string' && { parent: renamed.get(parent) ?? parent }),
    };
  });
  const declared = new Set(tags.map(({ name }) => name));
  const others = [...renamed].filter(([, name]) => !declared.has(name));
  return [
    ...(renamed.size > 0 ? [{ name: label }] : []),
    ...tags,
    ...others.map(([summary, name]) => ({ name, summary, parent: label })),
  ];
}

function groupsOf(groups: Json | undefined, renamed: ReadonlyMap<string, string>): Json[] {
  return (Array.isArray(groups) ? groups : []).flatMap((group) =>
    isObject(group) && Array.isArray(group.tags)
      ? [{ ...group, tags: group.tags.map((tag) => renamed.get(String(tag)) ?? tag) }]
      : [],
  );
}

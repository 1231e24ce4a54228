import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import type { File, Link } from './reference.js';

/**
 * The files beside the document, by name, each with only what references lead to: the rest was neither
 * upgraded nor are its references written anew. The objects that references lead to are the files' own.
 */
export function embed(links: readonly Link[]): JsonObject | undefined {
  const files = new Map<File, Tree>();
  for (const { target } of links) {
    if (target.file.key !== null) {
      const tree = files.get(target.file) ?? new Map<string, Branch>();
      files.set(target.file, tree);
      addBranch(tree, target.segments);
    }
  }
  const result: JsonObject = {};
  for (const [file, tree] of files) setMember(result, file.key as string, prune(file.source.value, tree));
  return files.size > 0 ? result : undefined;
}

/** What is wanted of a value: `whole` of it, or some of its members. */
type Branch = Tree | 'whole';
type Tree = Map<string, Branch>;

const root = '';

function addBranch(files: Tree, segments: readonly string[]): void {
  let tree = files;
  let name = root;
  for (const segment of segments) {
    const branch = tree.get(name) ?? new Map<string, Branch>();
    if (branch === 'whole') return;
    tree.set(name, branch);
    tree = branch;
    name = segment;
  }
  tree.set(name, 'whole');
}

function prune(value: Json, files: Tree): Json {
  return pruneBranch(value, files.get(root) ?? 'whole');
}

function pruneBranch(value: Json, branch: Branch): Json {
  // Of a list all items are kept, since pointers count them.
  if (branch === 'whole' || !isObject(value)) return value;
  const result: JsonObject = {};
  for (const [name, inner] of branch) setMember(result, name, pruneBranch(value[name] as Json, inner));
  return result;
}

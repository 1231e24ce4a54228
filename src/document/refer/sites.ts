import { child } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { type Kind, objectKinds } from './object-kinds.js';
import type { File, Site } from './reference.js';
import type { Frame } from './walk.js';

/**
 * The references that an object of a description makes itself: its `$ref`, what its discriminator names, and the schemes of
 * its security requirements that are URIs.
 *
 * @param description the whole that the user named: what a requirement names by a URI becomes a component of it
 */
export function* sitesIn(file: File, frame: Frame, description: Json): Generator<Site> {
  const { value, kind } = frame;
  if (kind === 'schema' && isObject(value.discriminator)) yield* sitesOfDiscriminator(file, frame, value.discriminator);
  yield* sitesOfExample(file, frame);
  const text = value.$ref;
  const { referable, inlined } = objectKinds[kind];
  if (typeof text === 'string' && (referable || inlined)) {
    yield { file, holder: value, member: '$ref', text, kind, frame, steps: ['$ref'] };
  }
  if (Array.isArray(value.security) && (kind === 'operation' || kind === 'document')) {
    for (const [index, requirement] of value.security.entries()) {
      yield* sitesOfRequirement(file, frame, index, requirement, description);
    }
  }
}

/** Where one reference stands in place of all components of a kind: `schemas: { $ref: "./schemas.yaml" }`. */
export function* sitesOfMaps(file: File, frame: Frame): Generator<Site> {
  const { value, kind } = frame;
  if (kind !== 'components' && kind !== 'document2') return;
  for (const [map, held] of objectKinds[kind].members) {
    const holder = held.as === 'map' ? child(value, map) : undefined;
    if (!isObject(holder) || typeof holder.$ref !== 'string' || Object.keys(holder).length !== 1) continue;
    yield { file, holder, member: '$ref', text: holder.$ref, kind: held.kind, frame, steps: [map, '$ref'], map };
  }
}

/** Where an example is nothing but a reference: whoever writes it means what it leads to. */
function* sitesOfExample(file: File, frame: Frame): Generator<Site> {
  const { value, kind } = frame;
  const name = kind === 'example' ? 'value' : 'example';
  if (!showing.has(kind)) return;
  const holder = child(value, name);
  if (!isObject(holder) || Object.keys(holder).length !== 1) return;
  const text = holder.$ref;
  if (isReference(text)) yield { file, holder, member: '$ref', text, kind: 'value', frame, steps: [name, '$ref'] };
}

const showing: ReadonlySet<Kind> = new Set(['example', 'mediaType', 'parameter', 'header', 'schema']);

function* sitesOfDiscriminator(file: File, frame: Frame, discriminator: JsonObject): Generator<Site> {
  const { mapping, defaultMapping } = discriminator;
  if (isObject(mapping)) {
    for (const [member, text] of Object.entries(mapping)) {
      if (isReference(text)) {
        yield {
          file,
          holder: mapping,
          member,
          text,
          kind: 'schema',
          frame,
          steps: ['discriminator', 'mapping', member],
        };
      }
    }
  }
  if (isReference(defaultMapping)) {
    const steps = ['discriminator', 'defaultMapping'];
    yield { file, holder: discriminator, member: 'defaultMapping', text: defaultMapping, kind: 'schema', frame, steps };
  }
}

/** What looks like no reference is the name of a component. */
function isReference(text: Json | undefined): text is string {
  return typeof text === 'string' && /[#/]|\.(?:json|ya?ml)$/.test(text);
}

/** A security requirement may name its scheme by a URI (OpenAPI 3.2, 4.30): such a scheme becomes a component of that name. */
function* sitesOfRequirement(
  file: File,
  frame: Frame,
  index: number,
  requirement: Json,
  description: Json,
): Generator<Site> {
  for (const text of isObject(requirement) ? Object.keys(requirement) : []) {
    if (!/#|:\/\/|^\.{1,2}\//.test(text) || !isObject(description)) continue;
    description.components ??= {};
    if (isObject(description.components)) description.components.securitySchemes ??= {};
    const schemes = child(description.components, 'securitySchemes');
    if (!isObject(schemes) || Object.hasOwn(schemes, text)) continue;
    const holder = { $ref: text };
    setMember(schemes, text, holder);
    const steps = ['security', String(index), text];
    yield { file, holder, member: '$ref', text, kind: 'securityScheme', frame, steps };
  }
}

// npm run sbom: what the package is made of, as CycloneDX 1.5, from package-lock.json alone: the same commit gives the same text.
// `npm sbom --omit dev` leaves out what a development dependency needs as well.
import { readFileSync } from 'node:fs';
import { readOptions } from './options.mjs';

readOptions(import.meta.url);
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const { name, version, license, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** In the files of dist/ themselves. */
const bundled = ['preact'];

/** @type {Map<string, string[]>} the packages that each one needs, by where they are installed */
const needs = new Map();

/** Where a package is found that one at a place needs, as Node looks for it. */
function placeOf(wanted, from) {
  for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${wanted}`;
    if (packages[place] !== undefined) return place;
    if (folder === '') throw new Error(`package-lock.json has no ${wanted} for ${from}`);
  }
}

function visit(place) {
  if (needs.has(place)) return;
  const places = Object.keys(packages[place].dependencies ?? {}).map((wanted) => placeOf(wanted, place));
  needs.set(place, places);
  for (const each of places) visit(each);
}

const roots = [...Object.keys(dependencies), ...bundled].map((wanted) => placeOf(wanted, ''));
for (const root of roots) visit(root);

const nameOf = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
const purlOf = (place) => `pkg:npm/${nameOf(place).replace('@', '%40')}@${packages[place].version}`;
const own = `pkg:npm/${name}@${version}`;
const places = [...needs.keys()].sort();

const bom = {
  $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: {
    component: { type: 'application', 'bom-ref': own, name, version, purl: own, licenses: [{ expression: license }] },
  },
  components: places.map((place) => {
    const { version: installed, license: granted, integrity = '' } = packages[place];
    return {
      type: 'library',
      'bom-ref': purlOf(place),
      name: nameOf(place),
      version: installed,
      purl: purlOf(place),
      ...(granted && { licenses: [{ expression: granted }] }),
      hashes: integrity
        .split(' ')
        .filter((each) => each.startsWith('sha512-'))
        .map((each) => ({ alg: 'SHA-512', content: Buffer.from(each.slice(7), 'base64').toString('hex') })),
    };
  }),
  dependencies: [
    { ref: own, dependsOn: roots.map(purlOf).sort() },
    ...places.map((place) => ({ ref: purlOf(place), dependsOn: needs.get(place).map(purlOf).sort() })),
  ],
};
console.log(JSON.stringify(bom, null, 2));

import { sentence, slug, title, word } from './phrases.js';
import { type Draw, kindDraws, type Meaning, oneOf } from './row.js';

/** Names, texts, kinds and states: what is left when nothing more telling matched. */
export const things: readonly Meaning[] = [
  {
    words:
      /\b(product|item|sku|goods|variant|catalog|line item|cart|menu)s?\b[^:]*: (name|title|product name|label)$|\b(product|item)( name| title)?$/,
    string: (faker) => faker.commerce.productName(),
  },
  // What is sold, or what is written.
  {
    words: /\barticles?\b[^:]*: (name|title|label)$|\barticle( name| title)?$/,
    beside: /\b(price|cost|sku|stock|quantity|qty|unit|units|ean|gtin|barcode|weight|size)\b/,
    string: (faker) => faker.commerce.productName(),
  },
  { words: /\b(book|novel)s?\b[^:]*: (title|name)$/, string: (faker) => faker.book.title() },
  {
    words: /\b(song|track|music)s?\b[^:]*: (title|name)$|\b(track|song) name$/,
    string: (faker) => faker.music.songName(),
  },
  { words: /\b(album)s?\b[^:]*: (title|name)$|\balbum name$/, string: (faker) => faker.music.album() },
  { words: /\b(genres?)( name)?$/, string: oneOf('rock', 'jazz', 'classical', 'pop', 'folk', 'electronic') },
  {
    words: /\b(pet|animal) ?(types?|kinds?|species|categor(y|ies))\b[^:]*(: name)?$/,
    string: oneOf('cat', 'dog', 'bird', 'rabbit', 'hamster', 'lizard', 'snake', 'fish'),
  },
  { words: /\b(pet|dog|cat|animal)s?\b[^:]*: name$/, string: (faker) => faker.animal.petName() },
  { words: /\bbreed$/, string: (faker) => faker.animal.dog() },
  { words: /\bspecies$/, string: (faker) => faker.animal.type() },
  { words: /\b(vehicle|car)s?\b[^:]*: (name|model)$/, string: (faker) => faker.vehicle.model() },
  { words: /\bmake$/, beside: /\bmodel\b/, string: (faker) => faker.vehicle.manufacturer() },
  { words: /\bvin$/, string: (faker) => faker.vehicle.vin() },
  { words: /\b(isbn)( ?1[03])?$/, string: (faker) => faker.commerce.isbn({ variant: 13, separator: '' }) },
  { words: /\b(ean|upc|gtin|barcode)$/, string: (faker) => `40${faker.string.numeric(11)}` },
  {
    words: /\bsku$/,
    string: (faker) => `${faker.string.alpha({ length: 3, casing: 'upper' })}-${faker.string.numeric(4)}`,
  },
  { words: /\b(airport|iata)( code)?$/, string: (faker) => faker.airline.airport().iataCode },
  { words: /\bairline( name)?$/, string: (faker) => faker.airline.airline().name },
  { words: /\b(flight)( number| no)?$/, string: (faker) => `LH${faker.number.int({ min: 100, max: 999 })}` },
  {
    words:
      /\b(background |text |fore ?ground |primary |secondary |accent )?colou?rs?( (hex|code|value))?$|\b(hex|fill|stroke)$/,
    string: (faker) => faker.color.rgb(),
  },
  { words: /\b(objects?|resource type|object type|type name|typename|entity type|record type)$/, string: ownerSlug },
  {
    words: /\b(categor(y|ies)|department)( name)?$/,
    string: oneOf('electronics', 'books', 'clothing', 'garden', 'sports', 'toys'),
  },
  { words: /\b(visibility|privacy|access)( level)?$/, string: oneOf('public', 'private', 'internal') },
  {
    words: /\b(difficulty|level|tier|plan|edition)( name)?$/,
    string: oneOf('basic', 'standard', 'premium'),
    integer: [1, 10],
  },
  {
    words: /\b(interval|frequency|period|recurrence|cadence|billing cycle)( unit)?$/,
    string: oneOf('day', 'week', 'month', 'year'),
  },
  { words: /\b(weight|mass) unit$/, string: oneOf('kg', 'g') },
  { words: /\b(unit|units|uom|unit of measure)$/, string: oneOf('piece', 'kg', 'm', 'hour') },
  { words: /\bsize$/, beside: /\b(colou?r|sku|product|price)\b/, string: oneOf('S', 'M', 'L', 'XL') },
  { words: /\b(sort|order)( by)?$/, string: oneOf('created_at', 'name'), integer: [0, 20] },
  {
    words: /\b(gate|seat|room|floor|table|zone|shelf|slot|bay|terminal)( number| no| name)?$/,
    string: (faker) => `${faker.helpers.arrayElement(['A', 'B', 'C'])}${faker.number.int({ min: 1, max: 40 })}`,
    integer: [1, 40],
  },
  { words: /\b(weather|conditions?)$/, string: oneOf('clear', 'cloudy', 'rain', 'snow') },
  { words: /\b(mood|sentiment)$/, string: oneOf('positive', 'neutral', 'negative') },
  {
    words: /\b(status|state)( (name|code|label))?$|\b(phase|stage|outcome|result|conclusion|disposition)$/,
    string: oneOf('active', 'pending', 'completed', 'failed', 'archived'),
  },
  {
    words: /\b(types?|kind|class|variant|mode|format|style|source|channel|medium|provider|strategy|origin)$/,
    string: word,
  },
  { words: /\b(tags?|labels?|keywords?|topics?|hashtags?|groups?|segments?)$/, string: word },
  {
    words: /\b(id|ids|key|identifier|uid|sid|gid|pk|ref|reference|external id|handle|oid|resource id)$/,
    string: (faker) => faker.string.alphanumeric({ length: 12, casing: 'lower' }),
    integer: [1, 9999],
  },
  {
    words: /\b(title|subject|headline|heading|caption|subtitle|header|display name|label|summary line)$/,
    string: title,
  },
  {
    words:
      /\b(descriptions?|summary|messages?|msg|comments?|notes?|reasons?|explanation|feedback|remarks?|details?|instructions?|help( text)?|hint|tooltip|warning|disclaimer|objective|goal|excerpt|snippet|preview|subtitle|tagline|question|answer|prompt|memo|statement|quote|purpose|intro|introduction|overview|terms|info|information|caption|text|alt( text)?)$/,
    string: sentence,
  },
  {
    words: /\b(content|body|contents|html|plain text|transcript|response|output|input|log|logs|caption)$/,
    string: sentence,
  },
  { words: /\b(name|names)$/, string: title },
  {
    words: /\b(code|abbreviation|symbol|acronym|short name|prefix|suffix|mnemonic)s?$/,
    string: (faker) => faker.string.alpha({ length: 3, casing: 'upper' }),
    integer: [100, 599],
  },
  { words: /\b(value)$/, string: word },
  { words: /\b(flag)$/, string: slug },
];

/** What a schema is called besides what it is about. */
const suffixes =
  /( (response|request|compact|base|dto|model|schema|object|item|list|data|full|mini|summary|details?))+$/;

/** What a thing is, as an API names it: `payment_method` in a `PaymentMethod`. */
function ownerSlug(faker: Parameters<Draw>[0], context: Parameters<Draw>[1]): string {
  const named = context.owner
    .replaceAll(/[^a-z ]/g, '')
    .replace(suffixes, '')
    .trim();
  return named === '' ? word(faker, context) : named.replaceAll(' ', '_');
}
kindDraws.add(ownerSlug);

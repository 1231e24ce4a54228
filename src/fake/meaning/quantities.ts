import { type Meaning, oneOf } from './row.js';
import { instantIn, textOf } from './time.js';

/** How much, how many, how far along. */
export const quantities: readonly Meaning[] = [
  {
    words: /\b(start|begin|since)$/,
    integer: [0, 20],
    string: (faker) => textOf(instantIn(faker, { from: -199, to: -120 })),
  },
  { words: /\b(end|until)$/, integer: [20, 100], string: (faker) => textOf(instantIn(faker, { from: -119, to: -60 })) },
  { words: /\b(page|current page|page (number|no|index))$/, integer: [1, 3] },
  { words: /\b(pages|page count|total pages|last page|number of pages)$/, integer: [1, 10] },
  { words: /\b(limit|per page|page ?size|max results|page limit|take)$/, integer: [10, 50] },
  {
    words: /\bhours? per( \w+)+$/,
    integer: [1, 8],
    number: [1, 8, 0.5],
    string: (faker) => String(faker.number.int({ min: 1, max: 8 })),
  },
  {
    words: /\bminutes? per( \w+)+$/,
    integer: [30, 480],
    string: (faker) => String(30 * faker.number.int({ min: 1, max: 16 })),
  },
  { words: /\b(offset|skip|start index)$/, integer: [0, 20] },
  { words: /\b(ratings?|stars)( value| average| avg)?$|\baverage rating$/, integer: [1, 5], number: [1, 5, 0.1] },
  {
    words:
      /\b(popularity|percent(age)?|pct|progress|completion|completeness|utili[sz]ation|cpu|battery( level)?|humidity|usage percent|fraction used|humidity|saturation|quality|health)( value| percent(age)?)?$/,
    integer: [0, 100],
    number: [0, 100, 0.1],
  },
  {
    words:
      /\b(score|ratio|rate|probability|confidence|opacity|accuracy|similarity|relevance|likelihood|alpha|weighting|share|(dance|accoustic|acoustic|live|speech|instrumental)\w*ness|danceability|energy|liveness|valence)$/,
    integer: [0, 100],
    number: [0, 1, 0.01],
  },
  { words: /\btemperature$/, beside: /\b(top p|max (output )?tokens|model|prompt)\b/, number: [0, 1, 0.1] },
  {
    words: /\b(temperature|temp|feels like|dew point)( (c|celsius|min|max))?$/,
    integer: [5, 30],
    number: [5, 30, 0.1],
  },
  { words: /\b(tempo|bpm|heart rate)$/, integer: [60, 180], number: [60, 180, 0.1] },
  { words: /\bloudness$/, number: [-20, -3, 0.1] },
  { words: /\b(quantity|qty|units sold|item count|seats|adults|guests|passengers|copies)$/, integer: [1, 10] },
  { words: /\b(stock|inventory|in stock|available|on hand|reserved)( (quantity|count|level))?$/, integer: [0, 200] },
  {
    words:
      /\b(followers|following|stargazers|subscribers|views?|likes?|downloads?|plays?|impressions|clicks|visits|listeners|streams|installs|pageviews|votes?|upvotes|reactions|shares|watchers|visitors|members|users|friends|points|credits|karma|xp)( (count|total))?$/,
    integer: [0, 5000],
  },
  {
    words: /\b(priority|severity|urgency|importance|risk level)$/,
    integer: [1, 5],
    string: oneOf('low', 'medium', 'high'),
  },
  { words: /\b(rank|ranking)$/, integer: [1, 10] },
  {
    words:
      /\b(position|index|order|sequence|ordinal|sort order|display order|depth|row|column|line|line number|place)$/,
    integer: [0, 20],
  },
  {
    words:
      /\b(disc|disk|track|season|episode|chapter|volume|issue|edition|round|lap|level|floor|version|revision|generation|attempt|step|part|batch|seq)( (number|no|id|count))?$/,
    integer: [1, 12],
  },
  {
    words:
      /\b(retries|attempts?|retry count|failures|replicas|instances|errors|warnings|nodes|workers|threads|cores|cpus|vcpus|children|bedrooms|bathrooms|rooms|kids|infants)( count)?$/,
    integer: [0, 4],
  },
  {
    words: /\b(width|height)s?$/,
    beside: /\b(ur[il]|src|image|format|file|thumbnail|bit rate|frame rate)\b/,
    integer: [320, 1920],
  },
  {
    words: /\b(image|photo|picture|icon|thumbnail|video|screen|window|viewport|canvas)s?\b[^:]*: (width|height)$/,
    integer: [320, 1920],
  },
  {
    words: /\b(width|height|length|depth|diameter|thickness)( (mm|cm|m|in|px))?$/,
    integer: [1, 200],
    number: [1, 200, 0.1],
  },
  {
    words: /\b(weight|mass|net weight|gross weight)( (kg|g|lb|lbs|oz|grams))?$/,
    integer: [1, 80],
    number: [0.1, 80, 0.1],
  },
  {
    words:
      /\b(memory|ram|disk|storage|size|file ?size|bytes|content length|quota|bandwidth|total size|capacity)( (bytes|kb|in bytes|used|total|limit|free|available))?$/,
    integer: [1024, 5_000_000],
  },
  { words: /\b(size|memory|ram|disk|storage|bandwidth|capacity)( (mb|gb|tb|in mb|in gb))$/, integer: [1, 512] },
  {
    words:
      /\b(duration|length|time|latency|elapsed|timeout|delay|interval|runtime|ttl|took|age|uptime|expires in)( in)?( (ms|millis|milliseconds|millisecond))$/,
    integer: [100, 240_000],
  },
  {
    words: /\b(expires in|ttl|max age|timeout|interval|retry after|cache control|lifetime)( (s|sec|secs|seconds))?$/,
    integer: [60, 3600],
  },
  {
    words:
      /\b(duration|runtime|elapsed|latency|uptime|delay|(response|processing|execution|lead|wait|preparation|cook|travel|reading|run) time|took)( (s|sec|secs|seconds|in seconds|minutes|min|mins))?$/,
    integer: [5, 600],
    number: [0.5, 600, 0.1],
    string: (faker) => `PT${faker.number.int({ min: 5, max: 55 })}M`,
  },
  { words: /\b(speed|velocity|wind|wind speed)$/, integer: [0, 120], number: [0, 120, 0.1] },
  { words: /\b(\w+ )?tokens( used)?$/, integer: [10, 4000] },
  { words: /\b(minimum|min)$/, integer: [0, 10], number: [0, 10, 0.1] },
  { words: /\b(maximum|max)$/, integer: [20, 100], number: [20, 100, 0.1] },
  { words: /\b(average|avg|mean|median)( \w+)?$/, integer: [5, 50], number: [5, 50, 0.1] },
  {
    words:
      /\b(totals?|count|counter|num|number of \w+|num \w+|\w+ counts?|total \w+|total (\w+ )+\w+s|\w+ total|sum|remaining|used|usage)$/,
    integer: [0, 50],
  },
  { words: /\bnumber$/, integer: [1, 500] },
];

/** A number of which nothing is known. */
export const anyNumber = { integer: [1, 100], number: [1, 100, 0.01] } as const;

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lines, type Markup, markup } from './markup.js';

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom('</p><script>', '" onload="x', "' onload='x", '&lt;', ']]>', '\u0000\ud800\ufffe'),
);

describe('markup', () => {
  it('escapes what is put in, in content and in attributes', () => {
    expect(String(markup`<p title="${'"<&>\''}">${'<b>'}</p>`)).toBe(
      '<p title="&quot;&lt;&amp;&gt;&apos;">&lt;b&gt;</p>',
    );
  });

  it('leaves as it is what it made itself, also in lists', () => {
    const items = ['<a>', 'b'].map((item) => markup`<li>${item}</li>`);
    expect(String(markup`<ul>${items}</ul>`)).toBe('<ul><li>&lt;a&gt;</li><li>b</li></ul>');
    expect(String(lines(items))).toBe('<li>&lt;a&gt;</li>\n<li>b</li>');
    expect(String(lines('<a>\nb'))).toBe('&lt;a&gt;\nb');
  });

  it('escapes what only looks as if it had made it', () => {
    const forged = { toString: () => '<script>' } as unknown as Markup;
    expect(() => String(markup`<p>${forged}</p>`)).toThrow();
  });

  it('never lets a text become markup, and writes only what XML allows', () => {
    fc.assert(
      fc.property(anything, anything, (first, second) => {
        const text = String(markup`<a b="${first}">${[first, [markup`<i>${second}</i>`, second]]}</a>`);
        const rest = text.replace(/^<a b="([^"<>']*)">([^"<>']*)<i>([^"<>']*)<\/i>([^"<>']*)<\/a>$/, '$1$2$3$4');
        expect(rest).not.toMatch(/[<>"']/);
        expect(rest).not.toMatch(/&(?!(amp|lt|gt|quot|apos);)/);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML forbids is what this looks for
        expect(rest).not.toMatch(/[\u0000-\u001f\ufffe\uffff]/);
        expect(() => encodeURIComponent(rest)).not.toThrow(); // no lone surrogate
      }),
    );
  });
});

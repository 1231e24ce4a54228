import { Random } from '../random.js';

/**
 * A picture as SVG: two disks on a ground, in colours that follow its number, so that pictures can be told apart. It has no
 * text and loads nothing.
 */
export function pictureOf(number: number): string {
  const random = new Random(number);
  const digits = (from: number, to: number): string =>
    [0, 1, 2].map(() => random.integer(from, to).toString(16)).join('');
  const disk = (radius: number, colour: string): string =>
    `<circle cx='${random.integer(2, 6)}' cy='${random.integer(2, 6)}' r='${radius}' fill='#${colour}'/>`;
  return [
    `<svg id='p${number}' xmlns='http://www.w3.org/2000/svg' width='256' height='256' viewBox='0 0 8 8'>`,
    `<path fill='#${digits(11, 15)}' d='M0,0h8v8H0z'/>${disk(3, digits(6, 11))}${disk(2, digits(1, 7))}</svg>`,
  ].join('');
}

/** The same as a `data:` URI (RFC 2397), which loads where there is no server. */
export function pictureData(number: number): string {
  const picture = pictureOf(number);
  return `data:image/svg+xml,${picture.replaceAll(/[<># ]/g, (character) => encodeURIComponent(character))}`;
}

/** The addresses of such pictures in a text, each made another one by its number. */
export function withPictures(text: string, addressOf: (number: number) => string): string {
  return text.replaceAll(/data:image\/svg\+xml,%3Csvg%20id='p(\d{1,4})'[^"<>\s]*?%3C\/svg%3E/g, (_, number) =>
    addressOf(Number(number)),
  );
}

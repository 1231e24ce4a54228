import { Random } from '../random.js';

/** The hues of a picture and of what is in it. */
const hues = 360;

/**
 * A picture as SVG: two hills and a sun in the colours of its number, so that pictures can be told apart. It has no text
 * and loads nothing.
 */
export function pictureOf(number: number): string {
  const random = new Random(number);
  const hue = random.integer(0, hues - 1);
  const [x, y] = [random.integer(12, 52), random.integer(12, 24)];
  const tone = (shift: number, light: number): string => `hsl(${(hue + shift) % hues} 55% ${light}%)`;
  const hill = (from: number, to: number): string => `M0 64V${from}Q32 ${from + to - 64} 64 ${to}V64Z`;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 64 64">',
    `<path fill="${tone(0, 82)}" d="M0 0h64v64H0Z"/><circle fill="${tone(40, 92)}" cx="${x}" cy="${y}" r="7"/>`,
    `<path fill="${tone(20, 58)}" d="${hill(random.integer(36, 46), random.integer(36, 46))}"/>`,
    `<path fill="${tone(330, 40)}" d="${hill(random.integer(46, 56), random.integer(46, 56))}"/></svg>`,
  ].join('');
}

/** The same as a `data:` URI (RFC 2397), which loads where there is no server. */
export function pictureData(random: Random): string {
  return `data:image/svg+xml,${encodeURIComponent(pictureOf(random.integer(0, 9999)))}`;
}

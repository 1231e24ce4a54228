const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/** Dotted decimal without leading zeros (RFC 2673, 3.2). */
export function isIpv4(text: string): boolean {
  return ipv4.test(text);
}

/** RFC 4291, 2.2: eight groups, one run of zeros left out as `::`, the last two perhaps as IPv4. No zone. */
export function isIpv6(text: string): boolean {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return false;
  const groups = [...groupsOf(head), ...groupsOf(tail ?? '')];
  const last = groups.at(-1) ?? '';
  const embedded = last.includes('.') && (tail === undefined || tail !== '');
  const length = groups.length + (embedded ? 1 : 0);
  const wellFormed = groups.every((group, index) =>
    embedded && index === groups.length - 1 ? isIpv4(group) : /^[0-9A-Fa-f]{1,4}$/.test(group),
  );
  return wellFormed && (tail === undefined ? length === 8 : length <= 7);
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

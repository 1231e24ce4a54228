/**
 * Whether a host is this machine: RFC 6890 (127.0.0.0/8, ::1, also mapped) and RFC 6761 (localhost and names below it).
 * @param host a name or an address as `URL.hostname` has it, with or without the brackets of IPv6
 */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  return (
    /^127(?:\.\d{1,3}){3}$/.test(name) ||
    name === '::1' ||
    /^::ffff:(?:7f[0-9a-f]{2}:[0-9a-f]{1,4}|127(?:\.\d{1,3}){3})$/.test(name)
  );
}

/** The oldest Node that this package runs on; `engines` in package.json says the same. */
export const nodeFloor = '20.19';

export function isBelowFloor(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = nodeFloor.split('.').map(Number);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}

/** What a person runs where there is no browser. */
export const remedy: string;
/** Arguments with which Chromium runs headless where it otherwise would not. */
export const launchArguments: string[];
/** The path of a Chromium that is there, or null. */
export function findBrowser(): string | null;
/** As `findBrowser`; where there is none, installs Debian's package if it may. */
export function findOrInstallBrowser(say?: (text: string) => void): string | null;

import { spawn } from 'node:child_process';

/** Hands a URL to what opens such things here. Where there is nothing of the kind, its name has been printed. */
export function openInBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  const opener = spawn(command ?? 'xdg-open', [...args, url], { detached: true, stdio: 'ignore' });
  opener.on('error', () => {});
  opener.unref();
}

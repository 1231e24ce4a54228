/** Hands a URL to what opens such things here. Where there is nothing of the kind, its name has been printed. */
export async function openInBrowser(url: string): Promise<void> {
  const { spawn } = await import('node:child_process');
  const [command, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  const opener = spawn(command ?? 'xdg-open', [...args, url], { detached: true, stdio: 'ignore' });
  opener.on('error', () => {});
  opener.unref();
}

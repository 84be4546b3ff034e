import { spawn } from 'node:child_process';

const setting = ['org.gnome.desktop.notifications', 'show-banners'];

/**
 * Tells whether GNOME is set not to disturb, now and at every change, until what it returns is called. Other desktops say nothing;
 * nor do macOS and Windows, which keep such notifications back by themselves.
 */
export function watchDoNotDisturb(listener: (isOn: boolean) => void, program = 'gsettings'): () => void {
  if (process.platform !== 'linux') return () => {};
  const children = ['get', 'monitor'].map((verb) => {
    const child = spawn(program, [verb, ...setting], { stdio: ['ignore', 'pipe', 'ignore'] });
    // Where there is no such program, or no such setting, there is nothing to hear.
    child.on('error', () => {});
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        // `get` says `false`, `monitor` says `show-banners: false`.
        const [, shows] = /^(?:show-banners: )?(true|false)$/.exec(line) ?? [];
        if (shows !== undefined) listener(shows === 'false');
      }
    });
    return child;
  });
  return () => {
    for (const child of children) child.kill();
  };
}

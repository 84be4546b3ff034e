/** Has the browser save a text as a file; `type` is its media type. */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has read the address by the next turn, at the latest.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** Asks for a file, and answers the text of the one that is chosen; undefined for one of more than `most` bytes. */
export function chooseFile(accept: string, most: number, onText: (text: string | undefined) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (!file) return;
    if (file.size > most) onText(undefined);
    else void file.text().then(onText);
  });
  input.click();
}

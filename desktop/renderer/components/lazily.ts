import { type ComponentType, lazy } from 'react';

/** Code that is loaded when it is first needed could not be had: the server is away, or has been updated since the page was loaded. */
export class CodeMissing extends Error {}

/** A component whose code is loaded when it is first drawn; throws CodeMissing, and goes on to, where that fails. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return lazy(() =>
    load().then(
      (component) => ({ default: component }),
      (cause: unknown) => {
        throw new CodeMissing('Code could not be loaded', { cause });
      },
    ),
  );
}

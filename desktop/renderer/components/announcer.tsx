import { Signal, useSignal } from '../data/signal.ts';

const announced = new Signal('');

/** Has a screen reader say a text, wherever the focus is; an empty one takes back what was not said yet. */
export function announce(text: string): void {
  announced.set(text);
}

/** What says it; drawn once, and left in hearing by dialogs, which take everything else out of it. */
export function Announcer() {
  return (
    <div className="hidden-text" role="status" data-live-announcer="true">
      {useSignal(announced)}
    </div>
  );
}

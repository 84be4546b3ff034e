import type { DesktopNotice } from './port.ts';

/** Two notifications are heard no closer together than this, in milliseconds. */
const soundMs = 5_000;

/** Makes what takes the sound from a notification that comes right after one that was heard: in a storm a bell that rings on tells nothing. */
export function paceSound(now: () => number): (notice: DesktopNotice) => DesktopNotice {
  let heardAt = Number.NEGATIVE_INFINITY;
  return (notice) => {
    const since = now() - heardAt;
    // A clock that was set back says nothing of the time that has passed.
    if (since >= 0 && since < soundMs) return { ...notice, isSilent: true };
    heardAt = now();
    return notice;
  };
}

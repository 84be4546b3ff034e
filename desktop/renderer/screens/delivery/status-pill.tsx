import { Pill } from '../../components/pill.tsx';
import type { DeliveryStatus } from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import { deliveryWords } from './words.ts';

const tones = { DELIVERED: 'good', DEAD: 'bad', QUEUED: 'waiting', GATHERING: 'calm' } as const;

/** How far a delivery is. */
export function StatusPill({ status }: { readonly status: DeliveryStatus }) {
  const words = useWords(deliveryWords).status;
  return <Pill tone={tones[status]}>{words[status]}</Pill>;
}

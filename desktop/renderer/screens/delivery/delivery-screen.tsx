import { Tabs } from '../../components/tabs.tsx';
import { useWords } from '../../i18n/words.ts';
import { navigate } from '../../router/router.ts';
import type { ScreenProps } from '../../routes.ts';
import { DeliveryLogPage } from './delivery-log-page.tsx';
import { SinksPage } from './sinks-page.tsx';
import { deliveryWords } from './words.ts';
import './delivery.css';

/** Who is told of alerts, and whether they were. */
export function Screen({ params }: ScreenProps) {
  const words = useWords(deliveryWords).tabs;
  return (
    <div className="delivery-screen">
      <Tabs
        label={words.label}
        chosen={params['page'] === 'log' ? 'log' : 'sinks'}
        onChange={(id) => navigate(id === 'log' ? '/delivery/log' : '/delivery')}
        items={[
          { id: 'sinks', label: words.sinks, content: <SinksPage /> },
          { id: 'log', label: words.log, content: <DeliveryLogPage /> },
        ]}
      />
    </div>
  );
}

import type { GatewayState } from '../../../ipc-contract.ts';
import { Notice } from '../../components/notice.tsx';
import { messages } from '../../messages.ts';

/** Nothing has come in yet: how to make something come in. */
export function EmptyScreen({ gateway }: { gateway: GatewayState }) {
  return (
    <Notice {...messages.empty}>
      {gateway.kind === 'ready' && (
        <div className="steps">
          <p>{messages.nextStep.makeKey}</p>
          <pre>
            TOCSIN_DATA_DIR="{gateway.dataDir}" \{'\n'}
            {'  '}npm run -s tocsin -- credential create --kind ingest-key --name wazuh
          </pre>
          <p>{messages.nextStep.send}</p>
          <pre>{gateway.url}/api/v1/webhooks/wazuh</pre>
        </div>
      )}
    </Notice>
  );
}

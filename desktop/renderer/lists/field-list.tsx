import { Fragment, useState } from 'react';
import { Button } from '../components/button.tsx';
import { UntrustedText } from '../components/untrusted-text.tsx';
import { useWords } from '../i18n/words.ts';
import { flatFields } from './flat-fields.ts';
import { listWords } from './words.ts';
import './field-list.css';

/** More fields than a person reads; the raw text has them all. */
const mostFields = 200;

interface FieldListProps {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Beyond so many the rest is shown once somebody asks for it. */
  readonly few?: number;
}

/** The fields of an event by their names. */
export function FieldList({ fields, few = mostFields }: FieldListProps) {
  const words = useWords(listWords).fields;
  const [isOpen, open] = useState(false);
  const { shown, more } = flatFields(fields, mostFields);
  if (shown.length === 0) return <p className="quiet">{words.none}</p>;
  const isFolded = shown.length > few && !isOpen;
  return (
    <>
      <dl className="facts field-list">
        {(isFolded ? shown.slice(0, few) : shown).map(([name, value]) => (
          <Fragment key={name}>
            <dt className="mono">
              <UntrustedText>{name}</UntrustedText>
            </dt>
            <dd className="mono">
              <UntrustedText>{value}</UntrustedText>
            </dd>
          </Fragment>
        ))}
      </dl>
      {isFolded && (
        <div>
          <Button look="quiet" icon="down" onPress={() => open(true)}>
            {words.all(shown.length)}
          </Button>
        </div>
      )}
      {more > 0 && !isFolded && <p className="quiet">{words.more(more)}</p>}
    </>
  );
}

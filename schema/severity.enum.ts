import { registerEnumType } from './enums.ts';

/** OCSF severity ids; the number is what is stored and compared. */
export const Severity = {
  INFORMATIONAL: 1,
  LOW: 2,
  MEDIUM: 3,
  HIGH: 4,
  CRITICAL: 5,
  FATAL: 6,
} as const;

export type Severity = (typeof Severity)[keyof typeof Severity];

/** The name GraphQL shows for a severity id. */
export const severityNames = Object.keys(Severity) as (keyof typeof Severity)[];

registerEnumType(Severity, {
  name: 'Severity',
  description: 'How bad it is, in the words and order of OCSF.',
  valuesConfig: {
    INFORMATIONAL: { description: 'Nothing to do (1).' },
    LOW: { description: 'Worth a look some day (2).' },
    MEDIUM: { description: 'Worth a look today (3).' },
    HIGH: { description: 'Needs action now (4).' },
    CRITICAL: { description: 'Damage is being done or about to be (5).' },
    FATAL: { description: 'Something has failed for good (6).' },
  },
});

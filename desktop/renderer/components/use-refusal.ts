import { useState } from 'react';
import type { Failure } from '../data/use-data.ts';
import { useFailureText } from './toast.tsx';

/** Why a form was refused, said where it belongs. */
export interface Refusal {
  readonly set: (failure: Failure | undefined) => void;
  /** What is wrong with a field of the form. */
  readonly on: (field: string) => string | undefined;
  /** What is wrong, unless one of these fields says it. */
  readonly besides: (...fields: string[]) => string | undefined;
}

/** Keeps the failure of a form until it is sent again. */
export function useRefusal(): Refusal {
  const [failure, set] = useState<Failure>();
  const text = useFailureText();
  return {
    set,
    on: (field) => (failure?.field === field ? text(failure) : undefined),
    besides: (...fields) =>
      failure === undefined || (failure.field !== undefined && fields.includes(failure.field))
        ? undefined
        : text(failure),
  };
}

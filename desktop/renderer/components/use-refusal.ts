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
    on: (field) => (failure?.field === field ? problemOf(failure, text) : undefined),
    besides: (...fields) =>
      failure === undefined || (failure.field !== undefined && fields.includes(failure.field))
        ? undefined
        : problemOf(failure, text),
  };
}

/** The server begins with the name that the API has for the field, which the form says in its own words. */
function problemOf(failure: Failure, text: (failure: Failure) => string): string {
  const whole = text(failure);
  const name = `${failure.field}: `;
  if (!whole.startsWith(name)) return whole;
  const problem = whole.slice(name.length);
  return problem.charAt(0).toUpperCase() + problem.slice(1);
}

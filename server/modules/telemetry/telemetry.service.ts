import type { Page } from '../../../schema/paging/connection.type.ts';
import type { TelemetryFilter, TelemetrySampleType } from '../../../schema/telemetry/telemetry-sample.type.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import type { TelemetryRepository } from './telemetry.repository.ts';

/** What the appliances of a tenant measured. */
export class TelemetryService {
  readonly #samples: TelemetryRepository;

  constructor(samples: TelemetryRepository) {
    this.#samples = samples;
  }

  page(tenantId: string, filter: TelemetryFilter | null, request: PageRequest): Promise<Page<TelemetrySampleType>> {
    return this.#samples.page(tenantId, filter ?? {}, request);
  }
}

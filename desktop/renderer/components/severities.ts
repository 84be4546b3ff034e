/** From harmless to worst, as the API names them. */
export const severities = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'FATAL'] as const;
export type SeverityName = (typeof severities)[number];

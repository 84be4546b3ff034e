import { nowhere, type RootRequest } from './root-request.ts';

/** Requests for the root fields of searching and of saved views. */
export const searchRootRequests: Readonly<Record<string, RootRequest>> = {
  'Query.searchFields': { permission: null, document: '{ searchFields(of: ALERT) { name } }' },
  'Query.savedViews': { permission: null, document: '{ savedViews { id } }' },
  'Mutation.createSavedView': {
    permission: null,
    document: 'mutation { createSavedView(input: { name: "New", screen: "alerts", query: "{}" }) { id } }',
  },
  'Mutation.updateSavedView': {
    permission: null,
    document: 'mutation ($id: ID!) { updateSavedView(id: $id, input: { name: "Newer" }) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.deleteSavedView': {
    permission: null,
    document: 'mutation ($id: ID!) { deleteSavedView(id: $id) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
};

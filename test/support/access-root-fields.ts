import { nowhere, type RootRequest } from './root-request.ts';

/** A smallest valid request for every root field about people and what they may do, but for those about users. */
export const accessRootRequests: Readonly<Record<string, RootRequest>> = {
  'Query.me': { permission: null, document: '{ me { permissions tenant { id } } }' },
  'Query.roles': { permission: 'USERS_READ', document: '{ roles { id permissions } }' },
  'Query.sessions': { permission: null, document: '{ sessions { id } }' },
  'Query.tenant': { permission: null, document: '{ tenant { name } }' },
  'Mutation.changePassword': {
    permission: null,
    document: 'mutation { changePassword(current: "the present one", new: "the next one") }',
    // No token of the test has a user.
    fault: 'CONFLICT',
  },
  'Mutation.createRole': {
    permission: 'USERS_WRITE',
    document: 'mutation { createRole(input: { name: "Night shift", permissions: [] }) { id } }',
  },
  'Mutation.updateRole': {
    permission: 'USERS_WRITE',
    document: 'mutation ($id: ID!) { updateRole(id: $id, input: { name: "Day shift" }) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.deleteRole': {
    permission: 'USERS_WRITE',
    document: 'mutation ($id: ID!) { deleteRole(id: $id) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.inviteUser': {
    permission: 'USERS_WRITE',
    document: 'mutation ($id: ID!) { inviteUser(id: $id) { link } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.revokeSession': {
    permission: null,
    document: 'mutation ($id: ID!) { revokeSession(id: $id) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.rotateApiToken': {
    permission: 'USERS_WRITE',
    document: 'mutation ($id: ID!) { rotateApiToken(id: $id) { secret } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.updateTenant': {
    permission: 'USERS_WRITE',
    document: 'mutation { updateTenant(input: { backupModule: true }) { id } }',
  },
};

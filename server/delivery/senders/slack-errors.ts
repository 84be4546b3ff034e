import type { Outcome } from '../sender.ts';

/** What Slack's `ok: false` means for a message, by its code; any other code is tried again, for it may be new. */
const bins: Readonly<Record<Exclude<Outcome['result'], 'DELIVERED'>, string>> = {
  RETRY:
    'internal_error fatal_error service_unavailable request_timeout ratelimited rate_limited message_limit_exceeded ' +
    'team_added_to_org org_login_required accesslimited external_channel_migrating team_not_found',
  REFUSED:
    'channel_not_found not_in_channel invalid_auth not_authed token_expired missing_scope no_permission not_allowed_token_type ' +
    'restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel ' +
    'restricted_action_non_threadable_channel access_denied ekm_access_denied enterprise_is_restricted two_factor_setup_required ' +
    'invalid_arguments invalid_arg_name invalid_array_arg invalid_charset invalid_form_data invalid_post_type missing_post_type ' +
    'invalid_blocks invalid_blocks_format msg_too_long msg_blocks_too_long no_text too_many_attachments too_many_contact_cards ' +
    'slack_connect_blocked_file_type deprecated_endpoint method_deprecated as_user_not_supported is_inactive',
  GONE: 'is_archived account_inactive token_revoked team_disabled app_uninstalled channel_is_archived',
};

type Bin = keyof typeof bins;

const table = new Map(
  Object.entries(bins).flatMap(([bin, codes]) => codes.split(' ').map((code) => [code, bin as Bin] as const)),
);

/** What to do about a code of Slack's, which is named in the error only where it is one of the known. */
export function outcomeOfCode(code: string): Outcome {
  const bin = table.get(code);
  const error = bin === undefined ? 'Slack refused it for a reason that is not known here' : `Slack answered ${code}`;
  return { result: bin ?? 'RETRY', status: 200, error };
}

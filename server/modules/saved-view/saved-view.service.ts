import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import type { CreateSavedViewInput, UpdateSavedViewInput } from '../../../schema/saved-view/saved-view.input.ts';
import type { SavedViewType } from '../../../schema/saved-view/saved-view.type.ts';
import { Conflict, InvalidInput, NotFound } from '../../errors.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import type { Actor, AuditService } from '../audit/audit.service.ts';
import { checkName } from '../intake/intake.service.ts';
import type { Owner, SavedView, SavedViewRepository } from './saved-view.repository.ts';

/** Views that one user may keep. */
export const mostSavedViews = 100;
/** Views of others that one list shows. */
const mostShared = 500;
/** In UTF-16 units. */
const longestQuery = 8000;

/** What people keep under a name to look at again: each user's own, and what others of the tenant share. */
export class SavedViewService {
  readonly #views: SavedViewRepository;
  readonly #audit: AuditService;
  readonly #now: () => number;

  constructor(views: SavedViewRepository, audit: AuditService, now: () => number) {
    this.#views = views;
    this.#audit = audit;
    this.#now = now;
  }

  /** The caller's own and those shared with it, by name; of one screen, if one is given. */
  async list(actor: Actor, screen: string | null | undefined): Promise<SavedViewType[]> {
    const owner = ownerOf(actor);
    const views = await this.#views.visible(owner, mostShared);
    return views.filter((view) => screen == null || view.screen === screen).map((view) => toType(view, owner));
  }

  /** Throws InvalidInput, and Conflict when the caller keeps a hundred already. */
  async create(actor: Actor, input: CreateSavedViewInput): Promise<SavedViewType> {
    const owner = ownerOf(actor);
    const at = this.#now();
    const view: SavedView = {
      id: uuidV7(at),
      ...owner,
      name: checkName(input.name),
      screen: checkScreen(input.screen),
      query: checkQuery(input.query),
      isShared: input.isShared,
      createdAt: at,
      updatedAt: at,
    };
    await this.#views.transaction(async (transaction) => {
      if ((await this.#views.countOwn(transaction, owner)) >= mostSavedViews) {
        throw new Conflict(`There are ${mostSavedViews} saved views already: delete one first`);
      }
      await this.#views.insert(transaction, view);
      await this.#record(transaction, actor, AuditAction.CREATE_SAVED_VIEW, view);
    });
    return toType(view, owner);
  }

  /** Throws NotFound for a view that is not the caller's own, shared or not. */
  async update(actor: Actor, id: string, { name, query, isShared }: UpdateSavedViewInput): Promise<SavedViewType> {
    const changes = {
      ...(name != null && { name: checkName(name) }),
      ...(query != null && { query: checkQuery(query) }),
      ...(isShared != null && { isShared }),
      updatedAt: this.#now(),
    };
    return this.#views.transaction(async (transaction) => {
      const view = { ...(await this.#own(transaction, actor, id)), ...changes };
      await this.#views.update(transaction, view, changes);
      await this.#record(transaction, actor, AuditAction.UPDATE_SAVED_VIEW, view);
      return toType(view, ownerOf(actor));
    });
  }

  /** Answers what it was. Throws NotFound for a view that is not the caller's own. */
  async delete(actor: Actor, id: string): Promise<SavedViewType> {
    return this.#views.transaction(async (transaction) => {
      const view = await this.#own(transaction, actor, id);
      await this.#views.delete(transaction, view);
      await this.#record(transaction, actor, AuditAction.DELETE_SAVED_VIEW, view);
      return toType(view, ownerOf(actor));
    });
  }

  async #own(transaction: Transaction, actor: Actor, id: string): Promise<SavedView> {
    const view = isUuid(id) ? await this.#views.findOwn(transaction, ownerOf(actor), id) : null;
    if (!view) throw new NotFound('Saved view', id);
    return view;
  }

  async #record(
    transaction: Transaction,
    actor: Actor,
    action: AuditAction,
    { id, name, screen }: SavedView,
  ): Promise<void> {
    await this.#audit.record(transaction, actor, { action, subject: id, details: { name, screen } });
  }
}

/** A credential that is nobody's keeps its own. */
function ownerOf({ tenantId, userId, credentialId }: Actor): Owner {
  return { tenantId, ownerId: userId === undefined ? `credential ${credentialId}` : `user ${userId}` };
}

function toType({ ownerId, createdAt, updatedAt, ...view }: SavedView, owner: Owner): SavedViewType {
  const { id, name, screen, query, isShared } = view;
  const [kind, user = ''] = ownerId.split(' ');
  return {
    id,
    name,
    screen,
    query,
    isShared,
    isMine: ownerId === owner.ownerId,
    ownerId: kind === 'user' ? user : null,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}

function checkScreen(screen: string): string {
  if (!/^[a-z0-9-]{1,40}$/i.test(screen))
    throw new InvalidInput('screen', 'must be 1 to 40 letters, digits and dashes');
  return screen;
}

function checkQuery(query: string): string {
  if (query.length > longestQuery) throw new InvalidInput('query', `must have at most ${longestQuery} characters`);
  try {
    JSON.parse(query);
  } catch {
    throw new InvalidInput('query', 'must be JSON');
  }
  if (query.includes('\0') || !query.isWellFormed()) throw new InvalidInput('query', 'must be text');
  return query;
}

export const roles = { rower: 'Rower', coxswain: 'Coxswain', coach: 'Coach', treasurer: 'Treasurer' } as const;
export type Role = keyof typeof roles;

export const orders = {
  name: 'Name, A to Z',
  '-name': 'Name, Z to A',
  '-joined': 'Newest first',
  joined: 'Oldest first',
};

/** What a person can write of a member. */
export interface MemberDraft {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly city: string;
}

export interface Member extends MemberDraft {
  readonly id: number;
  /** As in `2025-01-31`. */
  readonly joined: string;
}

export interface MemberPage {
  readonly items: readonly Member[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

export interface Query {
  readonly q: string;
  readonly role: Role | '';
  readonly sort: string;
  readonly page: number;
}

/** What the server refused, in its own words. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

const collection = '/api/members';

export async function listMembers(query: Query, signal: AbortSignal): Promise<MemberPage> {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return (await ask(`${collection}?${search}`, { signal })).json();
}

export async function addMember(draft: MemberDraft): Promise<Member> {
  return (await ask(collection, { method: 'POST', ...json(draft, 'application/json') })).json();
}

export async function changeMember(id: number, change: Partial<MemberDraft>): Promise<Member> {
  const sent = json(change, 'application/merge-patch+json');
  return (await ask(`${collection}/${id}`, { method: 'PATCH', ...sent })).json();
}

export async function removeMember(id: number): Promise<void> {
  await ask(`${collection}/${id}`, { method: 'DELETE' });
}

function json(value: object, mediaType: string): RequestInit {
  return { headers: { 'Content-Type': mediaType }, body: JSON.stringify(value) };
}

/** @throws Refusal where the status is none of success, TypeError where nobody answers */
async function ask(target: string, init: RequestInit): Promise<Response> {
  const response = await fetch(target, init);
  if (response.ok) return response;
  const problem: { title?: string; detail?: string } = await response.json().catch(() => ({}));
  throw new Refusal(response.status, problem.detail ?? problem.title ?? `The server answered ${response.status}`);
}

export function messageOf(error: unknown): string {
  return error instanceof Refusal ? error.message : 'The server cannot be reached';
}

/** The values of the query parameter `provider`, and what people call them. */
export const providers = {
  github: { name: 'GitHub', one: 'installation', many: 'installations' },
  gitlab: { name: 'GitLab', one: 'group', many: 'groups' },
  bitbucket: { name: 'Bitbucket', one: 'workspace', many: 'workspaces' },
  enterprise_sso: { name: 'Enterprise SSO', one: 'organization', many: 'organizations' },
} as const;

export type Provider = keyof typeof providers;

export const providerIds = Object.keys(providers) as Provider[];

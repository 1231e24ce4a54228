import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const text = { type: 'string' };
const of = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
const answering = (name: string, status = 200) => ({ [status]: { description: 'd', content: of(name) } });
const kind = (name: string) => ({ 'x-kubernetes-group-version-kind': [{ group: 'apps', kind: name, version: 'v1' }] });
const parameter = (name: string) => ({ name, in: 'path', required: true, schema: text });
const meta = { apiVersion: text, kind: text };

/** Two kinds of objects, one inside of the other, as Kubernetes describes them. */
const document = {
  openapi: '3.0.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/api/v1/namespaces': { get: { responses: answering('NamespaceList') } },
    '/api/v1/namespaces/{name}': { parameters: [parameter('name')], get: { responses: answering('Namespace') } },
    '/apis/apps/v1/namespaces/{namespace}/deployments': {
      parameters: [parameter('namespace')],
      get: { responses: answering('DeploymentList') },
      post: { requestBody: { required: true, content: of('Deployment') }, responses: answering('Deployment', 201) },
    },
    '/apis/apps/v1/namespaces/{namespace}/deployments/{name}': {
      parameters: [parameter('namespace'), parameter('name')],
      get: { responses: answering('Deployment') },
    },
  },
  components: {
    schemas: {
      Meta: { type: 'object', properties: { name: text, generateName: text, namespace: text, uid: text } },
      ListMeta: { type: 'object', properties: { resourceVersion: text } },
      Namespace: {
        type: 'object',
        required: ['kind', 'apiVersion'],
        properties: { ...meta, metadata: { $ref: '#/components/schemas/Meta' } },
        ...kind('Namespace'),
      },
      Deployment: {
        type: 'object',
        required: ['kind', 'apiVersion', 'metadata'],
        properties: {
          ...meta,
          metadata: { $ref: '#/components/schemas/Meta' },
          spec: { type: 'object', properties: { replicas: { type: 'integer' } } },
        },
        ...kind('Deployment'),
      },
      ...Object.fromEntries(
        ['Namespace', 'Deployment'].map((name) => [
          `${name}List`,
          {
            type: 'object',
            required: ['items', 'kind', 'apiVersion'],
            properties: {
              ...meta,
              items: { type: 'array', items: { $ref: `#/components/schemas/${name}` } },
              metadata: { $ref: '#/components/schemas/ListMeta' },
            },
            ...kind(`${name}List`),
          },
        ]),
      ),
    },
  },
};

const deployments = '/apis/apps/v1/namespaces/shop/deployments';

it('says of each object and list of Kubernetes which kind it is, and names them by DNS labels', () => {
  const { read } = asking(document as JsonObject);
  const list = read('GET', deployments);
  expect(list).toMatchObject({ kind: 'DeploymentList', apiVersion: 'apps/v1' });
  expect(list.items.length).toBeGreaterThan(10);
  for (const item of list.items) {
    expect(item).toMatchObject({ kind: 'Deployment', apiVersion: 'apps/v1', metadata: { namespace: 'shop' } });
    expect(item.metadata.name).toMatch(/^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/);
  }
});

it('puts what is made into the namespace of its path, and says its kind', () => {
  const { read } = asking(document as JsonObject);
  const sent = { kind: 'Deployment', apiVersion: 'apps/v1', metadata: { name: 'web' }, spec: { replicas: 2 } };
  expect(read('POST', deployments, sent)).toMatchObject({ ...sent, metadata: { name: 'web', namespace: 'shop' } });
  expect(read('GET', `${deployments}/web`).metadata.namespace).toBe('shop');
});

it('has the name of what is made begin as the client says', () => {
  const mock = asking(document as JsonObject);
  const sent = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { generateName: 'web-' } };
  const path = '/apis/apps/v1/namespaces/dev/deployments';
  const [one, other] = [mock.read('POST', path, sent), mock.read('POST', path, sent)];
  expect(one.metadata.name).toMatch(/^web-[a-z0-9]{5}$/);
  expect(other.metadata.name).not.toBe(one.metadata.name);
  expect(mock.read('GET', `${path}/${one.metadata.name}`)).toEqual(one);
});

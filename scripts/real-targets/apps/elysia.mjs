// Recipes with Elysia on Node.
import { node } from '@elysiajs/node';
import { openapi } from '@elysiajs/openapi';
import { Elysia, t } from 'elysia';

const recipes = new Map();
let next = 1;
const properties = {
  title: t.String({ minLength: 1, maxLength: 80 }),
  servings: t.Integer({ minimum: 1, maximum: 40 }),
  tags: t.Optional(t.Array(t.String({ maxLength: 20 }), { maxItems: 6 })),
  vegan: t.Optional(t.Boolean()),
};
const Sent = t.Object(properties);
const Recipe = t.Object({
  id: t.Integer(),
  title: t.String(),
  servings: t.Integer(),
  tags: t.Array(t.String()),
  vegan: t.Boolean(),
  published: t.Boolean(),
});
const Problem = t.Object({ error: t.String() });
const params = t.Object({ id: t.Integer({ minimum: 1 }) });
const query = t.Object({
  page: t.Integer({ minimum: 1, default: 1 }),
  size: t.Integer({ minimum: 1, maximum: 50, default: 10 }),
  vegan: t.Optional(t.Boolean()),
});
const missing = { error: 'no such recipe' };
const add = (body) => {
  const recipe = { tags: [], vegan: false, ...body, id: next++, published: false };
  recipes.set(recipe.id, recipe);
  return recipe;
};

new Elysia({ adapter: node() })
  .use(openapi({ path: '/docs', specPath: '/openapi.json' }))
  .get(
    '/recipes',
    ({ query: { page, size, vegan } }) => {
      const all = [...recipes.values()].filter((recipe) => vegan === undefined || recipe.vegan === vegan);
      return { items: all.slice((page - 1) * size, page * size), total: all.length };
    },
    { query, response: { 200: t.Object({ items: t.Array(Recipe), total: t.Integer() }) } },
  )
  .get('/recipes/count', () => ({ count: recipes.size }), { response: { 200: t.Object({ count: t.Integer() }) } })
  .post('/recipes', ({ body, status }) => status(201, add(body)), { body: Sent, response: { 201: Recipe } })
  .post('/recipes/bulk', ({ body, status }) => status(201, body.map(add)), {
    body: t.Array(Sent, { minItems: 1, maxItems: 20 }),
    response: { 201: t.Array(Recipe) },
  })
  .get('/recipes/:id', ({ params: { id }, status }) => recipes.get(id) ?? status(404, missing), {
    params,
    response: { 200: Recipe, 404: Problem },
  })
  .patch(
    '/recipes/:id',
    ({ params: { id }, body, status }) => {
      const recipe = recipes.get(id);
      return recipe === undefined ? status(404, missing) : Object.assign(recipe, body);
    },
    { params, body: t.Partial(Sent), response: { 200: Recipe, 404: Problem } },
  )
  .delete('/recipes/:id', ({ params: { id }, status }) => (recipes.delete(id) ? status(204) : status(404, missing)), {
    params,
    response: { 204: t.Void(), 404: Problem },
  })
  .post(
    '/recipes/:id/publish',
    ({ params: { id }, status }) => {
      const recipe = recipes.get(id);
      if (recipe === undefined) return status(404, missing);
      recipe.published = true;
      return { success: true };
    },
    { params, response: { 200: t.Object({ success: t.Boolean() }), 404: Problem } },
  )
  .listen({ port: Number(process.argv[2]), hostname: '127.0.0.1' });

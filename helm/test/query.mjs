// What `helm test` runs: a query that users, products and inventory answer together, and whether all six are there.
const router = process.env.ROUTER;
const query = `query HelmTest {
  me { id }
  products(first: 1) { totalCount edges { node { name variants { id availability { inStock quantity } } } } }
}`;
const answer = await fetch(`${router}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'apollographql-client-name': 'helm-test' },
  body: JSON.stringify({ query }),
});
const { data, errors } = await answer.json();
const status = await (await fetch(`${process.env.STATUS ?? router}/services/status`)).json();
console.log(JSON.stringify({ http: answer.status, data, errors, status }));
const whole = errors === undefined && data?.me === null && data.products.totalCount >= 0;
process.exitCode = whole && status.status === 'ok' ? 0 : 1;

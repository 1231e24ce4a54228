/** Functions for the document of all hosts, as a page, a worker and a built file can load them too. */
export default {
  async getTicket({ path, state, made }) {
    const looks = Number(state.looks ?? 0) + 1;
    if (path.id === 404) return { status: 404 };
    if (path.id === 500) return { body: { ...made().body, state: 'lost' } };
    return { merge: { id: path.id, state: looks < 3 ? 'open' : 'closed' }, state: { looks } };
  },
};

import { mergeConfig, type Plugin } from 'vite';
import unchanged from '../../vite.config';

/** A mistake that is easily made: the provider as an enum of another language would write it. */
const change = { file: 'src/installations.ts', from: 'URLSearchParams({ provider })' };
const to = 'URLSearchParams({ provider: provider.toUpperCase() })';

const mistake: Plugin = {
  name: 'mistake',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith(change.file)) return null;
    if (!code.includes(change.from)) this.error(`${change.file} has no ${change.from} to change`);
    return { code: code.replace(change.from, to), map: null };
  },
};

/** The page as it must not be. */
export default mergeConfig(unchanged, { plugins: [mistake], build: { outDir: 'dist/changed' } });

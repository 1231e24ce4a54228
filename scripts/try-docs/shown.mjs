// What README.md and docs/ show, by its purpose and by its language.
import { createJiti } from 'jiti';

const documentation = await createJiti(import.meta.url).import('../../tests/documentation.ts');

export const { commandsOf, elsewhere } = documentation;
export const of = (purpose) => documentation.blocks.filter((block) => block.purpose === purpose);
export const inLanguage = (...languages) => documentation.blocks.filter(({ language }) => languages.includes(language));
export const titleOf = ({ page, line }) => `${page}:${line}`;
export const fileOf = (block) => titleOf(block).replace(/\W/g, '-');

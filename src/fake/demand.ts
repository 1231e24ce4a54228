import type { Random } from './random.js';

/** What data can be asked for, for the states of a page that its author has to see. All of it is valid. */
export const dataDemands = {
  empty: 'lists and maps without items, as far as the schema lets them',
  minimal: 'required members alone, and lists as short as may be',
  maximal: 'every member that may be there, and full lists',
  long: 'long texts',
  unicode: 'texts beyond ASCII: accents, other scripts, emoji',
  rtl: 'texts that are written from right to left',
  many: 'a hundred items in each outer list',
} as const;
export type DataDemand = keyof typeof dataDemands;

/** Items of a list where many are asked for, and where all that may be there is. */
export const manyItems = 100;
export const fullItems = 5;

/** Characters of a text that is asked to be long, where the schema lets it. */
const longCharacters = { text: 400, name: 120 };
const longWords = [
  'Donaudampfschifffahrtsgesellschaft',
  'Llanfairpwllgwyngyllgogerychwyrndrobwll',
  'Pneumonoultramicroscopic',
];
const scripts: Partial<Record<DataDemand, { readonly names: readonly string[]; readonly texts: readonly string[] }>> = {
  unicode: {
    names: [
      'Zoë Ångström',
      'Łukasz Żółć',
      '山田 太郎',
      'Ñandú Façade 🦊',
      'Ελένη Παπαδοπούλου',
      'Мария Щукина',
      '👩‍👩‍👧‍👦 家族',
      'Đặng Thị Hồng',
    ],
    texts: [
      'Größe geändert – “naïve café” öffnet um 9 Uhr ☕️',
      '注文は明日の朝に届きます。🚚',
      'Ça coûte 25 €, d’après l’énoncé précédent…',
      'Привет! Всё готово к проверке ✅',
      '𝒮𝒸𝓇𝒾𝓅𝓉, e\u0301 (combined), Ǆ and ﬁ',
    ],
  },
  rtl: {
    names: ['محمد الأحمد', 'שרה כהן', 'فاطمة الزهراء', 'דוד לוי', 'سارا رضایی'],
    texts: [
      'تم استلام الطلب رقم 42 بنجاح.',
      'ההזמנה (v2.1) תגיע מחר בבוקר.',
      'يرجى مراجعة الملف report.pdf قبل الغد.',
      'הפגישה נדחתה ליום שלישי ב-10:30.',
    ],
  },
};

/**
 * A text as it is asked for, in place of another one; null where that stays as it is.
 * @param text what would be there otherwise
 * @param maximum how many characters there may be
 */
export function demandedText(demand: DataDemand, text: string, maximum: number, random: Random): string | null {
  const isSentence = /[.!?]$/.test(text);
  if (demand === 'long') {
    const wanted = Math.min(maximum, isSentence ? longCharacters.text : longCharacters.name);
    const filled = [text];
    while (filled.join(' ').length < wanted) filled.push(random.pick(isSentence ? [text] : longWords));
    return cut(filled.join(' '), wanted);
  }
  const script = scripts[demand];
  if (script === undefined) return null;
  const other = random.pick(isSentence ? script.texts : script.names);
  return [...other].length <= maximum ? other : cut(other, maximum);
}

/** In characters, and not within one. */
function cut(text: string, maximum: number): string {
  const characters = [...text];
  return characters.length <= maximum ? text : characters.slice(0, maximum).join('').trimEnd();
}

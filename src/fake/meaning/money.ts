import { digits, type Meaning, oneOf } from './row.js';

/** What is paid, and how. As an integer an amount is one of the smallest unit. */
export const money: readonly Meaning[] = [
  {
    words: /\b(last ?(4|four)|last4 ?digits|last digits|card (ending|suffix))$/,
    string: (faker) => faker.string.numeric(4),
    integer: [1000, 9999],
  },
  { words: /\b(cvc|cvv|cvv2|security code|card verification value)$/, string: digits(3), integer: [100, 999] },
  { words: /\b(bin|iin|card prefix)$/, string: () => '424242', integer: [400_000, 499_999] },
  {
    words: /\b(card|pan|credit card|primary account) ?(number|no)?$|\bcard: number$/,
    string: () => '4242424242424242',
  },
  { words: /\bnumber$/, beside: /\b(exp month|expiry|cvc|cvv)\b/, string: () => '4242424242424242' },
  {
    words: /\b(card )?(brand|network|scheme)$/,
    beside: /\b(exp month|last ?4|funding|bin)\b/,
    string: oneOf('visa', 'mastercard', 'amex'),
  },
  { words: /\bfunding$/, string: oneOf('credit', 'debit', 'prepaid') },
  { words: /\biban( number)?$/, string: (faker) => faker.finance.iban() },
  { words: /\b(bic|swift)( code)?$/, string: (faker) => faker.finance.bic() },
  { words: /\b(routing|sort|bank) (number|code)$/, string: digits(9) },
  { words: /\b(account) ?(number|no)$/, string: digits(10), integer: [10_000_000, 99_999_999] },
  { words: /\b(price|amount|balance|cost) (unit|currency)$/, string: (faker) => faker.finance.currencyCode() },
  { words: /\b(decimal|fraction) (digits|places)$/, integer: [0, 3] },
  { words: /\bdecimal (separator|mark|point)$/, string: () => '.' },
  { words: /\b(group|grouping|thousands?) (separator|mark)$/, string: () => ',' },
  { words: /\bcurrency name$/, string: (faker) => faker.finance.currencyName() },
  { words: /\bcurrency symbol$/, string: (faker) => faker.finance.currencySymbol() },
  { words: /\b(currency|currencies)( (iso )?codes?)?$/, string: (faker) => faker.finance.currencyCode() },
  { words: /\b(exchange|conversion|fx) rate$/, number: [0.5, 2, 0.0001] },
  {
    words: /\b(tax|vat|interest|commission|discount) (rate|percent|percentage)$/,
    number: [0, 25, 0.5],
    string: (faker) => String(faker.number.int({ min: 1, max: 25 })),
  },
  // What one pays for a time is no share.
  {
    words:
      /\b(hour|hourly|day|daily|night|nightly|week|weekly|month|monthly|year|yearly|annual|room|pay|billing|bill) rate$/,
    number: [10, 250, 0.5],
    integer: [10, 250],
    string: amount,
  },
  {
    words: /\b(tax|vat|fee|fees|tip|shipping( cost| fee| amount)?|discount|surcharge|duty)( amount| total)?s?$/,
    number: [0.5, 25, 0.01],
    integer: [50, 2500],
    string: amount,
  },
  {
    words:
      /\b(price|amounts?|cost|costs|balance|budget|fare|subtotal|sub total|total (price|cost|amount|due|paid|excl tax|incl tax)|grand total|payment|paid|due|credit|debit|revenue|income|spend|spent|charge|rent|wage|deposit|refund|refunded|(unit|list|sale|net|gross|min|max|base) (price|amount|value)|mrr|arr|total tax|captured|estimate)( (value|paid|due|remaining|refunded|captured|received|authorized|usd|eur))*$/,
    number: [1, 500, 0.01],
    integer: [500, 25_000],
    string: amount,
  },
  { words: /\b(in cents|cents)$/, integer: [500, 25_000] },
  {
    words: /\b(payment )?method( type)?$/,
    beside: /\b(amount|payment|card|currency)\b/,
    string: oneOf('card', 'bank_transfer', 'paypal', 'sepa_debit'),
  },
  {
    words:
      /\b(transaction|payment|order|invoice|receipt|reference|confirmation|tracking|purchase order|po|ticket|case|contract|policy|booking|account|customer|serial) ?(number|no|ref|reference)$/,
    string: (faker) => faker.string.numeric({ length: 8, allowLeadingZeros: false }),
    integer: [10_000, 99_999],
  },
];

function amount(faker: { number: { int(range: { min: number; max: number }): number } }): string {
  return (faker.number.int({ min: 100, max: 50_000 }) / 100).toFixed(2);
}

/**
 * What functions of Faker 6 are called now. Prism has Faker 6, so that documents which were written for it name them, and what is
 * written for it has to.
 */
export const olderNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'address.buildingNumber': 'location.buildingNumber',
    'address.cardinalDirection': 'location.cardinalDirection',
    'address.city': 'location.city',
    'address.cityName': 'location.city',
    'address.country': 'location.country',
    'address.countryCode': 'location.countryCode',
    'address.county': 'location.county',
    'address.direction': 'location.direction',
    'address.latitude': 'location.latitude',
    'address.longitude': 'location.longitude',
    'address.secondaryAddress': 'location.secondaryAddress',
    'address.state': 'location.state',
    'address.streetAddress': 'location.streetAddress',
    'address.streetName': 'location.street',
    'address.timeZone': 'location.timeZone',
    'address.zipCode': 'location.zipCode',
    'company.bs': 'company.buzzPhrase',
    'company.companyName': 'company.name',
    'datatype.bigInt': 'number.bigInt',
    'datatype.datetime': 'date.anytime',
    'datatype.float': 'number.float',
    'datatype.number': 'number.int',
    'datatype.string': 'string.sample',
    'datatype.uuid': 'string.uuid',
    'finance.account': 'finance.accountNumber',
    'image.image': 'image.url',
    'image.imageUrl': 'image.url',
    'internet.avatar': 'image.avatar',
    'internet.userName': 'internet.username',
    'name.findName': 'person.fullName',
    'name.firstName': 'person.firstName',
    'name.gender': 'person.gender',
    'name.jobArea': 'person.jobArea',
    'name.jobDescriptor': 'person.jobDescriptor',
    'name.jobTitle': 'person.jobTitle',
    'name.jobType': 'person.jobType',
    'name.lastName': 'person.lastName',
    'name.middleName': 'person.middleName',
    'name.prefix': 'person.prefix',
    'name.suffix': 'person.suffix',
    'phone.phoneNumber': 'phone.number',
    'random.alpha': 'string.alpha',
    'random.alphaNumeric': 'string.alphanumeric',
    'random.arrayElement': 'helpers.arrayElement',
    'random.arrayElements': 'helpers.arrayElements',
    'random.boolean': 'datatype.boolean',
    'random.number': 'number.int',
    'random.numeric': 'string.numeric',
    'random.uuid': 'string.uuid',
    'random.word': 'word.sample',
    'random.words': 'word.words',
  }),
);

/** Called the same by both, of those that say what a member means. */
const sameNames: ReadonlySet<string> = new Set([
  'animal.dog',
  'animal.type',
  'commerce.productName',
  'date.month',
  'date.weekday',
  'finance.bic',
  'finance.currencyCode',
  'finance.currencyName',
  'finance.currencySymbol',
  'finance.iban',
  'git.commitSha',
  'helpers.arrayElement',
  'internet.mac',
  'internet.userAgent',
  'lorem.sentence',
  'lorem.word',
  'lorem.words',
  'system.semver',
  'vehicle.manufacturer',
  'vehicle.model',
  'vehicle.vin',
]);

const byNewName = new Map([...olderNames].reverse().map(([older, name]) => [name, older]));

/** The name by which Faker 6, and this project too, knows a function; undefined where it has none. */
export function commonName(name: string): string | undefined {
  return sameNames.has(name) ? name : byNewName.get(name);
}

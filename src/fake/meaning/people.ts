import { paragraph } from './phrases.js';
import { type Meaning, oneOf } from './row.js';

/** What tells that something is about a person. */
const persons =
  'user|owner|author|member|customer|employee|contact|person|people|assignee|profile|committer|creator|actor|sender|recipient|billing|billing details|billing address|shipping|shipping address|payer|payee|artist|patient|student|teacher|guest|driver|passenger|traveler|candidate|applicant|manager|contributor|reviewer|approver|subscriber|client|participant|attendee|individual|character|cardholder|beneficiary|staff|agent|admin|administrator|player|follower|friend|lead|requester|buyer|seller|doctor|speaker|performer|human|performed by';

/** Of what people have or stand in, which is none of them: the group of a user, the role of a member. */
const noMore =
  '(?![^:]*\\b(group|role|type|kind|policy|plan|pool|flow|job|field|attribute|setting|segment|list|tag|status|permission)s?\\b)';

/** People, and the companies that they work for. */
export const people: readonly Meaning[] = [
  { words: /^[^:]*: given$/, beside: /^family$/, string: (faker) => faker.person.firstName() },
  { words: /^[^:]*: family$/, beside: /^given$/, string: (faker) => faker.person.lastName() },
  { words: /\b(first|given|fore) ?names?$|\bf ?name$/, string: (faker) => faker.person.firstName() },
  { words: /\b(last|family|sur) ?names?$|\bl ?name$/, string: (faker) => faker.person.lastName() },
  { words: /\bmiddle ?names?$/, string: (faker) => faker.person.middleName() },
  {
    words: /\binitials$/,
    string: (faker) => faker.person.firstName().charAt(0) + faker.person.lastName().charAt(0),
  },
  { words: /\b(middle )?initial$/, string: (faker) => faker.person.firstName().charAt(0) },
  { words: /\b(salutation|name prefix|honorific)$/, string: (faker) => faker.person.prefix() },
  {
    words: /\b(user ?names?|logins?|handle|nick ?name|screen name|alias)$/,
    string: (faker) => faker.internet.username().toLowerCase(),
  },
  {
    words: /\b(repo|repository|project)\b[^:]*: full name$/,
    string: (faker) => `${faker.internet.username().toLowerCase()}/website`,
  },
  {
    words:
      /\b(full|real|legal|author|owner|contact|customer|client|creator|member|employee|recipient|artist|holder|cardholder|account holder|beneficiary|sender|payer|billing|shipping|maiden|birth|person|guest|driver|manager) names?$/,
    string: (faker) => faker.person.fullName(),
  },
  {
    words:
      /\b(author|assignee|owner|committer|reviewer|recipient|artist|composer|director|actor|cardholder|attendee|assignee|(created|updated|modified|deleted|approved|requested|uploaded|edited|assigned|reviewed|submitted|closed|owned|last modified|added|signed|invited|completed|merged|changed|performed|managed) by)s?$/,
    string: (faker) => faker.person.fullName(),
  },
  {
    words: new RegExp(`\\b(${persons})s?\\b${noMore}[^:]*: (display )?name$`),
    string: (faker) => faker.person.fullName(),
  },
  {
    words: /^[^:]*: (display )?name$/,
    beside:
      /^((first|given|last|family) name|birth\w*|date of birth|gender|salary|job title|((user|personal|private|work) )?e ?mail( address)?|phone( number)?)$/,
    string: (faker) => faker.person.fullName(),
  },
  {
    words:
      /\b(company|org|organi[sz]ation|team|vendor|account|enterprise|merchant|business|supplier|brand|employer|publisher|agency|institution|bank|store|shop|tenant|franchise|studio)s?\b[^:]*: (name|title)$/,
    string: (faker) => faker.company.name(),
  },
  {
    words:
      /\b(company|organi[sz]ation|vendor|employer|merchant|business|brand|supplier|manufacturer|publisher|carrier|bank|institution|org)( (display )?name)?s?$/,
    string: (faker) => faker.company.name(),
  },
  { words: /\b(statement descriptor|trading name|doing business as|dba)$/, string: (faker) => faker.company.name() },
  {
    words: /\b(industry|sector)$/,
    string: oneOf('Retail', 'Finance', 'Healthcare', 'Education', 'Logistics', 'Energy', 'Media', 'Software'),
  },
  { words: /\b(genders?|sex)$/, string: oneOf('female', 'male', 'non-binary') },
  { words: /\b(pronouns)$/, string: oneOf('she/her', 'he/him', 'they/them') },
  { words: /\b(marital status)$/, string: oneOf('single', 'married', 'divorced', 'widowed') },
  { words: /\b(nationality)$/, string: (faker) => faker.location.country() },
  {
    words:
      /\b(job( title)?|occupation|profession|position title|job position)$|\b(employee|person|user|contact|member|profile|candidate)s?\b[^:]*: (title|position)$/,
    string: (faker) => faker.person.jobTitle(),
  },
  {
    words: /\b(department)( name)?$/,
    string: oneOf('Sales', 'Finance', 'Engineering', 'Support', 'Marketing', 'Operations', 'Legal'),
  },
  { words: /\b(roles?)( name)?$/, string: oneOf('admin', 'editor', 'member', 'viewer', 'owner', 'guest') },
  { words: /\b(bio|biography|about( me)?)$/, string: paragraph },
  {
    words: /\b(sms|phone|mobile|fax|tel|telephone|cell|msisdn|whatsapp)( ?(numbers?|no))?s?$/,
    string: (faker) => faker.phone.number({ style: 'international' }),
  },
  {
    words: /\b(ssn|social security number|national id|personal id)$/,
    string: (faker) => `000-${faker.string.numeric(2)}-${faker.string.numeric(4)}`,
  },
  {
    words: /\b(vat|tax)( (id|number|identifier|code))$|\bein$/,
    string: (faker) => faker.string.numeric({ length: 9, allowLeadingZeros: false }),
  },
  { words: /\bage$/, integer: [18, 80] },
  { words: /\bsalary$/, integer: [30_000, 120_000] },
];

/** What users are to what they take part in. */
export const peopleWords =
  /^(?:members?|participants?|attendees?|assignees?|collaborators?|watchers?|followers?|reviewers?|approvers?|owners?|authors?|creators?|editors?|managers?|supervisors?|leads?|senders?|recipients?|reporters?|requesters?|organizers?|uploaders?)$/;
export const doneBy =
  /^(?:created|updated|modified|edited|deleted|uploaded|assigned|approved|added|invited|closed|submitted|requested|reviewed|rejected|resolved|reported|verified|cancell?ed|posted|sent|written|owned|managed|handled|booked) by$/;

/** What the things of many a resource are told apart by, or say of themselves. */
export const commonKeys =
  /^(?:ids?|uuid|guid|key|slug|name|username|login|email|phone|code|number|no|title|type|kind|status|state|label|tag|date|day|year|month|index|position|version|revision|locale|lang|language|currency|country|region|path|url|uri|host|domain|ip|address|hash|token|handle|value|symbol|category|group|role|filename|file)$/;

/** What people are called that work together, best first. */
export const people = [
  'user',
  'employee',
  'person',
  'people',
  'member',
  'staff',
  'worker',
  'agent',
  'operator',
  'technician',
];
export const peopleNouns = /^(?:users?|persons?|people|employees?|staff|workers?|members?)$/i;

/** What things of one kind are to each other. */
export const kinWords =
  /^(?:parent|predecessor|successor|original|(?:in )?reply to|thread (?:root|parent)|duplicate of|copied from|cloned from|superseded by|replaced by)$/;

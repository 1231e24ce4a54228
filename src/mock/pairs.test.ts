import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const states = { type: 'string', enum: ['active', 'completed', 'cancelled'], readOnly: true };
const rows = (name: string, schema: string, sent: JsonObject, more: JsonObject = {}): JsonObject => ({
  [`/${name}`]: {
    get: { responses: { 200: answer(list(ref(schema))) } },
    post: { requestBody: json(sent), responses: { 201: answer(ref(schema)), ...more } },
  },
  [`/${name}/{id}`]: { parameters: [inPath('id', count)], get: { responses: { 200: answer(ref(schema)) } } },
});

const school = (conflict: string, ofCourse = 'None') => {
  const courses = rows('courses', 'Course', object({ title: text }));
  const gone = { responses: { 204: { description: 'Gone' }, 409: { description: ofCourse } } };
  const pair = object({ course_id: count, student_id: count });
  return asking({
    openapi: '3.1.0',
    info: { title: 'School', version: '1' },
    components: {
      schemas: {
        Course: object({ id: count, title: text }),
        Student: object({ id: count, name: text }),
        Enrollment: object({ id: count, course_id: count, student_id: count, status: states }),
      },
    },
    paths: {
      ...courses,
      '/courses/{id}': { ...(courses['/courses/{id}'] as JsonObject), delete: gone },
      ...rows('students', 'Student', object({ name: text })),
      ...rows('enrollments', 'Enrollment', pair, { 409: { description: conflict } }),
      '/enrollments/{id}/cancel': {
        parameters: [inPath('id', count)],
        post: { responses: { 200: answer(ref('Enrollment')) } },
      },
    },
  });
};

test.each(['The student is already enrolled in this course', 'Only one enrollment per student and course'])(
  'of two things together there is one, until that is over: %s',
  (conflict) => {
    const mock = school(conflict);
    const course = mock.read('POST', '/courses', { title: 'Art' }).id;
    const enrol = (student: number) => mock.ask('POST', '/enrollments', { course_id: course, student_id: student });
    const first = mock.read('POST', '/enrollments', { course_id: course, student_id: 1 });
    expect(first).toMatchObject({ course_id: course, student_id: 1 });
    expect(enrol(2).status).toBe(201);
    expect(enrol(1).status).toBe(409);
    expect(mock.ask('POST', `/enrollments/${first.id}/cancel`).status).toBe(200);
    expect(enrol(1).status).toBe(201);
  },
);

test.each(['Something is wrong', 'The course is already full'])('and else there are many: %s', (conflict) => {
  const mock = school(conflict);
  for (let tries = 0; tries < 2; tries++)
    expect(mock.ask('POST', '/enrollments', { course_id: 1, student_id: 1 }).status).toBe(201);
});

test('what is kept for things in a state is kept for these alone', () => {
  const mock = school('None', 'The course has active enrollments');
  const course = mock.read('POST', '/courses', { title: 'Art' }).id;
  const { id } = mock.read('POST', '/enrollments', { course_id: course, student_id: 1 });
  expect(mock.ask('DELETE', `/courses/${course}`).status).toBe(409);
  mock.ask('POST', `/enrollments/${id}/cancel`);
  expect(mock.ask('DELETE', `/courses/${course}`).status).toBe(204);
});

test('what nobody has sent is no reason to refuse what is made', () => {
  const mock = school('The student is already enrolled in this course');
  const fields = { prefer: 'fault=parameter-media-type-accepted', 'content-type': 'text/plain' };
  expect(mock.ask('POST', '/enrollments', undefined, fields).status).toBe(201);
});

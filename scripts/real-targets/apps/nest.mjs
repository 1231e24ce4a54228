// Cats in a NestJS app with @nestjs/swagger and class-validator, as its documentation writes them. Decorators are called, since
// nothing compiles this file.
import 'reflect-metadata';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Module,
  NotFoundException,
  Param,
  ParseIntPipe,
  Patch,
  Post,
  ValidationPipe,
} from '@nestjs/common';
import { APP_PIPE, NestFactory } from '@nestjs/core';
import {
  ApiBadRequestResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiProperty,
  DocumentBuilder,
  PartialType,
  SwaggerModule,
} from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Max, Min, MinLength } from 'class-validator';

function member(type, name, of, ...decorators) {
  Reflect.defineMetadata('design:type', of, type.prototype, name);
  for (const decorator of decorators) decorator(type.prototype, name);
}

/** @param parameters a decorator and the type of each parameter */
function handler(type, name, parameters, ...decorators) {
  const types = parameters.map(([, of]) => of);
  Reflect.defineMetadata('design:paramtypes', types, type.prototype, name);
  for (const [index, [decorator]] of parameters.entries()) decorator(type.prototype, name, index);
  const descriptor = Object.getOwnPropertyDescriptor(type.prototype, name);
  for (const decorator of decorators.reverse()) decorator(type.prototype, name, descriptor);
}

class CreateCat {}
member(CreateCat, 'name', String, ApiProperty({ minLength: 1 }), IsString(), MinLength(1));
member(CreateCat, 'age', Number, ApiProperty({ type: 'integer', minimum: 0, maximum: 40 }), IsInt(), Min(0), Max(40));
member(CreateCat, 'breed', String, ApiProperty({ required: false }), IsOptional(), IsString());
class UpdateCat extends PartialType(CreateCat) {}
class Cat extends CreateCat {}
member(Cat, 'id', Number, ApiProperty({ type: 'integer' }));

const cats = new Map();
let next = 1;
function of(id) {
  if (!cats.has(id)) throw new NotFoundException();
  return cats.get(id);
}

class Cats {
  all() {
    return [...cats.values()];
  }
  create(body) {
    const cat = { ...body, id: next++ };
    cats.set(cat.id, cat);
    return cat;
  }
  one(id) {
    return of(id);
  }
  change(id, body) {
    const cat = { ...of(id), ...body };
    cats.set(id, cat);
    return cat;
  }
  remove(id) {
    cats.delete(of(id).id);
  }
}
const id = [Param('id', ParseIntPipe), Number];
const refusals = [ApiNotFoundResponse(), ApiBadRequestResponse()];
handler(Cats, 'all', [], Get(), ApiOkResponse({ type: [Cat] }));
handler(Cats, 'create', [[Body(), CreateCat]], Post(), ApiCreatedResponse({ type: Cat }), ApiBadRequestResponse());
handler(Cats, 'one', [id], Get(':id'), ApiOkResponse({ type: Cat }), ...refusals);
handler(Cats, 'change', [id, [Body(), UpdateCat]], Patch(':id'), ApiOkResponse({ type: Cat }), ...refusals);
handler(Cats, 'remove', [id], Delete(':id'), HttpCode(204), ApiNoContentResponse(), ...refusals);
Controller('cats')(Cats);
class App {}
const pipe = { provide: APP_PIPE, useValue: new ValidationPipe({ transform: true }) };
Module({ controllers: [Cats], providers: [pipe] })(App);

const app = await NestFactory.create(App, { logger: false });
const info = new DocumentBuilder().setTitle('Cats').setVersion('1').build();
SwaggerModule.setup('docs', app, SwaggerModule.createDocument(app, info), { jsonDocumentUrl: 'openapi.json' });
await app.listen(Number(process.argv[2]), '127.0.0.1');

"""Records what FastAPI with pydantic 2 answers to requests that it refuses, for fastapi.test.ts.

    python3 -m venv .venv && .venv/bin/pip install fastapi httpx
    .venv/bin/python src/mock/pydantic/record-fastapi.py > src/mock/pydantic/fastapi.ndjson

The first line names the versions and has the document that FastAPI writes; each further line is one exchange.
"""

import json
import warnings

warnings.filterwarnings('ignore')

from enum import Enum
from typing import Annotated, Literal, Optional
import fastapi
from fastapi import Cookie, FastAPI, Header, Query
from fastapi.testclient import TestClient
import pydantic
from pydantic import AnyUrl, BaseModel, ConfigDict, Field
from datetime import date, datetime, time, timedelta
from uuid import UUID


class ProviderType(Enum):
    GITHUB = 'github'
    GITLAB = 'gitlab'
    BITBUCKET = 'bitbucket'
    ES = 'enterprise_sso'


class Inner(BaseModel):
    model_config = ConfigDict(extra='forbid')
    n: int = Field(ge=1, le=10)
    s: str = Field(min_length=1, max_length=3)
    p: str | None = Field(default=None, pattern='^a+$')


class Body(BaseModel):
    a: list[Inner] = Field(default=[], max_length=2)
    l: Literal['x'] | None = None
    l1: Literal['x'] = 'x'
    l2: Literal['x', 'y'] = 'x'
    i: int = 0
    f: float = 0
    b: bool = False
    s: str = ''
    d: dict[str, int] = {}
    u: UUID | None = None
    u1: UUID = None
    dt: datetime = None
    da: date = None
    t: time = None
    url: AnyUrl = None
    m: Inner = None
    mo: int = Field(default=0, multiple_of=5)
    gt: float = Field(default=1, gt=0, lt=2)
    tup: tuple[int, str] = None
    st: set[int] = None
    un: int | str = 0
    un2: int | Inner = 0
    mi: list[int] = Field(default=[1, 2], min_length=2)
    mi1: list[int] = Field(default=[1, 2], min_length=1, max_length=1)
    td: timedelta = None
    b64: bytes = None
    e: Optional[ProviderType] = None
    i1: Literal[1] = 1
    nn: None = None


class Cat(BaseModel):
    kind: Literal['cat']
    n: int


class Dog(BaseModel):
    kind: Literal['dog'] = 'dog'
    s: str


class Owner(BaseModel):
    pet: Annotated[Cat | Dog, Field(discriminator='kind')]
    age: int | None = None
    tags: list[str] = Field(default=[], min_length=1)


app = FastAPI()


@app.post('/owner')
def owner(body: Owner):
    return []


@app.patch('/items/{item_id}')
def item(
    item_id: int, limit: int = Query(ge=1, le=100), tag: list[str] = Query(default=[], max_length=2), body: Owner = None
):
    return []


@app.get('/inst')
def inst(provider: ProviderType):
    return []


@app.get('/q')
def q(
    i: int = 0,
    f: float = 0,
    b: bool = False,
    l: list[int] = Query(default=[]),
    u: UUID = None,
    d: datetime = None,
    da: date = None,
    s: str = Query(default='ab', min_length=2, max_length=3, pattern='^a'),
    m: int = Query(default=5, ge=5, le=6),
    lit: Literal['x'] = 'x',
    lits: Literal['x', 'y'] = 'x',
    url: AnyUrl = None,
):
    return []


@app.get('/r')
def r(q: str, n: int = Query(), x_key: str = Header(), c: str = Cookie(), l: list[int] = Query()):
    return []


@app.get('/p/{id}')
def p(id: int):
    return []


@app.get('/e/{id}')
def pe(id: UUID):
    return []


@app.post('/body')
def body(body: Body):
    return []


@app.post('/blist')
def blist(body: list[int]):
    return []


@app.post('/two')
def two(a: Inner, b: Inner):
    return []


client = TestClient(app)
ex = []


def add(m, u, body=None, ct=None):
    h = {}
    content = None
    if body is not None:
        content = body if isinstance(body, (str, bytes)) else json.dumps(body)
        h['content-type'] = ct or 'application/json'
    r = client.request(m, u, content=content, headers=h)
    e = {'method': m, 'target': u}
    if content is not None:
        e['body'] = content if isinstance(content, str) else content.decode('latin1')
        e['contentType'] = h['content-type']
    if r.status_code == 422:
        e['detail'] = r.json()['detail']
    e['status'] = r.status_code
    ex.append(e)


for s in [
    '',
    '?provider=',
    '?provider=x',
    '?provider=GITHUB',
    '?provider=github&provider=x',
    '?provider=x&provider=github',
    '?provider=%20github',
    '?provider[]=github',
]:
    add('GET', '/inst' + s)
for s in [
    'i=x',
    'i=',
    'i=1.5',
    'f=x',
    'f=',
    'b=x',
    'b=',
    'l=x',
    'l=1&l=x',
    'l=',
    'u=x',
    'u=',
    'u=123e4567-e89b-12d3-a456-42661417400',
    'u=123e4567e89b-12d3-a456-426614174000',
    'u=123e4567-e89b-12d3-a456-42661417400g',
    'd=x',
    'd=',
    'd=2020-13-01T00:00:00Z',
    'd=2020-01-01X00:00:00Z',
    'd=2020-01-01T25:00:00Z',
    'da=x',
    'da=2020-01-32',
    'da=20-01-2020',
    'da=2020-02-30',
    's=b',
    's=abcd',
    's=',
    's=ba',
    'm=4',
    'm=7',
    'lit=y',
    'lits=z',
    'url=x',
    'l=1,2',
]:
    add('GET', '/q?' + s)
add('GET', '/r')
add('GET', '/p/x')
add('GET', '/e/x')
bodies = [
    [],
    '"x"',
    'null',
    1,
    {'i': 'x'},
    {'i': 1.5},
    {'i': None},
    {'i': []},
    {'f': 'x'},
    {'f': None},
    {'b': 'x'},
    {'b': 5},
    {'b': None},
    {'s': 1},
    {'s': None},
    {'d': []},
    {'d': {'k': 'x'}},
    {'u1': 'x'},
    {'u1': 5},
    {'dt': 'x'},
    {'dt': []},
    {'da': 'x'},
    {'da': []},
    {'t': 'x'},
    {'url': 5},
    {'m': 5},
    {'m': {}},
    {'m': {'n': 0, 's': ''}},
    {'m': {'n': 11, 's': 'abcd', 'z': 1, 'p': 'b'}},
    {'mo': 3},
    {'gt': 0},
    {'gt': 2},
    {'tup': 5},
    {'st': 5},
    {'un': []},
    {'un2': {}},
    {'un2': 'x'},
    {'mi': []},
    {'mi1': []},
    {'mi1': [1, 2]},
    {'a': 5},
    {'a': [5]},
    {'a': [{'n': 1, 's': 'a'}] * 3},
    {'a': [{'n': 'x', 's': 5}]},
    {'a': [{'n': 1, 's': 'a'}, {'n': 1}]},
    {'l': 'y'},
    {'l1': 'y'},
    {'l2': 'z'},
    {'l2': 5},
    {'e': 'x'},
    {'i1': 2},
    {'nn': 5},
    {'u': 5},
    {'u': 'x'},
    {'i': 'x', 'b': 'x', 's': 5},
]
for b in bodies:
    add('POST', '/body', b)
for ct in [
    '{',
    '{"a":',
    'nul',
    '{"a":1,}',
    "{'a':1}",
    '{"a":1}x',
    '[1,2',
    '"abc',
    'tru',
    '{"a" 1}',
    '\u00e9',
    '[1,]',
    '{"a":"\\x"}',
    '{"a":"\n"}',
    '{"s":"\\u12"}',
    '  ',
    '{"a":1 "b":2}',
]:
    add('POST', '/body', ct)

for b in [
    {},
    {'pet': {}},
    {'pet': {'kind': 'bird'}},
    {'pet': {'kind': 'cat'}},
    {'pet': {'kind': 'dog', 's': 5}},
    {'pet': 5},
    {'pet': {'kind': 'cat', 'n': 1}, 'age': 'x', 'tags': []},
    {'pet': {'kind': 'cat', 'n': 1}, 'tags': [1, 2]},
]:
    add('POST', '/owner', b)
add('PATCH', '/items/x?limit=0&tag=a&tag=b&tag=c', {'pet': {'kind': 'cat'}, 'age': 1.5})
add('PATCH', '/items/1?limit=101')
add('PATCH', '/items/1')
add('POST', '/body')
add('POST', '/blist', [1, 'x'])
add('POST', '/blist', {})
add('POST', '/two', {'a': {}})

print(
    json.dumps(
        {'fastapi': fastapi.__version__, 'pydantic': pydantic.VERSION, 'document': app.openapi()}, ensure_ascii=False
    )
)
for exchange in ex:
    print(json.dumps(exchange, ensure_ascii=False))

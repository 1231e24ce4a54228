"""Heroes in teams, as the tutorial of SQLModel writes them."""
from typing import List, Optional

from fastapi import Depends, FastAPI, HTTPException, Query, Response
from sqlalchemy.pool import StaticPool
from sqlmodel import Field, Relationship, Session, SQLModel, create_engine, select


class TeamBase(SQLModel):
    name: str = Field(index=True)
    headquarters: str


class Team(TeamBase, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    heroes: List["Hero"] = Relationship(back_populates="team")


class TeamRead(TeamBase):
    id: int


class HeroBase(SQLModel):
    name: str = Field(index=True)
    secret_name: str
    age: Optional[int] = Field(default=None, index=True, ge=0, le=1000)
    team_id: Optional[int] = Field(default=None, foreign_key="team.id")


class Hero(HeroBase, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    team: Optional[Team] = Relationship(back_populates="heroes")


class HeroRead(HeroBase):
    id: int


class HeroUpdate(SQLModel):
    name: Optional[str] = None
    secret_name: Optional[str] = None
    age: Optional[int] = Field(default=None, ge=0, le=1000)
    team_id: Optional[int] = None


class HeroReadWithTeam(HeroRead):
    team: Optional[TeamRead] = None


class TeamReadWithHeroes(TeamRead):
    heroes: List[HeroRead] = []


engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
SQLModel.metadata.create_all(engine)
app = FastAPI(title="Heroes", version="1")


def get_session():
    with Session(engine) as session:
        yield session


def found(session, kind, key):
    row = session.get(kind, key)
    if not row:
        raise HTTPException(status_code=404, detail="Not found")
    return row


def kept(session, row):
    session.add(row)
    session.commit()
    session.refresh(row)
    return row


# One session at a time: there is one connection.
@app.post("/heroes/", response_model=HeroRead)
async def create_hero(*, session: Session = Depends(get_session), hero: HeroBase):
    return kept(session, Hero.from_orm(hero))


@app.get("/heroes/", response_model=List[HeroRead])
async def read_heroes(
    *,
    session: Session = Depends(get_session),
    offset: int = Query(default=0, ge=0),
    limit: int = Query(default=100, ge=1, le=100),
    team_id: Optional[int] = None,
):
    query = select(Hero)
    if team_id is not None:
        query = query.where(Hero.team_id == team_id)
    return session.exec(query.offset(offset).limit(limit)).all()


@app.get("/heroes/{hero_id}", response_model=HeroReadWithTeam)
async def read_hero(*, session: Session = Depends(get_session), hero_id: int):
    return found(session, Hero, hero_id)


@app.patch("/heroes/{hero_id}", response_model=HeroRead)
async def update_hero(*, session: Session = Depends(get_session), hero_id: int, hero: HeroUpdate):
    row = found(session, Hero, hero_id)
    for name, value in hero.dict(exclude_unset=True).items():
        setattr(row, name, value)
    return kept(session, row)


@app.delete("/heroes/{hero_id}")
async def delete_hero(*, session: Session = Depends(get_session), hero_id: int):
    session.delete(found(session, Hero, hero_id))
    session.commit()
    return {"ok": True}


@app.post("/teams/", response_model=TeamRead)
async def create_team(*, session: Session = Depends(get_session), team: TeamBase):
    return kept(session, Team.from_orm(team))


@app.get("/teams/", response_model=List[TeamRead])
async def read_teams(
    *, session: Session = Depends(get_session), offset: int = 0, limit: int = Query(default=100, le=100)
):
    return session.exec(select(Team).offset(offset).limit(limit)).all()


@app.get("/teams/{team_id}", response_model=TeamReadWithHeroes)
async def read_team(*, session: Session = Depends(get_session), team_id: int):
    return found(session, Team, team_id)


@app.delete("/teams/{team_id}", status_code=204, response_class=Response)
async def delete_team(*, session: Session = Depends(get_session), team_id: int):
    session.delete(found(session, Team, team_id))
    session.commit()
    return Response(status_code=204)

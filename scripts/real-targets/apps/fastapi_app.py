"""Notes in folders, as the tutorial of FastAPI would write them."""
from itertools import count
from typing import List, Optional

from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel, Field


class FolderIn(BaseModel):
    name: str = Field(min_length=1, max_length=80)
    color: str = "grey"


class Folder(FolderIn):
    id: int


class NoteIn(BaseModel):
    title: str = Field(min_length=1)
    body: Optional[str] = None
    priority: int = Field(default=1, ge=1, le=5)


class Note(NoteIn):
    id: int
    folder_id: int


app = FastAPI(title="Notes", version="1")
folders, notes, ids = {}, {}, count(1)
missing = {404: {"description": "There is no such thing"}}


def folder_of(folder_id: int) -> Folder:
    if folder_id not in folders:
        raise HTTPException(404, "no such folder")
    return folders[folder_id]


def note_of(folder_id: int, note_id: int) -> Note:
    folder_of(folder_id)
    if note_id not in notes or notes[note_id].folder_id != folder_id:
        raise HTTPException(404, "no such note")
    return notes[note_id]


@app.get("/folders", response_model=List[Folder])
def list_folders(limit: int = 100):
    return list(folders.values())[:limit]


@app.post("/folders", response_model=Folder, status_code=201)
def create_folder(folder: FolderIn):
    made = Folder(id=next(ids), **folder.dict())
    folders[made.id] = made
    return made


@app.get("/folders/{folder_id}", response_model=Folder, responses=missing)
def read_folder(folder_id: int):
    return folder_of(folder_id)


@app.put("/folders/{folder_id}", response_model=Folder, responses=missing)
def replace_folder(folder_id: int, folder: FolderIn):
    folder_of(folder_id)
    folders[folder_id] = Folder(id=folder_id, **folder.dict())
    return folders[folder_id]


@app.delete("/folders/{folder_id}", status_code=204, response_class=Response, responses=missing)
def delete_folder(folder_id: int):
    folder_of(folder_id)
    del folders[folder_id]
    for note in [note for note in notes.values() if note.folder_id == folder_id]:
        del notes[note.id]
    return Response(status_code=204)


@app.get("/folders/{folder_id}/notes", response_model=List[Note], responses=missing)
def list_notes(folder_id: int, priority: Optional[int] = None):
    folder_of(folder_id)
    found = [note for note in notes.values() if note.folder_id == folder_id]
    return [note for note in found if priority is None or note.priority == priority]


@app.post("/folders/{folder_id}/notes", response_model=Note, status_code=201, responses=missing)
def create_note(folder_id: int, note: NoteIn):
    folder_of(folder_id)
    made = Note(id=next(ids), folder_id=folder_id, **note.dict())
    notes[made.id] = made
    return made


@app.get("/folders/{folder_id}/notes/{note_id}", response_model=Note, responses=missing)
def read_note(folder_id: int, note_id: int):
    return note_of(folder_id, note_id)


@app.delete("/folders/{folder_id}/notes/{note_id}", status_code=204, response_class=Response, responses=missing)
def delete_note(folder_id: int, note_id: int):
    note_of(folder_id, note_id)
    del notes[note_id]
    return Response(status_code=204)

"""`/v1/clinic/changes`: rules that change for residents of a clinic; a doctor decides."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from askdoc.api.calls import Call, Digest, Once, change_of, may
from askdoc.api.once import once
from askdoc.api.paging import Count, CursorText, page, part_of
from askdoc.api.routes.clinic import AtClinic, Seeing, at_clinic
from askdoc.api.shapes import In, problems
from askdoc.care.rule_changes import Change, NotProposed
from askdoc.clinic_lists import Clinic
from askdoc.identity.roles import NotThere
from askdoc.storage.database import Database, Kept, joined
from askdoc.storage.rule_changes import Proposal, approve, list_changes, look_at, refuse
from askdoc.wording import Lang

router = APIRouter(prefix="/v1/clinic/changes", tags=["clinic"])
ChangeId = Annotated[str, Path(min_length=1, max_length=64, examples=["found-0a1b2c"])]


class ChangeTold(BaseModel):
    """A rule that changes: what held, what will hold, from which day, where it is written."""

    id: str
    medicine: str
    about: str
    old: str
    new: str
    day: date
    source: str
    state: Literal["proposed", "approved", "refused", "withdrawn"]
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "found-0a1b2c",
                    "medicine": "acarbose-tablet",
                    "about": "阿卡波糖片的医保类别和支付范围",
                    "old": "甲类",
                    "new": "乙类",
                    "day": "2027-01-01",
                    "source": "示例",
                    "state": "proposed",
                }
            ]
        }
    )


class Changes(BaseModel):
    """A page of them: those that wait first."""

    items: list[ChangeTold]
    next: str | None


class Touched(BaseModel):
    """A resident whom it touches: by which medicines, and whether a message reaches them.

    `certain`: false where the records do not say whether it is for them (scheme, status).
    """

    resident: str
    medicines: list[str]
    reachable: bool
    certain: bool


class ChangeOpened(ChangeTold):
    """A change with whom it touches today."""

    touched: list[Touched]


class Deciding(In):
    """Whether residents are told."""

    approve: bool
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"approve": True}]})


class Decided(BaseModel):
    """What was decided, and how many messages go out."""

    id: str
    letters: int


def deciding(call: Annotated[Call, Depends(may("decide_changes"))]) -> AtClinic:
    """The clinic of a doctor. Raises NotAllowed before it looks for a clinic, and NotAtClinic."""
    return at_clinic(call)


@router.get("", response_model=Changes, responses=problems(400, 404))
def show_changes(seeing: Seeing, count: Count = 50, cursor: CursorText = None) -> dict[str, Any]:
    """Rules that change for the clinic's residents."""
    with seeing.clinic.database.reading() as kept:
        rows = part_of(list_changes(kept, seeing.clinic.id), count, cursor)
    return page(rows, count, lambda one: one[0], lambda one: change_told(*one[1], seeing.call.lang))


@router.get("/{id}", response_model=ChangeOpened, responses=problems(404))
def open_change(id: ChangeId, seeing: Seeing) -> dict[str, Any]:
    """A change with whom it touches today, and why."""
    found = change_at(seeing.clinic, seeing.clinic.database, id)
    with seeing.clinic.database.writing() as kept:
        seeing.call.note_each(kept, "clinic.change", found.touched)
    reachable, unsure = set(found.reachable), set(found.unsure)
    return change_told(found.change, found.state, seeing.call.lang) | {
        "touched": [
            {
                "resident": one,
                "medicines": [seeing.clinic.medicine(id) for id in found.because[one]],
                "reachable": one in reachable,
                "certain": one not in unsure,
            }
            for one in found.touched
        ]
    }


@router.post(
    "/{id}/decision", status_code=201, response_model=Decided, responses=problems(404, 409)
)
def decide_change(
    id: ChangeId,
    told: Deciding,
    seeing: Annotated[AtClinic, Depends(deciding)],
    key: Once,
    digest: Digest,
) -> JSONResponse:
    """Tell everybody whom it touches, once, or nobody."""
    call, clinic = seeing.call, seeing.clinic
    days: Any = clinic.house.defaults["rule_notice_days"]

    def work(kept: Kept) -> dict[str, Any]:
        within = joined(clinic.database, kept)
        change_at(clinic, within, id)
        letters = 0
        if told.approve:
            holds = timedelta(days=int(days))
            letters = approve(within, id, call.person, clinic.day, call.now, holds)
        else:
            refuse(within, id, call.person, call.now)
        call.note(kept, "clinic.decide", id)
        return {"id": id, "letters": letters}

    return once(change_of(call, key, digest), 201, work)


def change_at(clinic: Clinic, database: Database, id: str) -> Proposal:
    """A change of a clinic. Raises NotThere for one that is not there, or is another clinic's."""
    try:
        found = look_at(database, id, clinic.day)
    except NotProposed:
        raise NotThere from None
    if found.change.clinic != clinic.id:
        raise NotThere
    return found


def change_told(change: Change, state: str, lang: Lang) -> dict[str, Any]:
    """A change as it is told in a language."""
    known = {name: getattr(change, name) for name in ("id", "medicine", "day")}
    return known | change.said(lang) | {"state": state}

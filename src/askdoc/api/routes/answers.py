"""`/v1/answers`: one question, answered and not kept."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field

from askdoc.api.calls import LookingUp
from askdoc.api.shapes import Answer, Facts, In, Said, problems
from askdoc.api.talking import speaker_of
from askdoc.assistant.as_plain import answer_record
from askdoc.assistant.talk.turn import take_turn
from askdoc.profile import read_facts

router = APIRouter(prefix="/v1", tags=["answers"])


class Question(In):
    """A question in free words, with what is known of the person."""

    question: Said
    facts: Facts = Facts()
    day: date | None = Field(default=None, description="The day of care; left out: today.")

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "question": "三级医院门诊花了1200元，能报多少？",
                    "facts": {"region": "cn/shanghai", "scheme": "employee", "status": "active"},
                }
            ]
        },
    )


@router.post("/answers", response_model=Answer, responses=problems(400))
def answer(asked: Question, call: LookingUp) -> JSONResponse:
    """Answer one question; nothing of it is kept."""
    house = call.front.house
    told = {name: str(fact).lower() for name, fact in asked.facts.told().items()}
    given = read_facts(told, house.book)
    context = house.context_of(
        asked.day or call.today, {}, given, call.lang, speaker_of(call.caller.role)
    )
    found = take_turn(asked.question, context)
    call.front.metrics.answers.labels(found.kind).inc()
    return JSONResponse(answer_record(found, context.today))

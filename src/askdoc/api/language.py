"""The language of a caller: `?lang=`, else what their browser asks for, else Chinese."""

from starlette.requests import HTTPConnection

from askdoc.wording import Lang


def lang_of(request: HTTPConnection) -> Lang:
    """Chinese, unless English is asked for and Chinese is not asked for sooner."""
    said = request.query_params.get("lang") if request.scope["query_string"] else None
    if said is None:
        said = preferred(request.headers.get("accept-language", ""))
    return "en" if said == "en" else "zh"


def preferred(header: str) -> str:
    """The first of our languages in an Accept-Language header, by its weights."""
    found: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:200].split(",")):
        name, _, weight = part.strip().partition(";")
        try:
            sure = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            sure = 0.0
        short = name.split("-")[0].lower()
        if short in ("zh", "en") and sure > 0:
            found.append((-sure, place, short))
    return min(found)[2] if found else "zh"

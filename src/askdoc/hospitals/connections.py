"""Which hospitals' own systems are connected: a TOML file with a table for each hospital.

It holds tokens, so it is read only while nobody else on the machine may read it.
"""

import tomllib
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from askdoc.care.referrals.fhir_slots import PATIENT_SYSTEM
from askdoc.care.referrals.hospital_system import HospitalSystem
from askdoc.care.referrals.schedule_file import TIERS
from askdoc.care.referrals.slots import Hospital
from askdoc.wording import AskdocError

_OTHERS_MAY_READ = 0o077
_NEEDED = ("name", "region", "tier", "url")


class BadConnection(AskdocError):
    """The file of hospitals' systems is not as it must be. Fields `place` and `said`."""

    code = "referrals.bad_connection"


class NoFhirPackage(AskdocError):
    """What speaks FHIR over HTTP is not installed."""

    code = "referrals.no_fhir_package"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One hospital's FHIR server. `patients`: the identifier system of its patients' records.

    A call that is not answered whole in `answer_seconds` was not answered.
    """

    hospital: Hospital
    url: str
    token: str | None = field(default=None, repr=False)
    patients: str = PATIENT_SYSTEM
    connect_seconds: float = 3.0
    answer_seconds: float = 10.0


def load_connections(file: Path, regions: Container[str]) -> dict[str, Connection]:
    """The connections by hospital; none where there is no file. Raises BadConnection."""
    if not file.exists():
        return {}
    if file.stat().st_mode & _OTHERS_MAY_READ:
        raise BadConnection(place=file.name, said="chmod 600")
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as failed:
        raise BadConnection(place=file.name, said=type(failed).__name__) from failed
    found = {id: _connection(id, said, f"{file.name} [{id}]") for id, said in told.items()}
    for id, one in found.items():
        if one.hospital.region not in regions:
            raise BadConnection(place=f"{file.name} [{id}]", said=one.hospital.region)
    return found


def open_systems(connections: Mapping[str, Connection]) -> dict[str, HospitalSystem]:
    """The systems of the connected hospitals; nothing is asked yet. Raises NoFhirPackage."""
    if not connections:
        return {}
    try:
        import fhir.resources.R4B.bundle  # noqa: F401  read with it, when the first answer comes

        from askdoc.hospitals.fhir_server import FhirServer
    except ModuleNotFoundError:
        raise NoFhirPackage from None
    return {id: FhirServer(one) for id, one in connections.items()}


def _connection(id: str, said: Any, place: str) -> Connection:
    if not isinstance(said, Mapping):
        raise BadConnection(place=place, said=str(said))
    given = {one.name for one in fields(Connection)} | set(_NEEDED) - {"hospital"}
    for name in (*(one for one in _NEEDED if not said.get(one)), *sorted(set(said) - given)):
        raise BadConnection(place=place, said=name)
    if said["tier"] not in TIERS:
        raise BadConnection(place=place, said=str(said["tier"]))
    rest = {name: one for name, one in said.items() if name in given - set(_NEEDED)}
    for name, one in rest.items():
        is_time = name.endswith("_seconds")
        if is_time != isinstance(one, (int, float)) or (is_time and not 0 < one <= 60):
            raise BadConnection(place=place, said=name)
    hospital = Hospital(id, str(said["name"]), str(said["region"]), str(said["tier"]))
    return Connection(hospital=hospital, url=_address(str(said["url"]), place), **rest)


def _address(url: str, place: str) -> str:
    """The server's address. Without TLS only on this machine: it is told who is ill."""
    parts = urlsplit(url)
    is_here = parts.hostname in ("127.0.0.1", "::1", "localhost")
    if not parts.hostname or parts.query or parts.username or parts.fragment:
        raise BadConnection(place=place, said=url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here):
        raise BadConnection(place=place, said=url)
    return url.rstrip("/")

"""Any chat model by name, through LangChain: `openai:qwen-plus` with a base URL, or others.

`openai:` speaks to everything with that interface (Qwen, DeepSeek, GLM, vLLM, Ollama, llama.cpp).
Other prefixes go to LangChain's own register and need their package.
"""

from typing import TYPE_CHECKING

from askdoc.wording import AskdocError

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

OPENAI = "openai"
# A local endpoint asks for no key, and the client refuses to start without one.
_NO_KEY = "none"
# A lead-in is three sentences; a small model without an end in sight stops here.
_MOST_TOKENS = 300


class BadModelName(AskdocError):
    """A model is named as `provider:name`."""

    code = "assistant.bad_model_name"


class NoModelPackage(AskdocError):
    """The package that speaks to this provider is not installed."""

    code = "assistant.no_model_package"


def open_model(
    named: str, base_url: str | None = None, key: str | None = None, seconds: float = 30.0
) -> "BaseChatModel":
    """The model, not yet spoken to. Raises BadModelName and NoModelPackage."""
    provider, colon, name = named.partition(":")
    if not (provider and colon and name):
        raise BadModelName(said=named)
    if provider == OPENAI:
        return _openai(name, base_url, key, seconds)
    try:
        from langchain.chat_models import init_chat_model

        found: BaseChatModel = init_chat_model(name, model_provider=provider, timeout=seconds)
        return found
    except (ImportError, ValueError) as failed:
        raise NoModelPackage(said=named) from failed


def _openai(name: str, base_url: str | None, key: str | None, seconds: float) -> "BaseChatModel":
    try:
        from langchain_openai import ChatOpenAI
    except ImportError as failed:
        raise NoModelPackage(said=f"{OPENAI}:{name}") from failed
    return ChatOpenAI(
        model=name,
        base_url=base_url,
        api_key=lambda: key or _NO_KEY,
        timeout=seconds,
        max_retries=1,
        max_completion_tokens=_MOST_TOKENS,
        temperature=0,
    )

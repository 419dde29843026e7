# Needs make and Python 3.11 or newer with its venv module; everything else goes into .venv.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
MAIN_QUESTION := which intrathecal MSC trials reported fever

.DEFAULT_GOAL := help
.PHONY: help demo test check bench

help:
	@echo 'make demo   install cellkg into .venv and ask the main question'
	@echo 'make test   lint, types, layers, and all tests with coverage'
	@echo 'make check  lint, types and layers only'
	@echo 'make bench  measure speed against its peers'

demo: $(VENV)/installed
	@$(BIN)/cellkg ask "$(MAIN_QUESTION)"
	@$(BIN)/cellkg ask "$(MAIN_QUESTION), with products derived from MSC"

test: check
	@$(BIN)/pytest --quiet --numprocesses auto --maxprocesses 4 --cov --cov-report term

check: $(VENV)/installed-for-work
	@$(BIN)/validate-pyproject pyproject.toml
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/installed-for-work
	@$(BIN)/python benchmarks/run.py

# The two stamps make a second `make` quick; a change of pyproject.toml installs again.
$(VENV)/installed: pyproject.toml | $(BIN)/python
	@echo 'Installing cellkg into $(VENV) ...' >&2
	@$(PIP) install --editable .
	@touch $@

$(VENV)/installed-for-work: pyproject.toml | $(BIN)/python
	@echo 'Installing cellkg and what its tests need into $(VENV) ...' >&2
	@$(PIP) install --editable '.[dev,docs,draw,fetch,reasoner,tables]'
	@$(PIP) install --no-deps --target $(VENV)/kgx --requirement tests/exporting/kgx-requirements.txt
	@touch $(VENV)/installed $@

$(BIN)/python:
	@for candidate in python3 python3.14 python3.13 python3.12 python3.11; do \
	    if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        python=$$candidate; break; \
	    fi; \
	done; \
	if [ -z "$$python" ]; then \
	    echo "cellkg needs Python 3.11 or newer, and here is $$(python3 --version 2>/dev/null || echo no Python): install it from https://www.python.org/downloads/ or your system's packages." >&2; \
	    exit 1; \
	fi; \
	if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "Python's venv module is missing: on Debian or Ubuntu type  sudo apt-get install python3-venv  and then make again." >&2; \
	    exit 1; \
	fi; \
	$$python -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

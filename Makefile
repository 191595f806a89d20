# Relais. `make` lists what there is to make; `make run` needs Go 1.26 and Node 20 only.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

GOLANGCI_VERSION := 2.9.0
GOLANGCI := .tools/bin/golangci-lint-$(GOLANGCI_VERSION)
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

GO_SOURCES := go.mod go.sum $(shell find cmd internal configs -type f -not -name '*_test.go' -not -path '*/testdata/*' -not -path '*/node_modules/*' 2>/dev/null) frontend/embed.go
PAGES_SOURCES := $(shell find frontend/src frontend/public -type f -not -name '*.test.ts' 2>/dev/null) \
	$(wildcard frontend/*.html frontend/*.ts frontend/*.js frontend/package.json)
MODULES := frontend/node_modules/.package-lock.json
WS := internal/proof/peers/ws/node_modules/.package-lock.json
PAGES := frontend/dist/index.html

##@ Use
.PHONY: help
help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: bin/relais ## Start Relais with a living demo territory (ARGS="--demo-quiet" for a still one)
	@exec ./bin/relais serve --demo $(ARGS)

.PHONY: build
build: bin/relais ## Build bin/relais, pages embedded

.PHONY: pictures
pictures: bin/relais ## Take the README's pictures again from the running demo
	@.ci/needs pictures
	cd frontend && npm run pictures

##@ Prove
.PHONY: test
test: needs test-go test-pages test-browser ## Everything: Go with -race, pages, browser; brings what it needs

.PHONY: test-go
test-go: $(PAGES)
	CGO_ENABLED=1 go test -race -timeout 40m ./...

.PHONY: test-pages
test-pages: $(MODULES)
	cd frontend && npm test

.PHONY: test-browser
test-browser: bin/relais
	cd frontend && npm run e2e

.PHONY: check
check: check-generated lint check-pages ## Generated code up to date, linters, types, formats

.PHONY: bench
bench: ## Figures beside bare twins and peers (ARGS="-only fan-out -markdown"; BENCH=pattern COUNT=n: any benchmark)
	@.ci/needs bench
ifdef BENCH
	go test -run '^$$' -bench '$(BENCH)' -benchmem -count $(or $(COUNT),1) -timeout 40m ./internal/...
else
	@$(MAKE) $(WS)
	@go run ./internal/proof/bench $(ARGS)
endif

.PHONY: bench-ui
bench-ui: $(PAGES) ## Size of each page, and the console under load on a processor slowed four times
	@.ci/needs pictures
	@cd frontend && node e2e/bench-ui.mjs

.PHONY: faults
faults: needs ## Break a running service at random, and judge it by what clients saw (ARGS="-help" lists what can be chosen)
	@go run ./internal/proof/faults $(ARGS)

.PHONY: france
france: needs ## A day of all France, compressed, then the rate raised (ARGS="-scale 0.1 -day 1m", "-curves")
	@go run ./internal/proof/france $(ARGS)

.PHONY: fuzz
fuzz: ## Each fuzz target for a while (FUZZTIME=60s); the first that fails ends it
	@begun=$$SECONDS; done=0; \
	targets=$$(grep -rHoE '^func Fuzz[A-Za-z0-9_]+' --include='*_test.go' internal | sed -E 's,/[^/]*:func ,\t,' | sort -u); \
	total=$$(wc -l <<<"$$targets"); \
	while IFS=$$'\t' read -r folder target; do \
		echo "$$((done + 1))/$$total $$folder $$target"; \
		go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(or $(FUZZTIME),60s) "./$$folder" </dev/null \
			|| { echo "$$target found something: what it was fed is in $$folder/testdata/fuzz/$$target. $$done of $$total targets passed before."; exit 1; }; \
		done=$$((done + 1)); \
	done <<<"$$targets"; \
	echo "$$done targets passed, $(or $(FUZZTIME),60s) each, in $$((SECONDS - begun)) s"

##@ Change
.PHONY: fmt
fmt: $(MODULES) ## Format Go and pages
	gofmt -w cmd internal configs frontend/embed.go
	cd frontend && npm run format

.PHONY: generate
generate: generate-contract ## Regenerate the API from openapi.yaml, and the commune table (asks the npm registry)
	go generate ./internal/territory

.PHONY: generate-contract
generate-contract: $(MODULES)
	go generate ./internal/web
	cd frontend && npm run --silent generate

# Parts

.PHONY: needs
needs:
	@.ci/needs test

# The commune table is left out: rebuilding it asks the npm registry. The tests of internal/territory hold its figures.
.PHONY: check-generated
check-generated: $(MODULES)
	@before=$$(mktemp -d); trap 'rm -rf "$$before"' EXIT; \
	cp -r internal/web/api "$$before/api"; cp frontend/src/api/schema.d.ts "$$before/schema.d.ts"; \
	$(MAKE) generate-contract >/dev/null; \
	diff -ru "$$before/api" internal/web/api && diff -u "$$before/schema.d.ts" frontend/src/api/schema.d.ts \
		|| { echo 'Generated code was out of date. It is regenerated now: look at it and commit it.'; exit 1; }

.PHONY: lint
lint: $(GOLANGCI)
	@unformatted=$$(gofmt -l cmd internal configs frontend/embed.go); \
	if [ -n "$$unformatted" ]; then printf 'Not formatted (make fmt):\n%s\n' "$$unformatted"; exit 1; fi
	$(GOLANGCI) run ./...

.PHONY: check-pages
check-pages: $(MODULES)
	cd frontend && npm run --silent lint && npm run --silent format:check && npm run --silent check

$(GOLANGCI):
	@mkdir -p $(@D)
	GOBIN=$(CURDIR)/$(@D) CGO_ENABLED=0 go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(GOLANGCI_VERSION)
	@mv $(@D)/golangci-lint $@

$(MODULES): frontend/package.json frontend/package-lock.json
	@.ci/needs build
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(WS): internal/proof/peers/ws/package.json internal/proof/peers/ws/package-lock.json
	cd internal/proof/peers/ws && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGES): $(MODULES) $(PAGES_SOURCES)
	cd frontend && npm run --silent build
	@touch $@

bin/relais: $(PAGES) $(GO_SOURCES)
	@.ci/needs build
	@mkdir -p $(@D)
	CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags '-s -w -X github.com/relais-snp/relais/internal/app.version=$(VERSION)' -o $@ ./cmd/relais

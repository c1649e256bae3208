# make alone lists what can be done.

# What the browser tests need from npm: exactly what the lock file names.
browser := internal/browser/node_modules/.package-lock.json

.PHONY: help run test lint bench long

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## serve on http://127.0.0.1:8080, with the data in ./ownward-data
	go run ./cmd/ownward serve

test: lint ## everything that must hold: lint and all tests, on SQLite, PostgreSQL and in the browser
	go run ./internal/testkit/withpostgres go test -p 2 -timeout 57m ./...

lint: $(browser) ## format, vet, staticcheck, and the types of the scripts
	@echo gofmt -l .; unformatted=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$unformatted" ]; then \
		echo "run gofmt -w on:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go tool staticcheck ./...
	internal/browser/node_modules/.bin/tsc -p internal/browser

bench: ## the benchmarks
	go run ./internal/testkit/withpostgres go test -p 1 -run '^$$' -bench . -benchmem ./...

long: $(browser) ## all tests under the race detector, three times over, in another order each time
	go run ./internal/testkit/withpostgres go test -p 2 -race -shuffle on -count 3 -timeout 120m ./...

$(browser): internal/browser/package-lock.json
	npm --prefix internal/browser ci --no-audit --no-fund

// Command withpostgres runs a command with one PostgreSQL server for all the tests it runs:
//
//	go run ./internal/testkit/withpostgres go test ./...
//
// Without it every test process that needs PostgreSQL starts its own. A server that OWNWARD_TEST_POSTGRES names is used as it is.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"

	"github.com/ownward/ownward/internal/testkit"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: withpostgres COMMAND [ARGUMENT...]")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() > 0 {
			os.Exit(exit.ExitCode())
		}
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
		os.Exit(1)
	}
}

func run(name string, args []string) error {
	signal.Ignore(os.Interrupt) // the command gets it too, and ends; then so do we
	command := exec.Command(name, args...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	command.Env = os.Environ()
	if os.Getenv("OWNWARD_TEST_POSTGRES") == "" {
		address, err := testkit.StartPostgres()
		if err != nil {
			return err
		}
		command.Env = append(command.Env, "OWNWARD_TEST_POSTGRES="+address)
	}
	return command.Run()
}

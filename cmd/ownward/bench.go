package main

import (
	"context"
	"fmt"
	"os"
	"runtime"

	"github.com/ownward/ownward/internal/bench"
)

type benchCommand struct{}

// Run measures in a temporary folder.
func (benchCommand) Run(ctx context.Context) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Printf("SQLite, %d cores, %s. it takes about two minutes.\n\n", runtime.NumCPU(), runtime.Version())
	return (&bench.Bench{Out: os.Stdout, Program: program}).Run(ctx)
}

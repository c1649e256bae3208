package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/ownward/ownward/internal/house"
)

type serveCommand struct {
	Verbose bool `help:"Log every request, by its route." env:"OWNWARD_VERBOSE"`
}

// Run serves until it is told to stop, and finishes what is under way.
func (c serveCommand) Run(ctx context.Context, flags *house.Flags) (err error) {
	level := slog.LevelInfo
	if c.Verbose {
		level = slog.LevelDebug
	}
	h, err := house.Open(ctx, flags.Config(), logger(level))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	setUp, err := h.SetUpPath(ctx)
	if err != nil {
		return err
	}
	return h.Serve(ctx, func(address string) {
		fmt.Printf("Ownward is at %s (stop it with Ctrl-C)\n", address)
		if setUp != "" {
			fmt.Printf("\nSet it up here; the link works once, for a day:\n\n    %s%s\n\n", address, setUp)
		}
	})
}

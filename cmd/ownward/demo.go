package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"syscall"

	"github.com/ownward/ownward/internal/demo"
	"github.com/ownward/ownward/internal/house"
)

type demoCommand struct {
	Verbose bool `help:"Log every request, by its route." env:"OWNWARD_VERBOSE"`
}

// Run fills an example organisation into a temporary folder, serves it until it is told to stop,
// and leaves nothing behind.
func (c demoCommand) Run(ctx context.Context, flags *house.Flags) (err error) {
	folder, err := os.MkdirTemp("", "ownward-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()

	clock := demo.NewClock()
	config := house.Config{Data: folder, Listen: freeAddress(flags.Listen), Address: flags.Address, Demo: true, Clock: clock.Now}
	level := slog.LevelWarn
	if c.Verbose {
		level = slog.LevelDebug
	}
	h, err := house.Open(ctx, config, logger(level))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()

	if flags.Database != "" {
		fmt.Println("The example has a folder of its own: the database that you named is not touched.")
	}
	fmt.Println("Telling the story of an example organisation ...")
	runDue := func(ctx context.Context) error {
		_, err := h.Jobs.RunDue(ctx)
		return err
	}
	if err := demo.Fill(ctx, h.DB, clock, runDue); err != nil {
		return err
	}
	return h.Serve(ctx, func(address string) {
		fmt.Printf("Ownward is at %s\n%s\nStop it with Ctrl-C: nothing stays, and no mail leaves.\n", address, demo.Who())
	})
}

// freeAddress is the address, or a free port of the same host where that one is taken.
func freeAddress(address string) string {
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		if host, _, err := net.SplitHostPort(address); err == nil {
			return net.JoinHostPort(host, "0")
		}
	}
	if err == nil {
		_ = listener.Close() // it was opened only to see whether it can be
	}
	return address
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/mailbox"
)

// mailCommand is about mail that comes in.
type mailCommand struct {
	Receive mailReceiveCommand `cmd:"" help:"Take one mail from standard input: an answer to an invitation. For a mail server that pipes the mailbox of the installation here; the exit status is what it expects (sysexits)."`
}

type mailReceiveCommand struct{}

// What a mail server reads from the exit status of a program to which it hands a mail (sysexits.h).
const (
	exitNotTaken exit = 69 // send it back
	exitLater    exit = 75 // keep it, and try again
)

// Run takes the mail. What may pass, such as a store that is away, makes the mail server try again: no mail is lost.
func (mailReceiveCommand) Run(ctx context.Context, flags *house.Flags) error {
	raw, err := io.ReadAll(io.LimitReader(os.Stdin, mailbox.MostBytes+1))
	if err != nil {
		return later(err)
	}
	store, err := openExisting(ctx, flags)
	if err != nil {
		return later(err)
	}
	outcome, err := house.Receive(ctx, store, raw)
	if closed := store.Close(); err == nil && closed != nil {
		return later(closed)
	}
	switch {
	case errors.Is(err, house.ErrNotForUs):
		fmt.Fprintln(os.Stderr, "This mail was not taken:", house.ErrNotForUs)
		return exitNotTaken
	case err != nil:
		return later(err)
	}
	fmt.Println("Taken:", outcome)
	return nil
}

func later(err error) error {
	fmt.Fprintln(os.Stderr, "ownward: not taken, try again later:", err)
	return exitLater
}

package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/job"
)

type adminCommand struct {
	Jobs   jobsCommand   `cmd:"" help:"List the work that came to nothing: kind, times, why; never whom or what it was about."`
	Repeat repeatCommand `cmd:"" help:"Have work that came to nothing tried again."`
	LetGo  letGoCommand  `cmd:"" name:"let-go" help:"Take work that came to nothing off the list."`
}

type jobsCommand struct{}

// Run lists the work that came to nothing.
func (jobsCommand) Run(ctx context.Context, flags *house.Flags) error {
	return withStore(ctx, flags, func(tx *db.Tx) error {
		jobs, more, err := job.ListGivenUp(tx, "", 200)
		for _, g := range jobs {
			fmt.Printf("%s  %s  %-28s %2d tries  %s\n", g.ID, g.At.Format("2006-01-02 15:04"), job.Called(g.Kind), g.Tries, g.Why)
		}
		switch {
		case err != nil:
		case len(jobs) == 0:
			fmt.Println("Nothing came to nothing.")
		case more:
			fmt.Println("There are more, older ones.")
			fallthrough
		default:
			fmt.Println("\nTo try again: ownward admin repeat ID, or ownward admin repeat --all. To drop one: ownward admin let-go ID.")
		}
		return err
	})
}

type repeatCommand struct {
	ID  string `arg:"" optional:"" help:"As ownward admin jobs lists it."`
	All bool   `help:"All of them."`
}

// Run has one job, or all, tried again by the server.
func (c repeatCommand) Run(ctx context.Context, flags *house.Flags) error {
	if (c.ID == "") != c.All {
		return errors.New("say which, as ownward admin jobs lists it, or --all")
	}
	return withStore(ctx, flags, func(tx *db.Tx) error {
		n, err := int64(1), error(nil)
		if c.All {
			n, err = job.RepeatAll(tx, "")
		} else {
			err = job.Repeat(tx, "", db.ID(c.ID))
		}
		if err == nil {
			fmt.Printf("Asked for again: %d. A server that runs tries it now.\n", n)
		}
		return err
	})
}

type letGoCommand struct {
	ID string `arg:"" help:"As ownward admin jobs lists it."`
}

// Run takes one job off the list.
func (c letGoCommand) Run(ctx context.Context, flags *house.Flags) error {
	return withStore(ctx, flags, func(tx *db.Tx) error { return job.LetGo(tx, "", db.ID(c.ID)) })
}

// withStore does something in the store of an installation that is there.
func withStore(ctx context.Context, flags *house.Flags, do func(*db.Tx) error) (err error) {
	if isEmpty(flags) {
		return errNobodyHere
	}
	store, err := flags.Config().OpenStore(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return db.Do(ctx, store, do)
}

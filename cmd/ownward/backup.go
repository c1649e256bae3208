package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/portable"
)

type backupCommand struct {
	File string `arg:"" help:"New file to write." type:"path"`
}

// Run copies the store.
func (c backupCommand) Run(ctx context.Context, flags *house.Flags) (err error) {
	store, err := openExisting(ctx, flags)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := store.Backup(ctx, c.File); err != nil {
		return err
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return err
	}
	fmt.Printf("Backed up and checked: %s, %.1f MB. Keep it somewhere else than this machine.\n", c.File, float64(info.Size())/1e6)
	return nil
}

type restoreCommand struct {
	File string `arg:"" help:"Backup to restore." type:"existingfile"`
}

// Run puts the backup in place.
func (c restoreCommand) Run(ctx context.Context, flags *house.Flags) error {
	if flags.Database != "" {
		return db.ErrNotSQLite
	}
	kept, err := db.Restore(ctx, c.File, flags.Config().DatabaseAddress(), time.Now())
	if err != nil {
		return err
	}
	if kept != "" {
		fmt.Printf("What stood there is kept as %s\n", kept)
	}
	if err := repeatDeletions(ctx, flags.Config()); err != nil {
		return err
	}
	fmt.Printf("Restored. Start it with: ownward serve --data %s\n", flags.Data)
	return nil
}

// repeatDeletions removes from what was restored the accounts that were deleted since the backup.
func repeatDeletions(ctx context.Context, config house.Config) (err error) {
	store, err := config.OpenStore(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	n, err := portable.Repeat(ctx, store, portable.DeletionsFile(config.Data))
	if err != nil || n == 0 {
		return err
	}
	fmt.Printf("Accounts that were deleted since the backup are deleted again: %d\n", n)
	return store.Compact(ctx)
}

// openExisting opens the store of an installation that is there already.
func openExisting(ctx context.Context, flags *house.Flags) (*db.DB, error) {
	config := flags.Config()
	if config.Database == "" {
		if _, err := os.Stat(config.DatabaseAddress()); errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("there is no installation in %s; name another folder with --data", config.Data)
		}
	}
	return config.OpenStore(ctx)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/org"
)

var errNobodyHere = errors.New("there is no organisation yet; set one up with ownward serve, or bring people in with ownward import people")

// withOrganisation does something for the organisation of that name, or the only one, as who runs the installation. It
// makes no installation: where there is none yet, a dry run is done in one that is removed at once.
func withOrganisation[T any](ctx context.Context, flags *house.Flags, name string, dry bool, do func(*db.Tx, org.Actor, func(done, total int)) (T, error)) (did T, err error) {
	if isEmpty(flags) {
		if !dry {
			return did, errNobodyHere
		}
		return inANewOrganisation(ctx, do)
	}
	store, err := flags.Config().OpenStore(ctx)
	if err != nil {
		return did, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	in := func(progress func(done, total int)) func(*db.Tx) (T, error) {
		return func(tx *db.Tx) (none T, err error) {
			o, err := theOrganisation(tx, name)
			if err != nil {
				return none, err
			}
			return do(tx, org.Operator(o.ID), progress)
		}
	}
	if dry {
		return db.Read(ctx, store, in(func(int, int) {}))
	}
	bar := newBar(os.Stderr)
	defer bar.end()
	if did, err = db.Write(ctx, store, in(bar.show)); err != nil && ctx.Err() != nil {
		err = errors.New("interrupted; nothing was written")
	}
	return did, err
}

// isEmpty tells whether there is no installation where the flags point to.
func isEmpty(flags *house.Flags) bool {
	config := flags.Config()
	if config.Database != "" {
		return false
	}
	_, err := os.Stat(config.DatabaseAddress())
	return errors.Is(err, os.ErrNotExist)
}

func inANewOrganisation[T any](ctx context.Context, do func(*db.Tx, org.Actor, func(done, total int)) (T, error)) (did T, err error) {
	folder, err := os.MkdirTemp("", "ownward-dry-run-")
	if err != nil {
		return did, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	store, err := (&house.Flags{Data: folder}).Config().OpenStore(ctx)
	if err != nil {
		return did, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return db.Write(ctx, store, func(tx *db.Tx) (none T, err error) {
		o, err := org.Found(tx, "Our organisation", "UTC", false)
		if err != nil {
			return none, err
		}
		return do(tx, org.Operator(o.ID), func(int, int) {})
	})
}

// theOrganisation is the one of that name, or the only one.
func theOrganisation(tx *db.Tx, name string) (org.Organisation, error) {
	all, err := org.UnscopedOrganisations(tx)
	if err != nil {
		return org.Organisation{}, err
	}
	var names []string
	for _, o := range all {
		if strings.EqualFold(o.Name, strings.TrimSpace(name)) || len(all) == 1 && name == "" {
			return o, nil
		}
		names = append(names, o.Name)
	}
	if len(all) == 0 {
		return org.Organisation{}, errNobodyHere
	}
	return org.Organisation{}, fmt.Errorf("say which organisation, with --organisation: %s", strings.Join(names, ", "))
}

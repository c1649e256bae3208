// Command ownward is the whole program: the server, and the commands of whoever runs it.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // time zones where the machine has none

	"github.com/alecthomas/kong"

	"github.com/ownward/ownward/internal/house"
)

// cli is what can be said to the program. A flag is stronger than the environment.
var cli struct {
	house.Flags
	Demo    demoCommand    `cmd:"" help:"Serve an example organisation with a year of history, from a temporary folder."`
	Serve   serveCommand   `cmd:"" help:"Serve the pages. The first start shows a link that sets the installation up."`
	Import  importCommand  `cmd:"" help:"Bring in what is kept elsewhere: the people of an organisation, or what is one person's."`
	Export  exportCommand  `cmd:"" help:"Write what is a person's to a file that they take along."`
	Admin   adminCommand   `cmd:"" help:"Look after an installation: see and repeat work that came to nothing."`
	Backup  backupCommand  `cmd:"" help:"Write a checked copy of a SQLite installation to a new file, while it is in use."`
	Restore restoreCommand `cmd:"" help:"Put a backup in the place of what is there, which is kept beside it."`
	MailIn  mailCommand    `cmd:"" name:"mail" help:"Mail that comes in."`
	Match   matchCommand   `cmd:"" help:"Find who gets whom of mentees and mentors, from files to a file, without a server."`
	Bench   benchCommand   `cmd:"" help:"Measure the figures that the README gives, here and now."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Args = append(os.Args[:1], asked(os.Args[1:])...)
	k := kong.Parse(&cli,
		kong.Name("ownward"),
		kong.Description("Where people own their growth at work.\n\nTo look round in a made-up company: ownward demo. To begin: ownward serve."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true}),
		kong.ShortUsageOnError(),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&cli.Flags),
	)
	err := k.Run()
	var status exit
	switch {
	case errors.As(err, &status):
		os.Exit(int(status))
	case err != nil:
		fmt.Fprintln(os.Stderr, "ownward:", err)
		os.Exit(1)
	}
}

// asked is what somebody wants who says these words: without any, and with "help" before a
// command or alone, to read what there is.
func asked(words []string) []string {
	switch {
	case len(words) == 0:
		return []string{"--help"}
	case words[0] == "help":
		return append(words[1:len(words):len(words)], "--help")
	}
	return words
}

// exit is an error that only sets the exit status: what there was to say has been said.
type exit int

// Error names the status.
func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// logger writes structured lines to standard error.
func logger(level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

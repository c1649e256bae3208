package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/ownward/ownward/internal/house"
)

// pipes hands a mail to `ownward mail receive`, as a mail server does.
func pipes(t *testing.T, flags house.Flags, text string) error {
	t.Helper()
	file := filepath.Join(t.TempDir(), "mail")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	stdin, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	was := os.Stdin
	os.Stdin = stdin
	defer func() { os.Stdin = was }()
	return mailReceiveCommand{}.Run(t.Context(), &flags)
}

func TestAMailServerReadsFromTheExitStatusWhatBecameOfAMail(t *testing.T) {
	flags := house.Flags{Data: t.TempDir()}
	const answer = "From: ines@weir.example\r\nMessage-ID: <1@weir.example>\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n" +
		"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:x@weir.example\r\nDTSTAMP:20261102T101500Z\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ines@weir.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	if err := pipes(t, flags, answer); !errors.Is(err, exitLater) {
		t.Errorf("without an installation: %v, want the mail kept", err)
	}
	store, err := flags.Config().OpenStore(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := pipes(t, flags, answer); err != nil {
		t.Errorf("an answer: %v, want it taken", err)
	}
	for name, text := range map[string]string{"a letter": "From: ines@weir.example\r\n\r\nHello", "no mail": "hello", "nothing": ""} {
		if err := pipes(t, flags, text); !errors.Is(err, exitNotTaken) {
			t.Errorf("%s: %v, want it sent back", name, err)
		}
	}
}

package mail

import (
	"context"
	"errors"
	"fmt"
	"slices"

	gomail "github.com/wneessen/go-mail"
)

// ErrNoMailbox says that the server knows no mailbox of this address, or none any more: it is an
// ErrRefused.
var ErrNoMailbox = fmt.Errorf("%w: no such mailbox", ErrRefused)

// failure is what a mail server did not do, and why. Its text may name the receiver; its safe words
// do not.
type failure struct {
	error
	words string
}

func (f failure) Unwrap() error { return f.error }

// SafeWords is for whoever looks after the installation.
func (f failure) SafeWords() string { return f.words }

// failed says what is to be thought of an error of the server.
func (s *SMTP) failed(err error) error {
	var answer *gomail.SendError
	if !errors.As(err, &answer) || answer.ErrorCode() == 0 {
		words := "The mail server could not be reached, or hung up."
		if errors.Is(err, context.DeadlineExceeded) {
			words = "The mail server took too long."
		}
		return failure{fmt.Errorf("mail server %s did not take a mail: %w", s.host, err), words}
	}
	code := fmt.Sprint(answer.ErrorCode())
	status := answer.EnhancedStatusCode()
	if status != "" {
		code += " " + status
	}
	switch {
	case !forGood(answer.ErrorCode()):
		return failure{fmt.Errorf("mail server %s did not take a mail: %w", s.host, err), "The mail server did not take it (" + code + ")."}
	case NoMailbox(status) || status == "" && answer.Reason == gomail.ErrSMTPRcptTo && slices.Contains([]int{550, 551, 553}, answer.ErrorCode()):
		return failure{fmt.Errorf("%w: mail server %s: %w", ErrNoMailbox, s.host, err), "The mail server knows no such mailbox (" + code + ")."}
	}
	return failure{fmt.Errorf("%w: mail server %s: %w", ErrRefused, s.host, err), "The mail server refused it for good (" + code + ")."}
}

// NoMailbox tells of a status (RFC 3463) whether it says that an address leads to no mailbox: a wrong
// one, one that has moved, one that is shut. A full one, or mail that is not wanted, is another matter.
func NoMailbox(status string) bool {
	return slices.Contains([]string{"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}, status)
}

package mail

import (
	"context"
	"log/slog"
	"strings"
)

// Log shows each mail in the log and sends none: for an installation that only its own machine reaches, and that has no mail
// server. Sign-in links and codes stand in the log then, so nothing else may use it.
type Log struct {
	Logger *slog.Logger
}

func (l Log) Send(ctx context.Context, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	l.Logger.WarnContext(ctx, "THIS MAIL WAS NOT SENT: no mail server is set, so it is shown here", "to", m.To, "subject", oneLine(m.Subject), "id", m.ID)
	for line := range strings.Lines(m.Text + "\n" + strings.ReplaceAll(string(m.Calendar), "\r\n ", "")) {
		if line = strings.TrimSpace(line); line != "" {
			l.Logger.InfoContext(ctx, "mail | "+line)
		}
	}
	return nil
}

package bench

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/skill"
	"github.com/ownward/ownward/internal/skillfile"
)

const listed = 14_000

// list brings a list of skills in, as long as the whole of ESCO.
func list(tx *db.Tx, me org.Actor) error {
	f, err := skillfile.Read(strings.NewReader(skill.Many(listed)), skillfile.Options{})
	if err != nil {
		return err
	}
	_, err = skill.Import(tx, me, f, func(int, int) {})
	return err
}

// search measures what somebody waits for while they type: each request over HTTP, one after the other.
func (b *Bench) search(ctx context.Context, p *program, token string) error {
	var times []time.Duration
	for range 10 {
		for _, typed := range skill.Typed() {
			request := asBrowser(p.address+"/skills/find", token)
			request.Header.Set("Ownward-Search", url.PathEscape(typed))
			begin := time.Now()
			if _, err := fetch(ctx, request); err != nil {
				return err
			}
			times = append(times, time.Since(begin))
		}
	}
	slices.Sort(times)
	b.say("search in 14,000 skills as one types", "p50 %.2f ms, p99 %.2f ms, slowest %.1f ms", ms(times, 0.5), ms(times, 0.99), ms(times, 1))
	return nil
}

package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/certificate"
	"github.com/ownward/ownward/internal/matching"
	"github.com/ownward/ownward/internal/pairfile"
)

type matchCommand struct {
	Mentors string  `required:"" help:"CSV with the columns mentor and capacity; gzip too." type:"existingfile" placeholder:"FILE"`
	Pairs   string  `required:"" help:"CSV with the columns mentee, mentor and score, a line for each pair that may be; gzip too. For stable also mentee_wish and mentor_wish, 1 for the first." type:"existingfile" placeholder:"FILE"`
	Way     string  `help:"best: most people, then the greatest total. fair: most people, then as few as possible in the worst band of scores, then the next. stable: no two who would both rather have each other." enum:"best,fair,stable" default:"best"`
	Floors  []int32 `help:"For fair: the scores at which the bands begin, but for the worst. Five of the same width without." placeholder:"SCORE"`
	Out     string  `help:"File for the assignment. Without, it goes to standard output." type:"path" placeholder:"FILE"`
	JSON    bool    `name:"json" help:"Write a summary as JSON: to standard output where the assignment goes to a file, to standard error otherwise."`

	out, err io.Writer // of tests; standard output and standard error without
}

// matchSummary is what --json writes.
type matchSummary struct {
	Way           string  `json:"way"`
	Mentees       int     `json:"mentees"`
	Mentors       int     `json:"mentors"`
	Pairs         int     `json:"pairs"`
	Matched       int     `json:"matched"`
	Maximum       int     `json:"maximum_cardinality"`
	Total         int64   `json:"total_score"`
	ProvenOptimal bool    `json:"proven_optimal"`
	ProvenStable  bool    `json:"proven_stable"`
	Bands         []band  `json:"bands,omitempty"`
	BadLines      int     `json:"bad_lines"`
	Seconds       float64 `json:"seconds"`
}

// band is how many of the matched have a score below this and in no band before.
type band struct {
	Below int32 `json:"below"`
	Count int   `json:"count"`
}

// collect is how much garbage there may be, in per cent of what is in use. Most of that are a few large arrays
// of numbers, which cost nothing to look through, so that little garbage is cheap to have.
const collect = 10

// Run reads, solves, checks, and only then writes.
func (c matchCommand) Run(ctx context.Context) error {
	c.out, c.err = cmp.Or[io.Writer](c.out, os.Stdout), cmp.Or[io.Writer](c.err, os.Stderr)
	if c.Way != "fair" && len(c.Floors) > 0 {
		return errors.New("--floors is for --way fair")
	}
	if !slices.IsSorted(c.Floors) {
		return errors.New("--floors: the scores should rise")
	}
	for _, file := range []string{c.Mentors, c.Pairs} {
		if c.Out != "" && differentFiles(file, c.Out) != nil {
			return fmt.Errorf("the assignment would overwrite %s; name another file after --out", file)
		}
	}
	defer debug.SetGCPercent(debug.SetGCPercent(collect))
	begin := time.Now()
	w := &watching{out: c.err, said: begin}
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	for _, b := range r.Bad {
		fmt.Fprintln(c.err, b)
	}
	if more := r.BadLines - len(r.Bad); more > 0 {
		fmt.Fprintf(c.err, "and %d more lines that could not be read\n", more)
	}
	s := matchSummary{Way: c.Way, Mentees: r.Mentees.Len(), Mentors: r.Mentors.Len(), Pairs: len(r.Mentor), BadLines: r.BadLines}
	mentor, err := c.solve(ctx, r, w, &s)
	if errors.Is(err, context.Canceled) {
		return errors.New("interrupted; nothing was written")
	}
	if err != nil {
		return err
	}
	if err := c.write(r, mentor); err != nil {
		return err
	}
	s.Seconds = time.Since(begin).Seconds()
	return c.say(&s)
}

// read opens both files.
func (c matchCommand) read(ctx context.Context, w *watching) (*pairfile.Round, error) {
	mentors, err := os.Open(c.Mentors)
	if err != nil {
		return nil, err
	}
	defer mentors.Close()
	pairs, err := os.Open(c.Pairs)
	if err != nil {
		return nil, err
	}
	defer pairs.Close()
	file, err := pairs.Stat()
	if err != nil {
		return nil, err
	}
	source := pairfile.Source{Name: c.Pairs, Size: file.Size(), Reader: until{ctx, pairs}}
	r, err := pairfile.Read(pairfile.Source{Name: c.Mentors, Reader: mentors}, source, func(lines int) {
		w.say(fmt.Sprintf("%d lines read", lines))
	})
	if errors.Is(err, context.Canceled) {
		return nil, errors.New("interrupted; nothing was written")
	}
	return r, err
}

// until reads until the context ends.
type until struct {
	ctx context.Context
	io.Reader
}

// Read fails when the context has ended.
func (u until) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Reader.Read(p)
}

// solve solves, and has the answer checked by who did not.
func (c matchCommand) solve(ctx context.Context, r *pairfile.Round, w *watching, s *matchSummary) ([]int32, error) {
	p := &matching.Problem{Capacity: r.Capacity, Row: r.Row, Mentor: r.Mentor, Score: r.Score}
	told := func(step string, share float64) { w.say(fmt.Sprintf("%s, %.0f%%", step, 100*share)) }
	var solved *matching.Solution
	var err, wrong error
	switch c.Way {
	case "stable":
		wishes := matching.Wishes{Mentee: r.Wish, Mentor: r.Choice}
		if solved, err = matching.Stable(ctx, p, wishes); err != nil {
			return nil, err
		}
		s.Maximum = matching.Maximum(p)
		wrong = certificate.Stable((*certificate.Problem)(p), certificate.Wishes(wishes), solved.Mentor)
		s.ProvenStable = wrong == nil
	case "fair":
		if solved, wrong, err = c.fair(ctx, p, told, s); err != nil {
			return nil, err
		}
	default:
		if solved, err = matching.Best(ctx, p, told); err != nil {
			return nil, err
		}
		_, _, wrong = certificate.Best((*certificate.Problem)(p), solved.Mentor, (*certificate.Proof)(&solved.Proof))
		s.Maximum, s.ProvenOptimal = solved.Matched, wrong == nil
	}
	if wrong != nil {
		return nil, fmt.Errorf("the answer did not pass the check, so that nothing was written; please report this: %w", wrong)
	}
	s.Matched, s.Total = solved.Matched, solved.Total
	return solved.Mentor, nil
}

// fair solves band by band. What the check finds wrong is the first error.
func (c matchCommand) fair(ctx context.Context, p *matching.Problem, told matching.Watch, s *matchSummary) (solved *matching.Solution, wrong, err error) {
	floors := c.Floors
	if floors == nil {
		floors = matching.Floors(p, 5)
	}
	if solved, err = matching.Fair(ctx, p, floors, told); err != nil {
		return nil, nil, err
	}
	_, inBand, _, wrong := certificate.Fair((*certificate.Problem)(p), floors, solved.Mentor, (*certificate.Proof)(&solved.Proof))
	for b, n := range inBand {
		s.Bands = append(s.Bands, band{floors[b], n})
	}
	s.Maximum, s.ProvenOptimal = solved.Matched, wrong == nil
	return solved, wrong, nil
}

// write writes the assignment; a file is there in whole or not at all.
func (c matchCommand) write(r *pairfile.Round, mentor []int32) error {
	if c.Out == "" {
		return r.Write(c.out, mentor)
	}
	file, err := os.CreateTemp(filepath.Dir(c.Out), ".ownward-match-*")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(file)
	err = errors.Join(r.Write(out, mentor), out.Flush(), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), c.Out)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// say sums up. Lines that could not be read are told by the exit status, too.
func (c matchCommand) say(s *matchSummary) error {
	to := c.err
	if c.Out != "" {
		to = c.out
	}
	if c.JSON {
		if err := json.NewEncoder(to).Encode(s); err != nil {
			return err
		}
	} else {
		proven := "proven best"
		if s.Way == "stable" {
			proven = "no two would rather have each other"
		} else if s.Way == "fair" {
			proven = "proven fairest"
		}
		fmt.Fprintf(to, "%d of %d mentees have a mentor (at most %d could), total score %d, %s, in %.1f s.\n", s.Matched, s.Mentees, s.Maximum, s.Total, proven, s.Seconds)
		for _, b := range s.Bands {
			fmt.Fprintf(to, "  score below %d: %d\n", b.Below, b.Count)
		}
	}
	if s.BadLines > 0 {
		return exitNotAsGiven
	}
	return nil
}

// watching tells every few seconds what goes on.
type watching struct {
	out  io.Writer
	said time.Time
}

func (w *watching) say(what string) {
	if time.Since(w.said) > 3*time.Second {
		w.said = time.Now()
		fmt.Fprintf(w.out, "ownward: %s\n", what)
	}
}

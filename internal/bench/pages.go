package bench

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/home"
	"github.com/ownward/ownward/internal/house"
)

// pages measures the start page of an employee in an organisation of 10,000 people.
func (b *Bench) pages(ctx context.Context) error {
	token, err := b.fill(ctx)
	if err != nil {
		return err
	}
	if err := b.start(ctx, token); err != nil {
		return err
	}
	return b.against(ctx, token)
}

// fill makes the installation, and gives the session of a busy employee.
func (b *Bench) fill(ctx context.Context) (token string, err error) {
	store, err := b.config().OpenStore(ctx)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	me, err := found(ctx, store)
	if err != nil {
		return "", err
	}
	if err := importPeople(ctx, store, me, peopleCSV(10_000)); err != nil {
		return "", err
	}
	return db.Write(ctx, store, func(tx *db.Tx) (string, error) {
		if err := list(tx, me); err != nil {
			return "", err
		}
		employee, err := busyEmployee(tx, me)
		if err != nil {
			return "", err
		}
		t, err := account.UnscopedSignIn(tx, employee.Organisation, employee.Person, "bench")
		return string(t), err
	})
}

// start starts the program on what is there: how long until it answers, how much memory it
// takes, and how fast the page is at 200 requests a second.
func (b *Bench) start(ctx context.Context, token string) error {
	for range 2 { // the first start warms the disk
		p, took, err := b.launch(ctx, token)
		if err != nil {
			return err
		}
		if err := p.stop(); err != nil {
			return err
		}
		b.coldStart = took
	}
	p, _, err := b.launch(ctx, token)
	if err != nil {
		return err
	}
	b.say("start to first answered request", "%.0f ms", b.coldStart.Seconds()*1000)
	time.Sleep(2 * time.Second)
	b.say("memory at rest (resident)", "%.0f MB", p.memory())
	times, err := steady(ctx, p.home(token), 200, 15*time.Second)
	if err != nil {
		return errors.Join(err, p.stop())
	}
	b.say("start page, 10,000 people, 200 requests a second", "p50 %.2f ms, p99 %.2f ms, slowest %.1f ms", ms(times, 0.5), ms(times, 0.99), ms(times, 1))
	rate, err := flatOut(ctx, p.home(token), 8, 8*time.Second)
	if err != nil {
		return errors.Join(err, p.stop())
	}
	b.say("start pages a second, client and server on this machine", "%.0f", rate)
	b.say("memory under that load (resident)", "%.0f MB", p.memory())
	if err := b.search(ctx, p, token); err != nil {
		return errors.Join(err, p.stop())
	}
	if err := b.weight(ctx, p, token); err != nil {
		return errors.Join(err, p.stop())
	}
	return p.stop()
}

// against measures the page against a handler that runs the same queries and writes the same
// bytes without templates, in this process, taking turns.
func (b *Bench) against(ctx context.Context, token string) error {
	h, err := house.Open(ctx, b.config(), quiet())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	page := httptest.NewServer(h.Web)
	defer page.Close()
	request := asBrowser(page.URL+"/", token)
	answer, err := fetch(ctx, request)
	if err != nil {
		return err
	}
	bare := httptest.NewServer(bareHome(h.DB, account.Token(token), answer))
	defer bare.Close()
	var pages, bares float64
	for range 3 {
		one, err := flatOut(ctx, request, 8, 3*time.Second)
		if err != nil {
			return err
		}
		other, err := flatOut(ctx, asBrowser(bare.URL+"/", token), 8, 3*time.Second)
		if err != nil {
			return err
		}
		pages, bares = pages+one, bares+other
	}
	b.say("start page against the same queries and bytes, bare", "%.2f (%.0f of %.0f a second)", pages/bares, pages/3, bares/3)
	return nil
}

// bareHome runs the queries of the start page and writes the given bytes.
func bareHome(store *db.DB, token account.Token, answer []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := db.Read(r.Context(), store, func(tx *db.Tx) (home.Home, error) {
			who, err := account.WhoHas(tx, token)
			if err != nil {
				return home.Home{}, err
			}
			return home.Of(tx, who.Me)
		})
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(answer)
	})
}

var linked = regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`)

// weight adds up what a browser fetches at the first view of the page, as it goes over the wire.
func (b *Bench) weight(ctx context.Context, p *program, token string) error {
	page, err := fetch(ctx, p.home(token))
	if err != nil {
		return err
	}
	text, err := unzip(page)
	if err != nil {
		return err
	}
	total, seen := len(page), map[string]bool{}
	for queue := linked.FindAllStringSubmatch(string(text), -1); len(queue) > 0; queue = queue[1:] {
		path := queue[0][1]
		if seen[path] {
			continue
		}
		seen[path] = true
		body, err := fetch(ctx, asBrowser(p.address+path, token))
		if err != nil {
			return err
		}
		total += len(body)
		script, err := unzip(body)
		if err != nil {
			return err
		}
		for _, each := range imported.FindAllStringSubmatch(string(script), -1) {
			queue = append(queue, []string{"", path[:len(path)-len(lastOf(path))] + each[1]})
		}
	}
	b.say("start page over the wire, first view", "%.1f KB (%.1f KB of it the page)", float64(total)/1000, float64(len(page))/1000)
	return nil
}

var imported = regexp.MustCompile(`(?m)^import .* from "\./([^"]+)"`)

func lastOf(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[i+1:]
		}
	}
	return path
}

// unzip is the text of a body that may be compressed.
func unzip(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return body, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// asBrowser is a request as a browser sends it, signed in.
func asBrowser(address, token string) *http.Request {
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		panic(err) // the address is our own
	}
	r.Header.Set("Accept-Encoding", "gzip")
	r.AddCookie(&http.Cookie{Name: "ownward", Value: token})
	return r
}

// freePort is a port of this machine that nobody listens on.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func (p *program) home(token string) *http.Request { return asBrowser(p.address+"/", token) }

var errNotReady = fmt.Errorf("the program did not answer within ten seconds")

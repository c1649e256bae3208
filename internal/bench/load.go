package bench

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

var client = &http.Client{
	Transport:     &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Timeout:       10 * time.Second,
}

// fetch sends the request and reads the whole body, compressed as it comes.
func fetch(ctx context.Context, r *http.Request) ([]byte, error) {
	answer, err := client.Do(r.Clone(ctx))
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered with status %d", r.URL.Path, answer.StatusCode)
	}
	return body, err
}

// steady sends so many requests a second, at their times whether or not earlier ones are
// answered, and gives how long each took from the time at which it was due.
func steady(ctx context.Context, r *http.Request, aSecond int, lasting time.Duration) ([]time.Duration, error) {
	n := int(lasting.Seconds()) * aSecond
	took := make([]time.Duration, n)
	var group sync.WaitGroup
	var failure atomic.Pointer[error]
	begin := time.Now()
	for i := range n {
		due := begin.Add(time.Duration(i) * time.Second / time.Duration(aSecond))
		time.Sleep(time.Until(due))
		group.Go(func() {
			if _, err := fetch(ctx, r); err != nil {
				failure.Store(&err)
			}
			took[i] = time.Since(due)
		})
	}
	group.Wait()
	if err := failure.Load(); err != nil {
		return nil, *err
	}
	slices.Sort(took)
	return took, nil
}

// flatOut sends requests from so many clients as fast as they are answered, and gives how many
// were answered a second.
func flatOut(ctx context.Context, r *http.Request, clients int, lasting time.Duration) (float64, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var answered atomic.Int64
	var failure atomic.Pointer[error]
	var group sync.WaitGroup
	begin := time.Now()
	for range clients {
		group.Go(func() {
			for time.Since(begin) < lasting && failure.Load() == nil {
				if _, err := fetch(ctx, r); err != nil {
					failure.Store(&err)
					return
				}
				answered.Add(1)
			}
		})
	}
	group.Wait()
	if err := failure.Load(); err != nil {
		return 0, *err
	}
	return float64(answered.Load()) / time.Since(begin).Seconds(), nil
}

// ms is the quantile of sorted durations, in milliseconds.
func ms(sorted []time.Duration, quantile float64) float64 {
	at := min(int(quantile*float64(len(sorted))), len(sorted)-1)
	return sorted[at].Seconds() * 1000
}

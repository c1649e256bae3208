package bench

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// program is the server, running for itself.
type program struct {
	cmd     *exec.Cmd
	address string
}

// launch starts the server and waits until it answers a page; it tells how long that took.
func (b *Bench) launch(ctx context.Context, token string) (*program, time.Duration, error) {
	listen, err := freePort()
	if err != nil {
		return nil, 0, err
	}
	p := &program{address: "http://" + listen}
	p.cmd = exec.CommandContext(ctx, b.Program, "serve", "--data", b.config().Data, "--listen", listen)
	begin := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, 0, err
	}
	for time.Since(begin) < 10*time.Second {
		if _, err := fetch(ctx, p.home(token)); err == nil {
			return p, time.Since(begin), nil
		}
		time.Sleep(time.Millisecond)
	}
	return nil, 0, fmt.Errorf("%w: %v", errNotReady, p.stop())
}

// stop asks the server to end, and waits for it.
func (p *program) stop() error {
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	return p.cmd.Wait()
}

// memory is what the server keeps in memory, in megabytes; 0 where the system does not tell.
func (p *program) memory() float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	var kilobytes float64
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			// A figure that cannot be read stays 0.
			_, _ = fmt.Sscanf(rest, "%f", &kilobytes)
		}
	}
	return kilobytes / 1000
}

package matching

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel does something for each of n, on all cores: it must not matter in which order.
func inParallel(n int, do func(i int32)) {
	const chunk = 1024
	if n <= 4*chunk {
		for i := range n {
			do(int32(i))
		}
		return
	}
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), 8) {
		all.Go(func() {
			for from := next.Add(chunk) - chunk; from < int64(n); from = next.Add(chunk) - chunk {
				for i := from; i < min(from+chunk, int64(n)); i++ {
					do(int32(i))
				}
			}
		})
	}
	all.Wait()
}

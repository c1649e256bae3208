// Package nets holds the tests that watch over the whole: who may call what, that nothing leaks,
// that nothing acknowledged is lost, and that each of these nets catches planted faults.
package nets

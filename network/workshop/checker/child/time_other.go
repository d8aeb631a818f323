//go:build !unix && !windows

package main

import "time"

var begin = time.Now()

// processorTime returns the time that has passed, where the processor's is not known.
func processorTime() time.Duration { return time.Since(begin) }

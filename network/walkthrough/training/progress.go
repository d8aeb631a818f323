package training

import (
	"fmt"
	"io"
	"os"
	"time"

	"backprop/network"
)

// progress is a line on the terminal that says how far a training is.
type progress struct {
	w      io.Writer // nil if nobody watches
	epochs int
	begin  time.Time
	shown  time.Time
}

func newProgress(stderr io.Writer, epochs int) *progress {
	p := &progress{epochs: epochs, begin: time.Now(), shown: time.Now()}
	if file, ok := stderr.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.w = stderr
		}
	}
	return p
}

// show writes the line again, but at most ten times a second.
func (p *progress) show(h network.History) {
	if p.w == nil || len(h)%64 != 0 || time.Since(p.shown) < 100*time.Millisecond {
		return
	}
	p.shown = time.Now()
	last := h[len(h)-1]
	perEpoch := float64(p.shown.Sub(p.begin)) / float64(len(h))
	left := time.Duration(perEpoch * float64(p.epochs-len(h))).Round(time.Second)
	fmt.Fprintf(p.w, "\r\x1b[Kepoch %d of %d, MSE %.6f, accuracy %.3f, %v left", len(h), p.epochs, last.MSE, last.Accuracy, left)
}

// clear takes the line away.
func (p *progress) clear() {
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

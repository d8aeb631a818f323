package training

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"backprop/network"
)

// Only a terminal gets to see how far the training is.
func TestProgress(t *testing.T) {
	history := make(network.History, 64)
	history[63] = network.Record{MSE: 0.1234567, Accuracy: 0.5}
	long := time.Now().Add(-time.Hour)

	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader, pipe, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	defer pipe.Close()
	for name, stderr := range map[string]io.Writer{"buffer": new(bytes.Buffer), "file": file, "pipe": pipe} {
		if p := newProgress(stderr, 128); p.w != nil {
			t.Errorf("%s: got it shown, want nothing", name)
		}
	}
	p := &progress{epochs: 128, begin: long, shown: long}
	p.show(history) // with nobody to watch
	p.clear()

	var b bytes.Buffer
	for _, test := range []struct {
		name    string
		history network.History
		shown   time.Time // before
		want    string    // a pattern
	}{
		{"after an hour", history, long, `^\r\x1b\[Kepoch 64 of 128, MSE 0\.123457, accuracy 0\.500, 1h0m\d+s left$`},
		{"shown just now", history, time.Now().Add(time.Hour), `^$`},
		{"another epoch", history[:63], long, `^$`},
	} {
		b.Reset()
		p := &progress{w: &b, epochs: 128, begin: long, shown: test.shown}
		p.show(test.history)
		if got := b.String(); !regexp.MustCompile(test.want).MatchString(got) {
			t.Errorf("%s: got %q, want %s", test.name, got, test.want)
		}
	}
}
